import Agents
import Dash
import Jobs
import Postgres
import SlackAPI

/// Goes on with a run that somebody has decided about, and posts what comes of it.
struct ConfirmedJob: JobHandler {
    static let jobKind: JobKind<Payload> = "slack.confirmed"

    struct Payload: Sendable, Codable {
        var id: ConfirmationID
        /// A `SlackDestination`.
        var destination: String
    }

    let answering: any Answering
    let postgres: PostgresClient
    let outbox: Outbox
    let confirmations: SlackConfirmations

    var kind: JobKind<Payload> { Self.jobKind }

    func run(_ payload: Payload, _ context: JobContext) async throws {
        let answer = try await answering.resume(payload.id, onEvent: { _ in })
        guard let destination = SlackDestination(rawValue: payload.destination) else { return }
        try await postgres.withTransaction { connection in
            try await context.complete(on: connection)
            try await confirmations.publish(answer, key: Self.key(payload.id), to: destination, on: connection)
        }
        outbox.wake()
    }

    func gaveUp(_ payload: Payload, _ context: JobContext, because failure: JobFailure) async throws {
        guard let destination = SlackDestination(rawValue: payload.destination) else { return }
        let isApproved = try await confirmations.store.confirmation(payload.id)?.decision == .approved
        let text: SlackText =
            isApproved
            ? """
            Something went wrong on my side after this was confirmed, and I cannot tell whether it was carried out. \
            Please look before you ask again.
            """ : "Something went wrong on my side after this was decided. It was not done."
        let message = SlackMessage(text: text, isNotice: true)
        try await postgres.withTransaction { connection in
            try await context.fail(on: connection, error: "given up")
            try await outbox.publish([message], key: Self.key(payload.id), to: destination, on: connection)
        }
        outbox.wake()
    }

    private static func key(_ id: ConfirmationID) -> String { "slack:confirmation:\(id)" }
}

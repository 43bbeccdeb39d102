package import Dash
package import Postgres
import SlackAPI

/// Delivers answers to threads, through the outbox.
package struct SlackAnswerPublisher: AnswerPublisher {
    private let outbox: Outbox
    private let confirmations: SlackConfirmations

    init(outbox: Outbox, confirmations: SlackConfirmations) {
        self.outbox = outbox
        self.confirmations = confirmations
    }

    /// `destination` is a thread, written `slack:<team>:<channel>:<thread>`.
    package func publish(
        _ answer: Answer, to destination: String, key: String, on connection: PostgresConnection
    ) async throws {
        guard let destination = SlackDestination(rawValue: destination) else {
            throw UnknownDestination()
        }
        try await confirmations.publish(answer, key: key, to: destination, on: connection)
        try await outbox.announce(on: connection)
    }

    package struct UnknownDestination: Error, Sendable, CustomStringConvertible {
        package var description: String { "the destination is no Slack thread (slack:<team>:<channel>:<thread>)" }
    }
}

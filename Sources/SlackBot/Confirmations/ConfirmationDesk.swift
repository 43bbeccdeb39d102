import Dash
import FoundationEssentials
import Jobs
import Postgres
import SlackAPI

/// Where confirmations meet people: which message asks which question, who may answer it, and what follows.
struct ConfirmationDesk: Sendable {
    /// What a click came to.
    enum Verdict: Sendable, Equatable {
        case decided
        /// Decided before, by a click of the same kind of the same person: nothing to say about it.
        case repeated
        case notAllowed
        case notActive
    }

    let postgres: PostgresClient
    let store: ConfirmationStore
    let queue: JobQueue
    let outbox: Outbox
    let users: UserDirectory
    /// People who may decide beside the asker.
    let approvers: Set<SlackUserID>
    /// Which addresses in answers may be clicked.
    let links: LinkPolicy

    /// Writes an answer's messages in the caller's transaction; one that asks for a confirmation is remembered with its
    /// buttons, and closed when nobody decides in time.
    func publish(
        _ answer: Answer, key: String, to destination: SlackDestination, repeatsUpdate: Bool = false,
        on connection: PostgresConnection
    ) async throws {
        let messages = AnswerRenderer.messages(for: answer, links: links)
        try await outbox.publish(
            messages, key: key, to: destination, repeatsUpdate: repeatsUpdate, on: connection)
        guard let confirmation = answer.confirmation else { return }
        let added = try await connection.query(
            """
            INSERT INTO ai.slack_confirmations (confirmation_id, team, channel, thread, answer_key, seq)
            VALUES (\(confirmation.id.rawValue), \(destination.team.rawValue), \(destination.channel.rawValue),
                \(destination.thread.rawValue), \(key), \(messages.count))
            ON CONFLICT DO NOTHING
            """)
        guard added.affectedRows == 1 else { return }
        try await queue.enqueue(
            ConfirmationExpiryJob.jobKind, confirmation.id, after: store.lifetime + .seconds(1), on: connection)
    }

    /// Decides, has the run go on, and closes the message, all in one transaction; when this returns it is durable.
    ///
    /// Of several clicks, on whichever replica, one decides.
    func decide(_ click: ConfirmationClick) async throws -> Verdict {
        let verdict = try await postgres.withTransaction { connection -> Verdict in
            guard let place = try await place(of: click.id, on: connection), place.destination.team == click.team,
                place.destination.channel == click.channel,
                click.thread == nil || click.thread == place.destination.thread,
                let asked = try await store.confirmation(click.id, on: connection)
            else { return .notActive }
            guard asked.asker == click.person || approvers.contains(click.user) else { return .notAllowed }
            switch try await store.decide(click.id, click.decision, by: click.person, on: connection) {
            case .decided(let confirmation):
                try await queue.enqueue(
                    ConfirmedJob.jobKind, ConfirmedJob.Payload(id: click.id, destination: place.destination.rawValue),
                    lane: JobLane(rawValue: place.destination.rawValue), on: connection)
                try await close(confirmation, place, by: name(of: click, asked), on: connection)
                return .decided
            case .notOpen(let confirmation):
                let isRepeated = confirmation.decision == click.decision && confirmation.decidedBy == click.person
                return isRepeated ? .repeated : .notActive
            case .unknown: return .notActive
            }
        }
        if verdict == .decided {
            queue.wake()
            outbox.wake()
        }
        return verdict
    }

    /// Closes what nobody decided in time; does nothing where somebody did.
    func expire(_ id: ConfirmationID, _ context: JobContext) async throws {
        try await postgres.withTransaction { connection in
            try await context.complete(on: connection)
            if let confirmation = try await store.expire(id, on: connection),
                let place = try await place(of: id, on: connection)
            {
                try await close(confirmation, place, by: nil, on: connection)
            }
        }
        outbox.wake()
    }

    /// The asker is mentioned; an approver is named, for nobody but the asker is called.
    private func name(of click: ConfirmationClick, _ asked: Confirmation) -> SlackText {
        if asked.asker == click.person { return .mention(asker: click.user) }
        return .literal(users.knownName(of: click.user, in: click.team) ?? click.userName ?? click.user.rawValue)
    }

    private struct Place {
        var destination: SlackDestination
        var key: String
        var seq: Int
    }

    private func place(of id: ConfirmationID, on connection: PostgresConnection) async throws -> Place? {
        try await connection.query(
            """
            SELECT team, channel, thread, answer_key, seq FROM ai.slack_confirmations
            WHERE confirmation_id = \(id.rawValue)
            """
        ).rows.first.map { row in
            Place(
                destination: SlackDestination(
                    team: SlackTeamID(rawValue: try row.decode("team")),
                    channel: SlackChannelID(rawValue: try row.decode("channel")),
                    thread: SlackTimestamp(rawValue: try row.decode("thread"))),
                key: try row.decode("answer_key"), seq: try row.decode("seq"))
        }
    }

    private func close(
        _ confirmation: Confirmation, _ place: Place, by who: SlackText?, on connection: PostgresConnection
    ) async throws {
        try await outbox.replace(
            seq: place.seq, of: place.key, with: ConfirmationRenderer.closed(confirmation, by: who),
            to: place.destination, on: connection)
    }
}

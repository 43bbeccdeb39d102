import Dash
import FoundationEssentials
import Jobs
import Postgres
import ServiceRuntime
import SlackAPI

/// Where confirmations meet people: which message asks which question, who may answer it, and what follows.
struct SlackConfirmations: Sendable {
    /// What a click came to.
    enum Verdict: Sendable, Equatable {
        case decided
        /// Decided before, by a click of the same kind of the same person: nothing to say about it.
        case repeated
        case notAllowed
        case notActive
        /// Whoever may not ask may not decide either.
        case refused(AccessPolicy.Refusal)
        /// Slack cannot say who clicked, so nobody has decided.
        case unchecked
    }

    /// Slack shows an error to whoever clicked when it has waited for three seconds.
    private static let longestCheck = Duration.milliseconds(2_300)

    let postgres: PostgresClient
    let store: ConfirmationStore
    let queue: JobQueue
    let outbox: Outbox
    let users: UserDirectory
    let access: AccessCheck
    let installations: any SlackInstallations
    /// People who may decide beside the asker.
    let approvers: Set<SlackUserID>
    /// Which addresses in answers may be clicked.
    let links: LinkPolicy

    /// Writes an answer's messages in the caller's transaction; one that asks for a confirmation is remembered with its
    /// buttons, and closed when nobody decides in time.
    func publish(
        _ answer: Answer, key: String, to destination: SlackDestination, under line: SlackText? = nil,
        repeatsUpdate: Bool = false, on connection: PostgresConnection
    ) async throws {
        var messages = AnswerRenderer.messages(for: answer, links: links)
        if let line, let first = messages.first { messages[0] = first.preceded(by: line) }
        try await outbox.publish(
            messages, key: key, to: destination, run: answer.runID, repeatsUpdate: repeatsUpdate, on: connection)
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
    /// Who may ask now, and is the asker or an approver, may decide. Of several clicks, on whichever replica, one does.
    func decide(_ click: ConfirmationClick) async throws -> Verdict {
        let found = try await postgres.withConnection { connection -> (Place, Confirmation)? in
            guard let place = try await place(of: click.id, on: connection), place.destination.team == click.team,
                place.destination.channel == click.channel,
                click.thread == nil || click.thread == place.destination.thread,
                let asked = try await store.confirmation(click.id, on: connection)
            else { return nil }
            return (place, asked)
        }
        guard let (place, asked) = found else { return .notActive }
        let isApprover = approvers.contains(click.user)
        guard asked.asker == click.person || isApprover else { return .notAllowed }
        switch try await access(of: click, isApprover: isApprover) {
        case .allowed: break
        case .refused(let refusal): return .refused(refusal)
        case nil: return .unchecked
        }
        let verdict = try await postgres.withTransaction { connection -> Verdict in
            switch try await store.decide(click.id, click.decision, by: click.person, on: connection) {
            case .decided(let confirmation):
                try await goOn(after: confirmation, place, by: name(of: click, asked), on: connection)
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

    /// Closes what nobody decided in time and has its run end with that; does nothing where somebody did.
    func expire(_ id: ConfirmationID, _ context: JobContext) async throws {
        try await postgres.withTransaction { connection in
            try await context.complete(on: connection)
            if let confirmation = try await store.expire(id, on: connection),
                let place = try await place(of: id, on: connection)
            {
                try await goOn(after: confirmation, place, by: nil, on: connection)
            }
        }
        queue.wake()
        outbox.wake()
    }

    /// nil where Slack does not say in time.
    private func access(of click: ConfirmationClick, isApprover: Bool) async throws -> AccessPolicy.Verdict? {
        guard let installation = installations.installation(for: click.team) else { return nil }
        do {
            return try await withTimeout(Self.longestCheck) { [access] in
                try await access.verdict(for: click, isApprover: isApprover, installation)
            }
        } catch is SlackError {
            return nil
        } catch is CancellationError {
            try Task.checkCancellation()
            return nil
        }
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

    /// Has the run go on behind what else is asked in the thread, and closes the message.
    private func goOn(
        after confirmation: Confirmation, _ place: Place, by who: SlackText?, on connection: PostgresConnection
    ) async throws {
        try await queue.enqueue(
            ConfirmedJob.jobKind,
            ConfirmedJob.Payload(id: confirmation.id, destination: place.destination.rawValue),
            lane: JobLane(rawValue: place.destination.rawValue), on: connection)
        try await outbox.replace(
            seq: place.seq, of: place.key, with: ConfirmationRenderer.closed(confirmation, by: who),
            to: place.destination, on: connection)
    }
}

package import Agents
import Jobs
package import Postgres
import ServiceRuntime
package import SlackAPI

/// Messages on their way to Slack: written in the caller's transaction, sent by `OutboxSender`.
package final class Outbox: Sendable {
    /// The place of an answer's placeholder; its messages follow.
    static let placeholderSeq = 0
    static let channel = "dash_slack_outbox"

    /// Wakes this process's sender.
    let arrivals = WakeSignal()

    private let repeatAfter: Duration

    /// - Parameter repeatAfter: after this time an edit that was made before an answer's has certainly arrived.
    package init(repeatAfter: Duration = .seconds(30)) {
        self.repeatAfter = repeatAfter
    }

    /// Adds the message that is shown until the answer is there. Does nothing where the answer has one already.
    package func placeholder(
        _ message: SlackMessage, key: String, to destination: SlackDestination, run: RunID? = nil,
        on connection: PostgresConnection
    ) async throws {
        try await insert(
            message, key: key, seq: Self.placeholderSeq, step: .post, to: destination, run: run, on: connection)
    }

    /// Adds an answer's messages; a second publication under the same key does nothing.
    ///
    /// The first message replaces the placeholder. One that nobody has tried to send yet is dropped instead. With
    /// `repeatsUpdate` the replacement is made once more later, because an edit made before may arrive after it.
    package func publish(
        _ messages: [SlackMessage], key: String, to destination: SlackDestination, run: RunID? = nil,
        repeatsUpdate: Bool = false, on connection: PostgresConnection
    ) async throws {
        guard let first = messages.first else { return }
        try await connection.query(
            """
            UPDATE ai.slack_outbox SET state = 'dropped', finished_at = clock_timestamp()
            WHERE answer_key = \(key) AND seq = \(Self.placeholderSeq) AND state = 'ready' AND tries = 0
            """)
        let placeholder = try await connection.query(
            """
            SELECT 1 AS found FROM ai.slack_outbox WHERE answer_key = \(key) AND seq = \(Self.placeholderSeq)
                AND state IN ('ready', 'intent', 'posted')
            """)
        let step: OutboxStep = placeholder.rows.isEmpty ? .post : .update(target: Self.placeholderSeq)
        for (index, message) in messages.enumerated() {
            try await insert(
                message, key: key, seq: index + 1, step: index == 0 ? step : .post, to: destination, run: run,
                on: connection)
        }
        if repeatsUpdate, step != .post {
            try await insert(
                first, key: key, seq: messages.count + 1, step: step, to: destination, run: run, isRepeat: true,
                on: connection)
        }
    }

    /// Has message `seq` of an answer replaced by another one, after everything that was added to its thread before.
    package func replace(
        seq target: Int, of key: String, with message: SlackMessage, to destination: SlackDestination,
        on connection: PostgresConnection
    ) async throws {
        // A repeated edit would bring the old content back; one that is just being sent is waited for.
        try await connection.query(
            """
            UPDATE ai.slack_outbox SET state = 'dropped', finished_at = clock_timestamp()
            WHERE answer_key = \(key) AND is_repeat AND state = 'ready'
            """)
        try await connection.query(
            """
            INSERT INTO ai.slack_outbox
                (answer_key, seq, step, target_seq, team, channel, thread, message, run_at)
            SELECT \(key), coalesce(max(seq), 0) + 1, 'update', \(target), \(destination.team.rawValue),
                \(destination.channel.rawValue), \(destination.thread.rawValue), \(message.json.storable),
                clock_timestamp() + make_interval(
                    secs => CASE WHEN coalesce(bool_or(is_repeat AND state = 'intent'), false) THEN 10 ELSE 0 END)
            FROM ai.slack_outbox WHERE answer_key = \(key)
            """)
    }

    /// To be called after the commit of what was added.
    package func wake() {
        arrivals.signal()
    }

    /// For processes without a sender: tells those that have one, when the transaction commits.
    package func announce(on connection: PostgresConnection) async throws {
        try await connection.query("SELECT pg_notify(\(Self.channel), '')")
    }

    /// The posted message of an answer's placeholder; nil until it has been sent.
    package func placeholderTimestamp(key: String, on client: PostgresClient) async throws -> SlackTimestamp? {
        let result = try await client.query(
            """
            SELECT ts FROM ai.slack_outbox
            WHERE answer_key = \(key) AND seq = \(Self.placeholderSeq) AND state = 'posted'
            """)
        return result.rows.first?["ts"].map(SlackTimestamp.init(rawValue:))
    }

    private func insert(
        _ message: SlackMessage, key: String, seq: Int, step: OutboxStep, to destination: SlackDestination,
        run: RunID?, isRepeat: Bool = false, on connection: PostgresConnection
    ) async throws {
        // A repeat waits until every earlier edit has arrived or been given up.
        try await connection.query(
            """
            INSERT INTO ai.slack_outbox
                (answer_key, seq, step, target_seq, is_repeat, run_id, team, channel, thread, message, run_at)
            VALUES (\(key), \(seq), \(step.name), \(step.target), \(isRepeat), \(run?.rawValue), \(destination.team.rawValue),
                \(destination.channel.rawValue), \(destination.thread.rawValue), \(message.json.storable),
                clock_timestamp() + make_interval(secs => \(isRepeat ? repeatAfter.inSeconds : 0)))
            ON CONFLICT (answer_key, seq) DO NOTHING
            """)
    }
}

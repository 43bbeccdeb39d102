package import Jobs
package import Postgres
import ServiceRuntime
import SlackAPI

/// Accepted questions in schema `ai`.
package struct EventStore: Sendable {
    /// Slack waits for 3 s; when the database says nothing it hears so, and sends the event again.
    private static let patience = Duration.milliseconds(2500)

    private let client: PostgresClient
    private let queue: JobQueue

    package init(client: PostgresClient, queue: JobQueue) {
        self.client = client
        self.queue = queue
    }

    /// Records the question, its thread and its job in one statement and thus in one transaction.
    ///
    /// Returns false where the delivery, or another one of the same message, has been accepted before. When this
    /// returns, the question is durable.
    package func accept(_ question: SlackQuestion) async throws -> Bool {
        let condition = JobCondition(
            """
            event AS (
                INSERT INTO ai.slack_events (event_id, team, channel, ts, thread, asker, kind)
                VALUES (\(question.eventID), \(question.team.rawValue), \(question.channel.rawValue),
                    \(question.ts.rawValue), \(question.thread.rawValue), \(question.user.rawValue),
                    \(question.kind.rawValue))
                ON CONFLICT DO NOTHING
                RETURNING team, channel, thread
            ),
            thread AS (
                INSERT INTO ai.slack_threads (team, channel, thread) SELECT team, channel, thread FROM event
                ON CONFLICT (team, channel, thread) DO UPDATE SET last_at = clock_timestamp()
            )
            """, yields: "event")
        Failpoint.beforeIntakeCommit.pass()
        let job = try await client.withConnection(silence: Self.patience) { connection in
            try await queue.enqueue(
                QuestionJob.jobKind, question, lane: question.lane, share: question.askerID, where: condition,
                on: connection)
        }
        Failpoint.afterIntakeCommit.pass()
        guard job != nil else { return false }
        queue.wake()
        return true
    }

    /// Whether Dash takes part in the question's thread.
    package func knowsThread(of question: SlackQuestion) async throws -> Bool {
        let result = try await client.query(
            """
            SELECT 1 AS found FROM ai.slack_threads WHERE team = \(question.team.rawValue)
                AND channel = \(question.channel.rawValue) AND thread = \(question.thread.rawValue)
            """)
        return !result.rows.isEmpty
    }

    /// Whether the question is the first that was accepted in its thread.
    package func isFirst(_ question: SlackQuestion) async throws -> Bool {
        let result = try await client.query(
            """
            SELECT 1 AS found FROM ai.slack_events WHERE team = \(question.team.rawValue)
                AND channel = \(question.channel.rawValue) AND thread = \(question.thread.rawValue) LIMIT 2
            """)
        return result.rows.count <= 1
    }

    /// Deletes what no delivery can repeat any more, and threads nobody has written in and confirmations nobody has asked for in long.
    package func sweep() async throws {
        try await client.query(
            """
            DELETE FROM ai.slack_events WHERE event_id IN (
                SELECT event_id FROM ai.slack_events
                WHERE received_at < clock_timestamp() - interval '30 days' ORDER BY received_at LIMIT 1000)
            """)
        try await client.query("DELETE FROM ai.slack_refusals WHERE told_at < clock_timestamp() - interval '1 day'")
        try await client.query(
            "DELETE FROM ai.slack_threads WHERE last_at < clock_timestamp() - interval '180 days'")
        // As long as the confirmations themselves.
        try await client.query(
            "DELETE FROM ai.slack_confirmations WHERE created_at < clock_timestamp() - interval '90 days'")
    }
}

extension Failpoint {
    static let beforeIntakeCommit: Failpoint = "intake.before-commit"
    /// The question is durable, and nobody has been told so.
    static let afterIntakeCommit: Failpoint = "intake.after-commit"
}

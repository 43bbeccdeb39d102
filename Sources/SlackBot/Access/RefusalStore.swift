import Postgres
import SlackAPI

/// Who was told in the last hour that they may not ask, in schema `ai`.
struct RefusalStore: Sendable {
    /// True where the person is to be told now; then they count as told, once the transaction commits.
    func shouldTell(_ question: SlackQuestion, on connection: PostgresConnection) async throws -> Bool {
        let result = try await connection.query(
            """
            INSERT INTO ai.slack_refusals AS refusal (team, channel, asker)
            VALUES (\(question.team.rawValue), \(question.channel.rawValue), \(question.user.rawValue))
            ON CONFLICT (team, channel, asker) DO UPDATE SET told_at = clock_timestamp()
                WHERE refusal.told_at <= clock_timestamp() - interval '1 hour'
            RETURNING 1 AS told
            """)
        return !result.rows.isEmpty
    }

    /// A thread that only somebody who may not ask has written in is none that Dash takes part in.
    func leaveThread(of question: SlackQuestion, on connection: PostgresConnection) async throws {
        try await connection.query(
            """
            DELETE FROM ai.slack_threads AS thread WHERE team = \(question.team.rawValue)
                AND channel = \(question.channel.rawValue) AND thread = \(question.thread.rawValue)
                AND NOT EXISTS (
                    SELECT FROM ai.slack_events AS event WHERE event.team = thread.team
                        AND event.channel = thread.channel AND event.thread = thread.thread
                        AND event.asker <> \(question.user.rawValue))
            """)
    }
}

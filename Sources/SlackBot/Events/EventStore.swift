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
        // The thread's row comes before the job's: so the jobs of a thread have numbers in the order of their commits.
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
                RETURNING thread
            )
            """, yields: "thread")
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

    /// Cancels the question that a message was, where it has not been begun; false where there is none.
    func withdraw(_ ts: SlackTimestamp, in place: SlackDestination) async throws -> Bool {
        let lane = JobLane(rawValue: place.rawValue)
        return try await client.withConnection { connection in
            let found = try await connection.query(
                """
                SELECT id FROM ai.jobs
                WHERE lane = \(lane.rawValue) AND state = 'ready' AND claim = 0
                    AND kind = \(QuestionJob.jobKind.rawValue) AND payload ->> 'ts' = \(ts.rawValue)
                """)
            guard let row = found.rows.first else { return false }
            return try await queue.cancel(JobID(rawValue: try row.decode("id")), on: connection)
        }
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

    /// Whether Dash took part in the question's thread when it was written: what people said to each other before is theirs.
    package func knewThread(of question: SlackQuestion) async throws -> Bool {
        if try await !isFirst(question) { return true }
        // Of a thread this old the events are deleted.
        let old = try await client.query(
            """
            SELECT 1 AS found FROM ai.slack_threads WHERE team = \(question.team.rawValue)
                AND channel = \(question.channel.rawValue) AND thread = \(question.thread.rawValue)
                AND extract(epoch FROM first_at) < \(question.ts.seconds ?? 0)
            """)
        return !old.rows.isEmpty
    }

    /// Whether no earlier message of its thread was accepted.
    package func isFirst(_ question: SlackQuestion) async throws -> Bool {
        let result = try await client.query(
            """
            SELECT 1 AS found FROM ai.slack_events WHERE team = \(question.team.rawValue)
                AND channel = \(question.channel.rawValue) AND thread = \(question.thread.rawValue)
                AND ts < \(question.ts.rawValue) LIMIT 1
            """)
        return result.rows.isEmpty
    }

    /// Deletes what is older than its use.
    package func sweep() async throws {
        try await client.query(
            """
            DELETE FROM ai.slack_events WHERE event_id IN (
                SELECT event_id FROM ai.slack_events
                WHERE received_at < clock_timestamp() - make_interval(days => \(Self.eventDays)) ORDER BY received_at
                LIMIT 1000)
            """)
        try await client.query(
            """
            DELETE FROM ai.slack_refusals
            WHERE told_at < clock_timestamp() - make_interval(days => \(Self.refusalDays))
            """)
        try await client.query(
            """
            DELETE FROM ai.slack_threads
            WHERE last_at < clock_timestamp() - make_interval(days => \(Self.threadDays))
            """)
        try await client.query(
            """
            DELETE FROM ai.slack_history
            WHERE read_at < clock_timestamp() - make_interval(days => \(Self.historyDays))
            """)
        try await client.query(
            """
            DELETE FROM ai.slack_confirmations
            WHERE created_at < clock_timestamp() - make_interval(days => \(Self.confirmationDays))
            """)
    }

    /// Slack repeats a delivery for a day at most, and history is read for a month at most.
    private static let eventDays = 31
    /// Who was refused is told again after an hour.
    private static let refusalDays = 1
    /// Then a reply needs a mention again.
    private static let threadDays = 180
    /// Dash has left the channel long ago.
    private static let historyDays = 90
    /// As long as the confirmations themselves are kept.
    private static let confirmationDays = 90
}

extension Failpoint {
    static let beforeIntakeCommit: Failpoint = "intake.before-commit"
    /// The question is durable, and nobody has been told so.
    static let afterIntakeCommit: Failpoint = "intake.after-commit"
}

import Agents
import FoundationEssentials
import Jobs
import Postgres
import ServiceRuntime
import SlackAPI

/// The sender's statements on `ai.slack_outbox`. All times are the database's.
struct OutboxStore: Sendable {
    let client: PostgresClient
    let owner: UUID
    let options: OutboxOptions

    /// Gives up a claimed row that holds no message: it would come back for ever, and hold up its thread.
    func giveUp(_ unreadable: Claimed.Unreadable) async throws {
        try await client.query(
            """
            UPDATE ai.slack_outbox SET state = 'gave_up', owner = NULL, last_error = \(unreadable.error),
                finished_at = clock_timestamp()
            WHERE id = \(unreadable.id) AND owner = \(owner) AND state = 'intent'
            """)
    }

    /// Begins another attempt at a message that was certainly not posted. Throws where it is no longer ours.
    ///
    /// Returns a moment no later than the commit of the new intent.
    func renewIntent(_ row: OutboxRow) async throws -> ContinuousClock.Instant {
        let begin = ContinuousClock.now
        let result = try await client.query(
            """
            UPDATE ai.slack_outbox SET intent_at = clock_timestamp(),
                run_at = clock_timestamp() + make_interval(secs => \(options.reconcileAfter.inSeconds)::double precision)
            WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
            """)
        guard result.affectedRows == 1 else { throw CancellationError() }
        return begin
    }

    /// Writes an outcome down; does nothing where the message has passed to another sender.
    ///
    /// Returns the seconds since the question was accepted, where this was the beginning of its answer.
    @discardableResult
    func record(_ outcome: OutboxOutcome, of row: OutboxRow) async throws -> Double? {
        switch outcome {
        case .posted(let ts):
            return try await posted(row, ts)
        case .inDoubt(let error):
            try await client.query(
                """
                UPDATE ai.slack_outbox SET owner = NULL, last_error = \(error.storable)
                WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
                """)
        case .later(let wait, let error):
            try await reschedule(row, state: row.isInDoubt ? "intent" : "ready", wait, error: error)
        case .certainlyLater(let wait, let error):
            try await reschedule(row, state: "ready", wait, error: error)
        case .rateLimited(let time, let error):
            try await hold(row, for: time)
            try await reschedule(row, state: "ready", OutboxWait(time: time), error: error)
        case .undeliverable(let message, let error):
            try await apologise(message, for: row, error: error)
        case .plain(let error):
            try await client.query(
                """
                UPDATE ai.slack_outbox SET state = 'ready', owner = NULL, run_at = clock_timestamp(), intent_at = NULL,
                    message = jsonb_build_object('text', message->'text'), last_error = \(error.storable)
                WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
                """)
        case .anew(let error):
            // What repeats an edit has nothing to repeat where the message is gone: the first edit has been posted anew.
            try await client.query(
                """
                UPDATE ai.slack_outbox SET owner = NULL, run_at = clock_timestamp(), intent_at = NULL,
                    state = CASE WHEN is_repeat THEN 'dropped' ELSE 'ready' END,
                    finished_at = CASE WHEN is_repeat THEN clock_timestamp() END,
                    step = CASE WHEN is_repeat THEN step ELSE 'post' END,
                    target_seq = CASE WHEN is_repeat THEN target_seq END, last_error = \(error.storable)
                WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
                """)
        case .gaveUp(let error):
            try await client.query(
                """
                UPDATE ai.slack_outbox SET state = 'gave_up', owner = NULL, last_error = \(error.storable),
                    finished_at = clock_timestamp()
                WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
                """)
        }
        return nil
    }

    /// Slack answers in this workspace: what waited for that is due soon, spread over a moment.
    private func posted(_ row: OutboxRow, _ ts: SlackTimestamp) async throws -> Double? {
        let result = try await client.query(
            """
            WITH posted AS (
                UPDATE ai.slack_outbox AS message SET state = 'posted', ts = \(ts.rawValue), owner = NULL,
                    last_error = NULL, finished_at = clock_timestamp()
                WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
                RETURNING team, (SELECT extract(epoch FROM clock_timestamp() - event.received_at)
                    FROM ai.slack_events AS event
                    WHERE message.seq = 1 AND event.team = message.team AND event.channel = message.channel
                        AND message.answer_key = concat_ws(':', 'slack', event.team, event.channel, event.ts)
                        AND event.ts = split_part(message.answer_key, ':', 4)) AS since_question
            ),
            waiting AS (
                SELECT message.id FROM ai.slack_outbox AS message JOIN posted USING (team)
                WHERE message.waits_for_slack AND message.owner IS NULL AND message.intent_at IS NULL
                ORDER BY message.id LIMIT 1000
                FOR UPDATE OF message SKIP LOCKED
            ),
            woken AS (
                UPDATE ai.slack_outbox AS message SET waits_for_slack = false,
                    run_at = least(run_at, clock_timestamp() + make_interval(secs => random()))
                FROM waiting WHERE message.id = waiting.id
            )
            SELECT since_question FROM posted
            """)
        return try result.rows.first?.decodeIfPresent("since_question")
    }

    /// Makes the first message of every workspace that waits for Slack due at once.
    func sendScouts() async throws {
        try await client.query(
            """
            UPDATE ai.slack_outbox SET run_at = clock_timestamp()
            WHERE id IN (SELECT min(id) FROM ai.slack_outbox
                    WHERE waits_for_slack AND owner IS NULL AND intent_at IS NULL GROUP BY team)
                AND waits_for_slack AND owner IS NULL AND intent_at IS NULL AND run_at > clock_timestamp()
            """)
    }

    /// Has all replicas leave the step alone for a time: in the channel, or in the workspace where Slack counts by that or
    /// limits posts in another channel as well.
    private func hold(_ row: OutboxRow, for time: Duration) async throws {
        let (team, step, channel) = (row.destination.team.rawValue, row.step.name, row.destination.channel.rawValue)
        try await client.query(
            """
            INSERT INTO ai.slack_pace AS pace (team, step, channel, next_at, limited_until)
            SELECT \(team), \(step)::text, place.channel, time.until, time.until
            FROM (SELECT clock_timestamp() + make_interval(secs => \(time.inSeconds)::double precision)) AS time (until),
                (SELECT \(channel)::text WHERE \(step) = 'post' UNION ALL
                    SELECT '' WHERE \(step) <> 'post' OR EXISTS (
                        SELECT FROM ai.slack_pace AS other WHERE other.team = \(team) AND other.step = \(step)
                            AND other.channel NOT IN (\(channel), '') AND other.limited_until > clock_timestamp())
                ) AS place (channel)
            ON CONFLICT (team, step, channel) DO UPDATE SET next_at = greatest(pace.next_at, excluded.next_at),
                limited_until = greatest(pace.limited_until, excluded.limited_until)
            """)
    }

    /// Gives up a message and what is left of its answer; a sentence replaces the placeholder or is posted.
    private func apologise(_ message: SlackMessage, for row: OutboxRow, error: String) async throws {
        try await client.withTransaction { connection in
            let ended = try await connection.query(
                """
                UPDATE ai.slack_outbox SET state = 'gave_up', owner = NULL, last_error = \(error.storable),
                    waits_for_slack = false, finished_at = clock_timestamp()
                WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
                """)
            guard ended.affectedRows == 1 else { return }
            try await connection.query(
                """
                UPDATE ai.slack_outbox SET state = 'dropped', owner = NULL, waits_for_slack = false,
                    last_error = \(error.storable), finished_at = clock_timestamp()
                WHERE answer_key = \(row.key) AND state = 'ready'
                """)
            let target = row.target == nil ? nil : row.step.target
            try await connection.query(
                """
                INSERT INTO ai.slack_outbox
                    (answer_key, seq, step, target_seq, is_apology, run_id, team, channel, thread, message)
                SELECT \(row.key), max(seq) + 1, \(target == nil ? "post" : "update"), \(target)::integer, true,
                    \(row.run?.rawValue)::uuid,
                    \(row.destination.team.rawValue), \(row.destination.channel.rawValue),
                    \(row.destination.thread.rawValue), \(message.json.storable)::jsonb
                FROM ai.slack_outbox WHERE answer_key = \(row.key)
                """)
        }
    }

    private func reschedule(_ row: OutboxRow, state: String, _ wait: OutboxWait, error: String) async throws {
        try await client.query(
            """
            UPDATE ai.slack_outbox SET state = \(state), owner = NULL, last_error = \(error.storable), intent_at = NULL,
                waits_for_slack = \(wait.isForSlack),
                run_at = clock_timestamp() + make_interval(secs => \(wait.time.inSeconds)::double precision)
            WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
            """)
    }

    func sweep() async throws {
        try await client.query(
            """
            DELETE FROM ai.slack_outbox WHERE id IN (
                SELECT id FROM ai.slack_outbox
                WHERE finished_at < clock_timestamp()
                        - make_interval(secs => \(options.retention.inSeconds)::double precision)
                    AND state IN ('posted', 'dropped', 'gave_up')
                ORDER BY finished_at LIMIT 1000)
            """)
        try await client.query("DELETE FROM ai.slack_pace WHERE next_at < clock_timestamp() - interval '1 day'")
    }
}

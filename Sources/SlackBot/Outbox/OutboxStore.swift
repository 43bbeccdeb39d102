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

    /// What was taken: messages, and rows that hold none.
    struct Claimed: Sendable {
        struct Unreadable: Sendable {
            var id: Int64
            var error: String
        }

        var rows: [OutboxRow] = []
        var unreadable: [Unreadable] = []

        var count: Int { rows.count + unreadable.count }
    }

    /// Takes up to `limit` messages that are due: in a thread the first unsent one, in a channel one new message per
    /// interval. A taken message is in doubt from the moment this commits.
    func claim(limit: Int, steps: [String]) async throws -> Claimed {
        let begin = ContinuousClock.now
        let result = try await client.query(
            """
            WITH due AS (
                SELECT id FROM (
                    SELECT id, step, row_number() OVER (PARTITION BY team, channel, step ORDER BY id) AS place
                    FROM ai.slack_outbox AS message
                    WHERE state IN ('ready', 'intent') AND run_at <= clock_timestamp()
                        AND step = ANY (\(steps)::text[])
                        AND NOT EXISTS (
                            SELECT FROM ai.slack_outbox AS earlier
                            WHERE earlier.team = message.team AND earlier.channel = message.channel
                                AND earlier.thread = message.thread AND earlier.id < message.id
                                AND earlier.state IN ('ready', 'intent') AND NOT earlier.is_repeat)
                        AND (step = 'update' OR NOT EXISTS (
                            SELECT FROM ai.slack_outbox AS recent
                            WHERE recent.team = message.team AND recent.channel = message.channel
                                AND recent.step = 'post' AND recent.intent_at > clock_timestamp()
                                    - make_interval(secs => \(options.postInterval.inSeconds)::double precision)))
                ) AS message
                WHERE step = 'update' OR place = 1
                ORDER BY id LIMIT \(limit)::integer
            ),
            locked AS (
                SELECT message.id, message.state FROM ai.slack_outbox AS message JOIN due USING (id)
                WHERE message.state IN ('ready', 'intent') AND message.run_at <= clock_timestamp()
                FOR UPDATE OF message SKIP LOCKED
            )
            UPDATE ai.slack_outbox AS message
            SET state = 'intent', owner = \(owner), tries = tries + 1, intent_at = clock_timestamp(),
                first_intent_at = coalesce(first_intent_at, clock_timestamp()),
                run_at = clock_timestamp() + make_interval(secs => \(options.reconcileAfter.inSeconds)::double precision)
            FROM locked WHERE message.id = locked.id
            RETURNING message.id, run_id, answer_key, seq, step, target_seq, team, channel, thread, message, tries,
                locked.state = 'intent' AND step = 'post' AS is_in_doubt,
                extract(epoch FROM first_intent_at) AS first_intent,
                extract(epoch FROM clock_timestamp() - created_at) AS age,
                (SELECT target.ts FROM ai.slack_outbox AS target
                    WHERE target.answer_key = message.answer_key AND target.seq = message.target_seq) AS target_ts
            """)
        var claimed = Claimed()
        for row in result.rows {
            do {
                claimed.rows.append(try OutboxRow(row, intent: begin))
            } catch {
                claimed.unreadable.append(.init(id: try row.decode("id"), error: "\(error)"))
            }
        }
        return claimed
    }

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
            let result = try await client.query(
                """
                UPDATE ai.slack_outbox AS message SET state = 'posted', ts = \(ts.rawValue), owner = NULL,
                    last_error = NULL, finished_at = clock_timestamp()
                WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
                RETURNING (SELECT extract(epoch FROM clock_timestamp() - event.received_at)
                    FROM ai.slack_events AS event
                    WHERE message.seq = 1 AND event.team = message.team AND event.channel = message.channel
                        AND message.answer_key = concat_ws(':', 'slack', event.team, event.channel, event.ts)
                        AND event.ts = split_part(message.answer_key, ':', 4)) AS since_question
                """)
            return try result.rows.first?.decodeIfPresent("since_question")
        case .inDoubt(let error):
            try await client.query(
                """
                UPDATE ai.slack_outbox SET owner = NULL, last_error = \(error.storable)
                WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
                """)
        case .later(let delay, let error):
            try await reschedule(row, state: row.isInDoubt ? "intent" : "ready", delay: delay, error: error)
        case .certainlyLater(let delay, let error), .rateLimited(let delay, let error):
            try await reschedule(row, state: "ready", delay: delay, error: error)
        case .plain(let error):
            try await client.query(
                """
                UPDATE ai.slack_outbox SET state = 'ready', owner = NULL, run_at = clock_timestamp(), intent_at = NULL,
                    message = jsonb_build_object('text', message->'text'), last_error = \(error.storable)
                WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
                """)
        case .anew(let error):
            try await client.query(
                """
                UPDATE ai.slack_outbox SET state = 'ready', owner = NULL, run_at = clock_timestamp(), intent_at = NULL,
                    step = 'post', target_seq = NULL, last_error = \(error.storable)
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

    private func reschedule(_ row: OutboxRow, state: String, delay: Duration, error: String) async throws {
        // A refused post does not count for the channel's pace; an update has no part in it.
        try await client.query(
            """
            UPDATE ai.slack_outbox SET state = \(state), owner = NULL, last_error = \(error.storable), intent_at = NULL,
                run_at = clock_timestamp() + make_interval(secs => \(delay.inSeconds)::double precision)
            WHERE id = \(row.id) AND owner = \(owner) AND tries = \(row.tries) AND state = 'intent'
            """)
    }

    /// Until the next message is due, if any; zero or less for one that is due but has to wait for another one.
    func nextDue() async throws -> Duration? {
        let result = try await client.query(
            """
            SELECT extract(epoch FROM min(run_at) - clock_timestamp()) AS seconds FROM ai.slack_outbox
            WHERE state IN ('ready', 'intent')
            """)
        return try result.rows.first?.decodeIfPresent("seconds", as: Double.self).map { .seconds($0) }
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
    }
}

import Postgres
import ServiceRuntime

extension OutboxStore {
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

    /// How many messages are looked at for when the next one is due.
    private static let longestLook = 200

    /// Takes up to `limit` messages that are due: in a thread the first unsent one, in a channel one new message per
    /// interval, whichever replica sends it. A taken message is in doubt from the moment this commits.
    ///
    /// A post needs its channel's row of `ai.slack_pace`: who has locked it, or has been the first to add it, moves it on.
    func claim(limit: Int) async throws -> Claimed {
        let begin = ContinuousClock.now
        let result = try await client.query(
            """
            WITH moment AS MATERIALIZED (
                SELECT now, now + make_interval(secs => \(options.postInterval.inSeconds)::double precision) AS next_post,
                    now + make_interval(secs => \(options.reconcileAfter.inSeconds)::double precision) AS reconcile
                FROM clock_timestamp() AS now
            ),
            due AS (
                SELECT id FROM (
                    SELECT id, step, row_number() OVER (PARTITION BY team, channel, step ORDER BY id) AS place
                    FROM ai.slack_outbox AS message
                    WHERE state IN ('ready', 'intent') AND run_at <= clock_timestamp()
                        AND NOT EXISTS (
                            SELECT FROM ai.slack_outbox AS earlier
                            WHERE earlier.team = message.team AND earlier.channel = message.channel
                                AND earlier.thread = message.thread AND earlier.id < message.id
                                AND earlier.state IN ('ready', 'intent') AND NOT earlier.is_repeat)
                        AND NOT EXISTS (
                            SELECT FROM ai.slack_pace AS pace
                            WHERE pace.team = message.team AND pace.step = message.step
                                AND pace.channel IN (message.channel, '') AND pace.next_at > clock_timestamp())
                ) AS message
                WHERE step = 'update' OR place = 1
                ORDER BY id LIMIT \(limit)::integer
            ),
            locked AS (
                SELECT message.id, message.state, message.step, message.team, message.channel
                FROM ai.slack_outbox AS message JOIN due USING (id)
                WHERE message.state IN ('ready', 'intent') AND message.run_at <= clock_timestamp()
                FOR UPDATE OF message SKIP LOCKED
            ),
            free AS (
                SELECT pace.team, pace.channel
                FROM ai.slack_pace AS pace JOIN locked USING (team, step, channel), moment
                WHERE pace.step = 'post' AND pace.next_at <= moment.now
                FOR UPDATE OF pace SKIP LOCKED
            ),
            moved AS (
                UPDATE ai.slack_pace AS pace SET next_at = moment.next_post FROM free, moment
                WHERE pace.team = free.team AND pace.step = 'post' AND pace.channel = free.channel
                RETURNING pace.team, pace.channel
            ),
            added AS (
                INSERT INTO ai.slack_pace (team, step, channel, next_at)
                SELECT team, step, channel, moment.next_post FROM locked, moment
                WHERE step = 'post' AND NOT EXISTS (
                    SELECT FROM ai.slack_pace AS pace WHERE pace.team = locked.team AND pace.step = 'post'
                        AND pace.channel = locked.channel)
                ON CONFLICT DO NOTHING
                RETURNING team, channel
            )
            UPDATE ai.slack_outbox AS message
            SET state = 'intent', owner = \(owner), tries = tries + 1, intent_at = moment.now,
                first_intent_at = coalesce(first_intent_at, moment.now), run_at = moment.reconcile,
                waits_for_slack = false
            FROM locked, moment
            WHERE message.id = locked.id AND (locked.step = 'update' OR (locked.team, locked.channel) IN (
                SELECT team, channel FROM moved UNION ALL SELECT team, channel FROM added))
            RETURNING message.id, run_id, answer_key, seq, message.step, target_seq, message.team, message.channel, thread,
                message, tries, is_apology, locked.state = 'intent' AND message.step = 'post' AS is_in_doubt,
                extract(epoch FROM first_intent_at) AS first_intent,
                extract(epoch FROM moment.now - created_at) AS age,
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

    /// Until a message becomes due, or its channel's turn comes; nil where none waits for a time.
    func nextDue() async throws -> Duration? {
        let result = try await client.query(
            """
            SELECT extract(epoch FROM min(due) - clock_timestamp()) AS seconds FROM (
                SELECT greatest(run_at, (
                    SELECT max(pace.next_at) FROM ai.slack_pace AS pace
                    WHERE pace.team = message.team AND pace.step = message.step
                        AND pace.channel IN (message.channel, ''))) AS due
                FROM ai.slack_outbox AS message WHERE state IN ('ready', 'intent')
                ORDER BY run_at LIMIT \(Self.longestLook)::integer
            ) AS message
            WHERE due > clock_timestamp()
            """)
        return try result.rows.first?.decodeIfPresent("seconds", as: Double.self).map { .seconds($0) }
    }
}

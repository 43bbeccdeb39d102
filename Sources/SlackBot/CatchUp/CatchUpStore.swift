package import Postgres
import ServiceRuntime
import SlackAPI

/// How far history has been read. Times are seconds since 1970 on the database's clock.
package struct CatchUpStore: Sendable {
    struct Round: Sendable {
        var now: Double
        /// When Dash first looked: nothing older is answered.
        var since: Double
        var isThorough: Bool
        /// When the last thorough round began.
        var thoroughSince: Double?
    }

    struct Place: Sendable {
        var readUntil: Double?
        var readAt: Double?
        /// The last accepted question of the last days.
        var activeAt: Double?
    }

    /// Conversations with a question in this time are read first.
    private static let activeDays = 7
    /// Threads with a question in this time are looked at by thorough rounds, so many of a conversation.
    private static let threadDays = 7
    private static let mostThreads = 30

    private let client: PostgresClient

    package init(client: PostgresClient) {
        self.client = client
    }

    /// Begins a round; nil where none is due. The first one of all sets the time before which nothing is answered.
    func begin(_ team: SlackTeamID, isForced: Bool, _ options: CatchUpOptions) async throws -> Round? {
        try await client.withTransaction { connection in
            try await connection.query(
                "INSERT INTO ai.slack_catch_up (team) VALUES (\(team.rawValue)) ON CONFLICT DO NOTHING")
            let row = try await connection.query(
                """
                SELECT extract(epoch FROM now) AS now, extract(epoch FROM since) AS since, is_due,
                    extract(epoch FROM thorough_at) AS thorough_since,
                    is_requested OR is_late OR coalesce(
                        thorough_at <= now - make_interval(secs => \(options.thoroughInterval.inSeconds)), true)
                        AS is_thorough
                FROM ai.slack_catch_up, clock_timestamp() AS now,
                    LATERAL (SELECT coalesce(requested_at > round_at, false) AS is_requested,
                        coalesce(round_at <= now - make_interval(secs => \(options.interval.inSeconds)), true) AS is_old,
                        coalesce(round_at <= now - make_interval(secs => 3 * \(options.interval.inSeconds)::double precision), true)
                            AS is_late) AS state,
                    LATERAL (SELECT is_requested OR is_old AS is_due) AS decision
                WHERE team = \(team.rawValue) FOR UPDATE OF slack_catch_up
                """
            ).rows[0]
            guard try isForced || row.decode("is_due") else { return nil }
            let isThorough = try isForced || row.decode("is_thorough")
            try await connection.query(
                """
                UPDATE ai.slack_catch_up SET round_at = clock_timestamp(),
                    thorough_at = CASE WHEN \(isThorough) THEN clock_timestamp() ELSE thorough_at END
                WHERE team = \(team.rawValue)
                """)
            return Round(
                now: try row.decode("now"), since: try row.decode("since"), isThorough: isThorough,
                thoroughSince: try row.decodeIfPresent("thorough_since"))
        }
    }

    /// A thorough round did not come to its end: the next one is thorough as well, from where the last whole one began.
    func repeatThorough(_ team: SlackTeamID, since: Double?) async throws {
        try await client.query(
            "UPDATE ai.slack_catch_up SET thorough_at = to_timestamp(\(since)::double precision) WHERE team = \(team.rawValue)"
        )
    }

    /// Makes the next round due at once, on whichever replica runs it.
    func request() async throws {
        try await client.query("UPDATE ai.slack_catch_up SET requested_at = clock_timestamp()")
    }

    /// What is known of conversations: how far they were read, and when somebody last asked there.
    func places(in team: SlackTeamID) async throws -> [SlackChannelID: Place] {
        let rows = try await client.query(
            """
            SELECT coalesce(history.channel, active.channel) AS channel, extract(epoch FROM read_until) AS read_until,
                extract(epoch FROM read_at) AS read_at, extract(epoch FROM active_at) AS active_at
            FROM (SELECT * FROM ai.slack_history WHERE team = \(team.rawValue)) AS history
            FULL JOIN (
                SELECT channel, max(received_at) AS active_at FROM ai.slack_events
                WHERE team = \(team.rawValue)
                    AND received_at > clock_timestamp() - make_interval(days => \(Self.activeDays))
                GROUP BY channel
            ) AS active USING (channel)
            """
        ).rows
        return try Dictionary(
            rows.map { row in
                (
                    SlackChannelID(rawValue: try row.decode("channel")),
                    Place(
                        readUntil: try row.decodeIfPresent("read_until"), readAt: try row.decodeIfPresent("read_at"),
                        activeAt: try row.decodeIfPresent("active_at"))
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Threads that Dash takes part in, the latest first.
    func threads(in channel: SlackChannelID, of team: SlackTeamID) async throws -> [SlackTimestamp] {
        try await client.query(
            """
            SELECT thread FROM ai.slack_threads
            WHERE team = \(team.rawValue) AND channel = \(channel.rawValue)
                AND last_at > clock_timestamp() - make_interval(days => \(Self.threadDays))
            ORDER BY last_at DESC LIMIT \(Self.mostThreads)::integer
            """
        ).rows.map { SlackTimestamp(rawValue: try $0.decode("thread")) }
    }

    /// A conversation was read up to this time.
    func note(_ channel: SlackChannelID, of team: SlackTeamID, readUntil: Double) async throws {
        try await client.query(
            """
            INSERT INTO ai.slack_history AS history (team, channel, read_until)
            VALUES (\(team.rawValue), \(channel.rawValue), to_timestamp(\(readUntil)))
            ON CONFLICT (team, channel) DO UPDATE
            SET read_until = greatest(history.read_until, excluded.read_until), read_at = clock_timestamp()
            """)
    }
}

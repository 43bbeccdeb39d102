import FoundationEssentials
package import Postgres
package import ServiceRuntime

/// What has been asked and used, in schema `ai` and on the database's clock: the same for all replicas.
package struct UsageStore: Sendable {
    package let limits: UsageLimits
    private let client: PostgresClient
    private let timeZone: TimeZoneRules

    /// - Parameter timeZone: where days begin, and in which people are told times.
    package init(client: PostgresClient, limits: UsageLimits, timeZone: TimeZoneRules) {
        self.client = client
        self.limits = limits
        self.timeZone = timeZone
    }

    /// Counts a question, or says which limit refuses it; nothing is counted then.
    ///
    /// The key is the same for every attempt to answer the question: it counts once.
    package func admit(_ key: String, asker: String, place: String?) async throws -> UsageRefusal? {
        try await client.withTransaction { connection in
            // In a fixed order, so that two questions never wait for each other.
            try await connection.query(
                """
                SELECT pg_advisory_xact_lock(lock) FROM (
                    SELECT DISTINCT hashtextextended('dash usage ' || name, 0) AS lock
                    FROM unnest(\([asker] + [place].compactMap(\.self))::text[]) AS names (name) ORDER BY lock
                ) AS locks
                """)
            let row = try await connection.query(
                """
                WITH mine AS (
                    SELECT asked_at FROM ai.questions_asked
                    WHERE asker = \(asker) AND asked_at > statement_timestamp() - interval '1 hour'
                    ORDER BY asked_at DESC LIMIT \(limits.questionsPerUser)::bigint
                ), here AS (
                    SELECT asked_at FROM ai.questions_asked
                    WHERE place = \(place) AND asked_at > statement_timestamp() - interval '1 hour'
                    ORDER BY asked_at DESC LIMIT \(limits.questionsPerChannel)::bigint
                )
                SELECT EXISTS (SELECT FROM ai.questions_asked WHERE key = \(key)) AS is_known,
                    extract(epoch FROM statement_timestamp())::float8 AS now,
                    (SELECT count(*) FROM mine) AS mine, (SELECT count(*) FROM here) AS here,
                    (SELECT extract(epoch FROM min(asked_at))::float8 + 3600 FROM mine) AS mine_free,
                    (SELECT extract(epoch FROM min(asked_at))::float8 + 3600 FROM here) AS here_free
                """
            ).rows.first
            guard let row, try !row.decode("is_known", as: Bool.self) else { return nil }
            let now = Date(timeIntervalSince1970: try row.decode("now"))
            func refusal(_ limit: UsageRefusal.Limit, _ maximum: Int, _ free: String) throws -> UsageRefusal {
                UsageRefusal(
                    limit: limit, maximum: maximum, now: now,
                    freeAt: Date(timeIntervalSince1970: try row.decode(free)), timeZone: timeZone)
            }
            if limits.questionsPerUser > 0, try row.decode("mine", as: Int.self) >= limits.questionsPerUser {
                return try refusal(.questionsPerUser, limits.questionsPerUser, "mine_free")
            }
            if limits.questionsPerChannel > 0, try row.decode("here", as: Int.self) >= limits.questionsPerChannel {
                return try refusal(.questionsPerChannel, limits.questionsPerChannel, "here_free")
            }
            try await connection.query(
                """
                WITH old AS (
                    DELETE FROM ai.questions_asked
                    WHERE asker = \(asker) AND asked_at < statement_timestamp() - interval '1 day'
                )
                INSERT INTO ai.questions_asked (key, asker, place) VALUES (\(key), \(asker), \(place))
                ON CONFLICT DO NOTHING
                """)
            return nil
        }
    }

    /// Adds to today's tokens.
    package func charge(tokens: Int) async throws {
        guard tokens > 0 else { return }
        try await client.query(
            """
            INSERT INTO ai.usage AS day (day, tokens, model_calls)
            VALUES ((clock_timestamp() AT TIME ZONE \(timeZone.identifier))::date, \(tokens), 1)
            ON CONFLICT (day) DO UPDATE SET tokens = day.tokens + EXCLUDED.tokens, model_calls = day.model_calls + 1
            """)
    }

    /// nil while there are tokens left today.
    package func tokensRefusal() async throws -> UsageRefusal? {
        guard limits.tokensPerDay > 0 else { return nil }
        let zone = timeZone.identifier
        let row = try await client.query(
            """
            SELECT extract(epoch FROM statement_timestamp())::float8 AS now,
                extract(epoch FROM (day + 1)::timestamp AT TIME ZONE \(zone))::float8 AS free
            FROM ai.usage
            WHERE day = (statement_timestamp() AT TIME ZONE \(zone))::date AND tokens >= \(limits.tokensPerDay)::bigint
            """
        ).rows.first
        guard let row else { return nil }
        return UsageRefusal(
            limit: .tokensPerDay, maximum: limits.tokensPerDay, now: Date(timeIntervalSince1970: try row.decode("now")),
            freeAt: Date(timeIntervalSince1970: try row.decode("free")), timeZone: timeZone)
    }
}

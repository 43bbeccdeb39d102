import Postgres

/// Corrections of errors: found by Dash itself, in use for everybody at once.
extension LearningStore {
    static let maximumCorrections = 200

    /// Past corrections of errors like this one.
    package func corrections(
        similarTo sql: String, error: String, limit: Int = 3
    ) async throws -> [Learning.Correction] {
        let rows = try await client.query(
            """
            SELECT id, original, error, corrected, question
            FROM (
                SELECT id, original, error, corrected, question,
                    ai.similarity(error, \(Self.bounded(error))) AS by_error,
                    ai.similarity(original, \(Self.bounded(NormalisedText.sql(sql)))) AS by_sql
                FROM ai.learnings
                WHERE warehouse = \(warehouseID) AND original IS NOT NULL AND state = 'active'
            ) AS past
            WHERE by_error >= 0.5 OR (by_error >= 0.25 AND by_sql >= 0.5)
            ORDER BY 0.6 * by_error + 0.4 * by_sql DESC, id DESC
            LIMIT \(max(0, limit))
            """
        ).rows
        try await countUse(try rows.map { try $0.decode("id", as: Int64.self) })
        return try rows.map { row in
            Learning.Correction(
                original: try row.decode("original"), error: try row.decode("error"),
                corrected: try row.decode("corrected"), question: try row.decode("question"))
        }
    }

    /// Keeps a fixed error for everybody at once; the oldest unused automatic ones beyond 200 give way.
    ///
    /// The same statement and error again replace what was kept, unless a person reverted it. What gives way is marked as
    /// reverted by Dash, and comes back when it happens again. Its question is made of the corrected statement's own names.
    package func record(_ correction: Learning.Correction) async throws {
        let original = Self.bounded(NormalisedText.sql(correction.original))
        let corrected = Self.bounded(NormalisedText.withoutComments(sql: correction.corrected))
        let error = Self.bounded(correction.error)
        let question = Self.bounded(correction.question)
        let statements = [correction.original, correction.corrected]
        guard !statements.contains(where: NormalisedText.namesSomebody(sql:)) else { return }
        guard !original.isEmpty, !corrected.isEmpty, original != NormalisedText.sql(corrected) else { return }
        let title = String(error.prefix { $0 != "\n" }.prefix(160))
        let body = "Instead of the statement that failed, use the corrected one."
        try await client.withTransaction { connection in
            try await lock(connection)
            // A person's decision against it stands; only what gave way for lack of room may come back.
            let saved = try await connection.query(
                """
                INSERT INTO ai.learnings AS l (
                    warehouse, is_automatic, title, body, original, error, corrected, question, correction_key, scope,
                    state, author, search)
                VALUES (
                    \(warehouseID), true, \(title), \(body), \(original), \(error), \(corrected), \(question),
                    sha256(convert_to(\(original + "\n" + error), 'UTF8')), 'everyone', 'active', \(Self.automaticAuthor),
                    setweight(to_tsvector('pg_catalog.english', \(Self.words(question))), 'A')
                        || setweight(to_tsvector('pg_catalog.english', \(Self.words(error))), 'B')
                        || setweight(to_tsvector('pg_catalog.english', \(Self.words(corrected))), 'D'))
                ON CONFLICT (warehouse, correction_key) DO UPDATE SET corrected = EXCLUDED.corrected,
                    question = EXCLUDED.question, search = EXCLUDED.search, last_used_at = clock_timestamp()
                WHERE l.state = 'active' OR (
                    SELECT decision FROM ai.learning_decisions WHERE learning_id = l.id ORDER BY id DESC LIMIT 1
                ) = 'evicted'
                RETURNING id, state
                """)
            if let row = saved.rows.first, row["state"] == "reverted" {
                try await decide(
                    "returned", on: try row.decode("id"), state: .active, by: Self.automaticAuthor, connection)
            }
            try await evict(beyond: Self.maximumCorrections, of: nil, on: connection)
        }
    }
}

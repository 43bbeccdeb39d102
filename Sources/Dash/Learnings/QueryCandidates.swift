import Postgres
import ServiceRuntime

/// Statements that answered a question once, waiting to prove themselves.
struct QueryCandidates: Sendable {
    static let maximumCandidates = 500
    private static let maximumLength = 16_000

    let client: PostgresClient
    let warehouseID: String

    /// Counts a success. Returns the validated query when this is the first time the statement was used again.
    func record(sql: String, tables: [String]) async throws -> ValidatedQuery? {
        let sql = NormalisedText.withoutComments(sql: sql.storable)
        let statement = NormalisedText.sql(sql)
        guard !statement.isEmpty, sql.utf8.count <= Self.maximumLength else { return nil }
        // Who asks about one person asks for themselves.
        guard !NormalisedText.namesSomebody(sql: sql) else { return nil }
        // The statement proves itself whoever asks; what they said is not kept with it.
        guard let title = NeutralQuestion.text(for: sql) else { return nil }
        return try await client.withTransaction { connection in
            let rows = try await connection.query(
                """
                INSERT INTO ai.query_candidates AS c (warehouse, sql_hash, sql, questions, tables)
                VALUES (
                    \(warehouseID), sha256(convert_to(\(statement), 'UTF8')), \(sql), \([title])::text[],
                    \(tables)::text[])
                ON CONFLICT (warehouse, sql_hash) DO UPDATE SET uses = c.uses + 1, last_used_at = clock_timestamp(),
                    questions = EXCLUDED.questions
                RETURNING id, sql, promoted_at IS NULL AND uses > 1 AS is_due,
                    left(encode(sql_hash, 'hex'), 6) AS mark
                """
            ).rows
            try await connection.query(
                """
                DELETE FROM ai.query_candidates WHERE id IN (
                    SELECT id FROM ai.query_candidates WHERE warehouse = \(warehouseID)
                    ORDER BY last_used_at DESC, id DESC OFFSET \(Self.maximumCandidates)
                )
                """)
            guard let row = rows.first, try row.decode("is_due", as: Bool.self) else { return nil }
            try await connection.query(
                """
                UPDATE ai.query_candidates SET promoted_at = clock_timestamp()
                WHERE id = \(try row.decode("id", as: Int64.self))
                """)
            return ValidatedQuery(
                name: Self.name(from: title, mark: try row.decode("mark")), description: title,
                sql: try row.decode("sql"), questions: [title], tables: tables)
        }
    }

    /// For example `seats_by_plan_3fa2c1`; the mark keeps it apart from curated names.
    private static func name(from question: String, mark: String) -> String {
        let words = NormalisedText.question(question).split(separator: " ").prefix(8)
        let slug = words.map { $0.filter { $0.isLetter || $0.isNumber } }.filter { !$0.isEmpty }
        return (slug + [mark]).joined(separator: "_")
    }
}

import FoundationEssentials
import Postgres
import ServiceRuntime

/// Corrections of meaning: said by people, in use for their author until somebody approves them.
extension LearningStore {
    private static let maximumProposals = 200

    /// Keeps a correction of meaning: in use for its author at once, proposed to everyone until approved.
    ///
    /// Stored with scope `asker` and state `proposed`. Text beyond 4,000 characters is cut. The same text again from the
    /// same author returns the learning that is there. Of one author's unapproved ones the latest 200 stay in use.
    @discardableResult
    package func save(
        title: String, text: String, teaching: Teaching? = nil, author: String, place: String? = nil
    ) async throws -> Int64 {
        let title = String(Self.bounded(title).prefix(200))
        let text = String(Self.bounded(text).prefix(4_000))
        let taught = try teaching.map { try JSONValue(encoding: $0).storable }
        return try await client.withTransaction { connection in
            try await lock(connection)
            let known = try await connection.query(
                """
                SELECT id FROM ai.learnings
                WHERE warehouse = \(warehouseID) AND author = \(author) AND title = \(title) AND body = \(text)
                    AND \(unescaped: Self.isInUse)
                ORDER BY id LIMIT 1
                """)
            if let row = known.rows.first {
                let id: Int64 = try row.decode("id")
                try await connection.query(
                    "UPDATE ai.learnings SET teaching = coalesce(\(taught)::jsonb, teaching) WHERE id = \(id)")
                return id
            }
            let saved = try await connection.query(
                """
                INSERT INTO ai.learnings (warehouse, is_automatic, title, body, teaching, scope, state, author, place, search)
                VALUES (
                    \(warehouseID), false, \(title), \(text), \(taught)::jsonb, 'asker', 'proposed', \(author), \(place),
                    setweight(to_tsvector('pg_catalog.english', \(Self.words(title))), 'A')
                        || setweight(to_tsvector('pg_catalog.english', \(Self.words(text))), 'B'))
                RETURNING id
                """)
            guard let row = saved.rows.first else {
                throw PostgresError(.decoding, message: "the server returned no id for a new learning")
            }
            try await evict(beyond: Self.maximumProposals, of: author, on: connection)
            return try row.decode("id")
        }
    }
}

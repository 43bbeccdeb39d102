import Postgres

extension KnowledgeStore {
    /// Another text whenever an entry was added, changed or removed.
    package func version() async throws -> String {
        let row = try await client.query(
            """
            SELECT count(*)::text || ':' || coalesce(sum(hashtextextended(encode(content_hash, 'hex'), id)), 0)::text
                AS version
            FROM ai.knowledge
            """
        ).rows.first
        return try row?.decode("version") ?? ""
    }
}

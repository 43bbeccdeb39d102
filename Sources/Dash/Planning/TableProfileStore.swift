import FoundationEssentials
import Postgres
import ServiceRuntime

/// Profiles of one warehouse's tables in schema `ai`: what one process has read, the others need not read again.
struct TableProfileStore: Sendable {
    let client: PostgresClient
    let warehouseID: String

    /// By `schema.name`. What another version wrote in a form that this one cannot read is left out, and read again.
    func profiles(readAfter date: Date? = nil) async throws -> [String: TableProfile.Stored] {
        let rows = try await client.query(
            """
            SELECT relation, changes, content::text AS content, milliseconds, extract(epoch FROM read_at)::float8 AS read_at
            FROM ai.table_profiles
            WHERE warehouse = \(warehouseID)
                AND (\(date == nil)::boolean
                    OR read_at > to_timestamp(\(date?.timeIntervalSince1970 ?? 0)::float8))
            """
        ).rows
        var profiles: [String: TableProfile.Stored] = [:]
        for row in rows {
            let content: String = try row.decode("content")
            guard let profile = try? JSONDecoder().decode(TableProfile.self, from: Data(content.utf8)) else { continue }
            profiles[try row.decode("relation")] = TableProfile.Stored(
                profile: profile, changes: try row.decodeIfPresent("changes"),
                milliseconds: try row.decode("milliseconds"),
                readAt: Date(timeIntervalSince1970: try row.decode("read_at")))
        }
        return profiles
    }

    func save(_ stored: TableProfile.Stored, of relation: String) async throws {
        let content = String(decoding: try JSONEncoder().encode(stored.profile), as: UTF8.self)
        try await client.query(
            """
            INSERT INTO ai.table_profiles (warehouse, relation, changes, content, milliseconds, read_at)
            VALUES (\(warehouseID), \(relation), \(stored.changes)::bigint, \(content)::jsonb,
                \(stored.milliseconds)::integer, to_timestamp(\(stored.readAt.timeIntervalSince1970)::float8))
            ON CONFLICT (warehouse, relation) DO UPDATE SET changes = excluded.changes, content = excluded.content,
                milliseconds = excluded.milliseconds, read_at = excluded.read_at
            """)
    }

    func forget(_ relations: [String]) async throws {
        try await client.query(
            "DELETE FROM ai.table_profiles WHERE warehouse = \(warehouseID) AND relation = ANY (\(relations)::text[])")
    }
}

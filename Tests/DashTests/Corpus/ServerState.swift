import Postgres
import SQLGuard

/// What a statement can change, by parts with a name each.
struct ServerState: Equatable {
    private(set) var parts: [String: String] = [:]

    /// Of the session that runs the statements.
    static func session(_ connection: PostgresConnection) async throws -> ServerState {
        try await read("session.sql", "0", connection)
    }

    /// Of what no rollback undoes.
    static func server(_ connection: PostgresConnection, _ site: CorpusServer.Site) async throws -> ServerState {
        try await connection.query("SELECT pg_stat_clear_snapshot()")
        return try await read("server.sql", site.newest, connection)
    }

    /// Of catalogs and tables, as the connection's transaction sees them.
    static func tables(_ connection: PostgresConnection, _ site: CorpusServer.Site) async throws -> ServerState {
        try await read("tables.sql", site.newest, connection)
    }

    /// Of everything but sessions.
    static func everything(_ connection: PostgresConnection, _ site: CorpusServer.Site) async throws -> ServerState {
        var state = try await server(connection, site)
        state.parts.merge(try await tables(connection, site).parts) { $1 }
        return state
    }

    private static let texts = ["session.sql", "server.sql", "tables.sql"].reduce(into: [:]) {
        $0[$1] = CorpusFile.text($1)
    }

    private static func read(
        _ file: String, _ newest: String, _ connection: PostgresConnection
    ) async throws -> ServerState {
        let text = (texts[file] ?? "").replacing(":newest::", with: newest + "::")
        var state = ServerState()
        for row in try await connection.query(PostgresQuery(unescaped: text)).rows {
            state.parts[try row.decode("part")] = row["value"] ?? ""
        }
        return state
    }

    /// Whether all that is known here is the same there.
    func agrees(with other: ServerState) -> Bool {
        parts.allSatisfy { other.parts[$0.key] == $0.value }
    }

    /// The names of the parts known here that differ, but for what the role may change.
    func differences(from other: ServerState, for role: SQLRole) -> [String] {
        parts.keys.filter { part in
            guard parts[part] != other.parts[part] else { return false }
            return role == .analyst || !(part.hasPrefix("dash ") || part == "identity used up")
        }.sorted()
    }
}

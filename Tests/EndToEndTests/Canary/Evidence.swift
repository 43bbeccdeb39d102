import FoundationEssentials
import Postgres
import ServiceRuntime
import TestSupport

/// Everything that somebody else than Dash may read, in files, to be searched for canaries.
struct Evidence {
    let folder: String
    private let patterns: String

    init(_ canaries: [Canary]) throws {
        folder = try TestFolders.make("evidence")
        patterns = try TestFolders.make("patterns") + "/traces"
        try write(canaries.flatMap(\.traces).joined(separator: "\n") + "\n", path: patterns)
    }

    func keep(_ text: String, as name: String) throws { try write(text, path: "\(folder)/\(name)") }

    /// Every row of every table of a schema, and the texts of runs put together from their pieces.
    func keep(schema: String, of client: PostgresClient) async throws {
        let tables = try await client.query("SELECT tablename FROM pg_tables WHERE schemaname = \(schema)").rows
        for row in tables {
            let table: String = try row.decode("tablename")
            let rows = try await client.query(
                "SELECT to_jsonb(t)::text AS row FROM \(identifier: schema).\(identifier: table) AS t")
            try keep(try rows.rows.map { try $0.decode("row", as: String.self) }.joined(separator: "\n"), as: table)
        }
        let spoken = try await client.query(
            """
            SELECT string_agg(event->'kind'->'text'->>'_0', '' ORDER BY sequence) AS text FROM ai.run_events
            WHERE event->'kind' ? 'text' GROUP BY run_id
            """)
        try keep(spoken.rows.compactMap { $0["text"] }.joined(separator: "\n"), as: "spoken")
    }

    /// Lines with a canary below a folder, with their files; without those that are left out.
    func findings(in folder: String, except excluded: [String] = []) async throws -> [String] {
        let outcome = try await Command(
            "/usr/bin/grep",
            ["-raoF", "-f", patterns] + excluded.map { "--exclude-dir=\($0)" } + [folder]
        ).run(timeout: .seconds(120))
        return outcome.outputText.split(separator: "\n").map(String.init)
    }

    private func write(_ text: String, path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }
}

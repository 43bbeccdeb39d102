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

    /// Every row of every table of a schema.
    func keep(schema: String, of client: PostgresClient) async throws {
        let tables = try await client.query("SELECT tablename FROM pg_tables WHERE schemaname = \(schema)").rows
        for row in tables {
            let table: String = try row.decode("tablename")
            let rows = try await client.query(
                "SELECT to_jsonb(t)::text AS row FROM \(identifier: schema).\(identifier: table) AS t")
            try keep(try rows.rows.map { try $0.decode("row", as: String.self) }.joined(separator: "\n"), as: table)
        }
    }

    /// Lines with a canary below a folder, with their files; without those that are left out.
    func findings(in folder: String, except excluded: [String] = []) async throws -> [String] {
        let outcome = try await Command(
            "/usr/bin/grep",
            ["-raoF", "-f", patterns] + excluded.map { "--exclude-dir=\($0)" } + [folder]
        ).run(timeout: .seconds(120))
        let lines = outcome.outputText.split(separator: "\n")
        let traces = try String(contentsOfFile: patterns, encoding: .utf8).split(separator: "\n")
        return try lines.prefix(20).map { line in
            // What stands before tells who wrote it there.
            let file = line.prefix { $0 != ":" }
            let content = try Data(contentsOf: URL(filePath: String(file)))
            let text = String(decoding: content, as: UTF8.self)
            let around = traces.lazy.compactMap { text.firstRange(of: $0) }.first.map { found in
                let start = text.index(found.lowerBound, offsetBy: -200, limitedBy: text.startIndex)
                return String(text[(start ?? text.startIndex)..<found.upperBound])
            }
            return "\(line) … \(around ?? "")"
        }
    }

    private func write(_ text: String, path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }
}

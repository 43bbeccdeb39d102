import FoundationEssentials
import Testing

@testable import Dash

@Suite struct KnowledgeFolderTests {
    private func withFolder(
        _ files: [String: String], _ body: (KnowledgeFolder) async throws -> Void
    ) async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("knowledge-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files {
            let file = URL(fileURLWithPath: "\(path)/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try await body(KnowledgeFolder(path: path))
    }

    @Test("All four parts load, in order; hidden files are passed over, others named")
    func all() async throws {
        let files = [
            "tables/b.json": #"{"table_name": "b"}"#, "tables/a.json": #"{"table_name": "a"}"#,
            "tables/.hidden": "x", "tables/notes.txt": "x",
            "queries/q.sql": "-- <query q>\n-- <query>\nSELECT 1\n-- </query>",
            "business/m.json": #"{"business_rules": ["Count each once"]}"#,
            "docs/handbook.md": "# The handbook\n\nShips leave at noon.", "other/x.json": "broken",
        ]
        try await withFolder(files) { folder in
            let contents = await folder.read()
            #expect(contents.entries.map(\.content.name) == ["a", "b", "q", "Count each once", "The handbook"])
            #expect(contents.entries.map(\.source).last == "docs/handbook.md")
            #expect(contents.problems.map(\.file) == ["tables/notes.txt"])
            #expect(!contents.hasErrors)
        }
    }

    @Test("A broken file is named, the others load")
    func broken() async throws {
        try await withFolder(["tables/a.json": "{", "tables/b.json": #"{"table_name": "b"}"#]) { folder in
            let contents = await folder.read()
            #expect(contents.entries.map(\.content.name) == ["b"])
            #expect(contents.problems.map(\.file) == ["tables/a.json"])
            #expect(contents.hasErrors)
        }
    }

    @Test("A name taken twice is a problem that names the first place; the first stays")
    func duplicates() async throws {
        let files = [
            "tables/a.json": #"{"table_name": "t", "table_description": "first"}"#,
            "tables/b.json": #"{"table_name": "t", "table_description": "second"}"#,
            "queries/t.sql": "-- <query t>\n-- <query>\nSELECT 1\n-- </query>",
        ]
        try await withFolder(files) { folder in
            let contents = await folder.read()
            #expect(contents.entries.map(\.source) == ["tables/a.json", "queries/t.sql"])
            #expect(
                contents.problems.map(\.description) == [
                    "tables/b.json, table \"t\": the name is taken already, by tables/a.json"
                ])
        }
    }

    @Test("A folder that is not there is an error")
    func missing() async {
        let contents = await KnowledgeFolder(path: "/nonexistent/knowledge").read()
        #expect(contents.entries.isEmpty)
        #expect(contents.hasErrors)
    }

    @Test("A long document is cut at its headings; nothing of it is lost")
    func longDocument() {
        let sections = (1...12).map { section in
            "## Part \(section)\n\n"
                + (1...30).map { "Sentence \(section).\($0) of the handbook." }.joined(separator: "\n")
        }
        let text = "# Handbook\n\nIntroduction.\n\n" + sections.joined(separator: "\n\n") + "\n\n## Part 1\n\nAgain."
        let contents = KnowledgeSection.documents.parse(Array(text.utf8), file: "docs/h.md")
        let documents = contents.entries.compactMap { entry in
            if case .document(let document) = entry.content { document } else { nil }
        }
        #expect(documents.count == 14)
        #expect(documents.map(\.title).prefix(2) == ["Handbook", "Handbook: Part 1"])
        #expect(documents.last?.title == "Handbook: Part 1 (2)")
        #expect(documents.allSatisfy { $0.text.count <= 4_000 })
        for section in 1...12 { #expect(documents.contains { $0.text.contains("Sentence \(section).30 of") }) }
    }

    @Test("A document without line breaks is cut all the same")
    func longLine() {
        let text = String(repeating: "abcdefghi ", count: 2_000)
        let documents = KnowledgeSection.documents.parse(Array(text.utf8), file: "docs/h.md").entries
        #expect(documents.count >= 5)
        #expect(Set(documents.map(\.content.name)).count == documents.count)
    }
}

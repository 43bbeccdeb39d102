import Testing

@testable import Dash

@Suite struct KnowledgeTableFileTests {
    private func parse(_ text: String) -> KnowledgeFolder.Contents {
        KnowledgeSection.tables.parse(Array(text.utf8), file: "tables/t.json")
    }

    @Test("Every field of a table file is read")
    func reads() {
        let contents = parse(
            #"""
            {"table_name": "visits", "table_description": "Visits to the shop", "use_cases": ["Count visits"],
             "data_quality_notes": ["No visits on Sundays"], "time_column": "seen_at", "synonyms": ["footfall"],
             "relationships": [{"column": "shop_id", "references": "shops.id"}],
             "table_columns": [
               {"name": "id", "type": "BIGINT", "description": "Key"},
               {"name": "kind", "type": "TEXT", "description": "", "values": ["new", "old", 3], "synonyms": "sort"},
               {"name": "weight", "type": "NUMERIC", "unit": "kg"},
               {"name": "email", "type": "TEXT", "pii": true}
             ]}
            """#)
        #expect(contents.problems.isEmpty)
        #expect(
            contents.entries == [
                KnowledgeEntry(
                    content: .table(
                        TableKnowledge(
                            name: "visits", description: "Visits to the shop", useCases: ["Count visits"],
                            dataQualityNotes: ["No visits on Sundays"],
                            columns: [
                                .init(name: "id", type: "BIGINT", description: "Key"),
                                .init(name: "kind", type: "TEXT", synonyms: ["sort"], values: ["new", "old", "3"]),
                                .init(name: "weight", type: "NUMERIC", unit: "kg"),
                                .init(name: "email", type: "TEXT", isPersonal: true),
                            ],
                            relationships: [.init(column: "shop_id", references: "shops.id")], timeColumn: "seen_at",
                            synonyms: ["footfall"])),
                    source: "tables/t.json")
            ])
    }

    @Test(
        "A wrong file is named with its place and cause",
        arguments: [
            ("", "tables/t.json:1: not valid JSON at column 1: the text ends where a value is expected"),
            ("{\"table_name\": \"x\",\n\n  oops}", "tables/t.json:3: not valid JSON"),
            ("[]", "tables/t.json:1: the file must hold one JSON object"),
            ("{}", "tables/t.json: \"table_name\" is missing"),
            (#"{"table_name": "  "}"#, "tables/t.json: \"table_name\" is missing"),
            (#"{"table_name": 7}"#, "tables/t.json: \"table_name\" must be a text"),
            (#"{"table_name": "x\u0000"}"#, "tables/t.json: \"table_name\" holds a NUL character"),
            (
                "{\"table_name\": \"x\",\n\"a\u{0}\"}",
                "tables/t.json:2: the text is not UTF-8, or holds a NUL character"
            ),
        ])
    func wrongFile(text: String, problem: String) {
        let contents = parse(text)
        #expect(contents.entries.isEmpty)
        #expect(contents.problems.contains { $0.description.hasPrefix(problem) && $0.severity == .error })
    }

    @Test(
        "A wrong part is named and left out, the rest of the table loads",
        arguments: [
            (
                #""table_columns": [{"type": "TEXT"}, {"name": "b", "type": "TEXT"}]"#,
                "table_columns[0]: \"name\" is missing"
            ),
            (#""table_columns": ["a", {"name": "b"}]"#, "\"table_columns\"[0] must be an object"),
            (#""table_columns": [{"name": "b"}, {"name": "b"}]"#, "the column \"b\" is described twice"),
            (#""table_columns": [{"name": "b", "pii": "yes"}]"#, "column \"b\": \"pii\" must be true or false"),
            (
                #""table_columns": [{"name": "b"}], "relationships": [{"column": "b"}]"#,
                "relationships[0]: \"references\" is missing"
            ),
            (
                #""table_columns": [{"name": "b"}], "relationships": [{"column": "b", "references": "c"}]"#,
                "relationships[0]: \"references\" must have the form table.column"
            ),
            (#""table_columns": [{"name": "b"}], "use_cases": {"a": 1}"#, "\"use_cases\"[0] must be a text"),
        ])
    func wrongPart(fields: String, problem: String) throws {
        let contents = parse(#"{"table_name": "x", \#(fields)}"#)
        #expect(contents.problems.contains { $0.description.contains(problem) })
        #expect(contents.hasErrors)
        let entry = try #require(contents.entries.first)
        guard case .table(let table) = entry.content else {
            Issue.record("not a table")
            return
        }
        #expect(table.columns.map(\.name) == ["b"])
    }

    @Test("A field nobody knows is a notice, not an error")
    func unknownField() {
        let contents = parse(#"{"table_name": "x", "synonym": ["y"], "table_columns": [{"name": "a", "vaules": []}]}"#)
        #expect(!contents.hasErrors)
        #expect(
            contents.problems.map(\.description) == [
                "tables/t.json: unknown field \"synonym\" is ignored",
                "tables/t.json, column \"a\": unknown field \"vaules\" is ignored",
            ])
    }

    @Test("A byte order mark and Windows line ends are no problem; invalid UTF-8 is named with its line")
    func encodings() {
        let marked = [0xEF, 0xBB, 0xBF] + Array("{\r\n\"table_name\": \"x\"\r\n}".utf8)
        #expect(KnowledgeSection.tables.parse(marked, file: "t").entries.count == 1)
        let invalid = Array("{\n\n\"table_name\": \"".utf8) + [0xFF, 0x22, 0x7D]
        #expect(KnowledgeSection.tables.parse(invalid, file: "t").problems.first?.line == 3)
    }

    @Test("A file beyond the limit is refused")
    func tooLarge() {
        let bytes = [UInt8](repeating: 0x20, count: KnowledgeFolder.maximumFileBytes + 1)
        #expect(KnowledgeSection.tables.parse(bytes, file: "t").problems.first?.cause.contains("larger than") == true)
    }
}

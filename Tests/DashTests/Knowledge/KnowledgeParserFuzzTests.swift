import ServiceRuntime
import Testing

@testable import Dash

@Suite struct KnowledgeParserFuzzTests {
    private static let samples: [(KnowledgeSection, String)] = [
        (
            .tables,
            #"""
            {"table_name": "visits", "table_description": "Visits", "use_cases": ["Count"], "data_quality_notes": [],
             "time_column": "at", "relationships": [{"column": "shop_id", "references": "shops.id"}],
             "table_columns": [{"name": "id", "type": "BIGINT", "values": ["a"], "pii": false}]}
            """#
        ),
        (
            .business,
            #"""
            {"metrics": [{"name": "M", "definition": "d", "table": "t", "calculation": "SUM(x) FROM t WHERE y = 'z'",
              "kind": {"ratio": {"numerator": "SUM(a)", "denominator": "COUNT(*)"}}, "dimensions": ["p"], "min_impact": 3}],
             "business_rules": ["r"], "common_gotchas": [{"issue": "i", "tables_affected": ["t"], "solution": "s"}],
             "fiscal_year_start": 4, "week_start": "monday", "notes": "n"}
            """#
        ),
        (
            .queries,
            """
            -- <query one>
            -- <description>What
            -- it is</description>
            -- <question>How many?</question>
            -- <query>
            SELECT count(*) FROM t WHERE a = ';';
            -- </query>
            -- <query two>
            -- <query>
            SELECT 2
            -- </query>
            """
        ),
        (
            .documents,
            "# Title\n\n## Part\n\ntext\n\n```sql\n# no heading\n```\n" + String(repeating: "word ", count: 1_200)
        ),
    ]

    private static let fragments = [
        "{", "}", "[", "]", "\"", ":", ",", "null", "-- <query", "-- </query>", ">", "</description>", "\\u0000", "\\",
        "'", "(", ")", " FROM ", " WHERE ", "\u{0}", "é", "🦆", "\r\n", "1e999", "-- <query>", "#", "```", "İ",
    ]

    @Test("Mutated files never crash the reader, and what is read is sound", arguments: samples.indices)
    func mutations(index: Int) {
        let (section, text) = Self.samples[index]
        var random = SplitMix64(seed: UInt64(index) &* 977 &+ 1)
        for _ in 0..<1_500 {
            var bytes = Array(text.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let position = Int.random(in: 0...bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0:
                    bytes.removeSubrange(position..<min(bytes.count, position + Int.random(in: 0...12, using: &random)))
                case 1:
                    let fragment = Self.fragments.randomElement(using: &random) ?? ""
                    bytes.insert(contentsOf: Array(fragment.utf8), at: position)
                case 2 where position < bytes.count: bytes[position] = UInt8.random(in: 0...255, using: &random)
                default:
                    let end = min(bytes.count, position + Int.random(in: 0...40, using: &random))
                    bytes.insert(contentsOf: Array(bytes[position..<end]), at: position)
                }
            }
            let contents = section.parse(bytes, file: "f").withoutDuplicates()
            #expect(contents.entries.allSatisfy { !$0.content.name.isEmpty || $0.content.kind == .business })
            #expect(!contents.entries.contains { "\($0.content)".utf8.contains(0) })
            if contents.entries.isEmpty && (section == .tables || section == .queries) {
                // A mutation may leave nothing but an empty object or a comment; otherwise it is named.
                #expect(!contents.problems.isEmpty || section == .queries)
            }
        }
    }

    @Test("Mutated calculations never crash, and what is taken apart is balanced")
    func calculations() {
        let text = "SUM(a) FILTER (WHERE b = 'c''d') FROM t JOIN \"u\" USING (id) WHERE x AND (y OR z)"
        var random = SplitMix64(seed: 42)
        for _ in 0..<4_000 {
            var characters = Array(text)
            for _ in 0..<Int.random(in: 1...4, using: &random) where !characters.isEmpty {
                let position = Int.random(in: 0..<characters.count, using: &random)
                if Bool.random(using: &random) {
                    characters.remove(at: position)
                } else {
                    characters.insert(contentsOf: Self.fragments.randomElement(using: &random) ?? "", at: position)
                }
            }
            guard let parsed = MetricCalculation(parsing: String(characters)) else { continue }
            for part in [parsed.expression, parsed.source, parsed.filter].compactMap(\.self) {
                #expect(SQLWords.topLevel(of: part) != nil, "\(part)")
            }
        }
    }
}

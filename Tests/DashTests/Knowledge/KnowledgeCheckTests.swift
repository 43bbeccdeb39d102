import Testing

@testable import Dash

@Suite struct KnowledgeCheckTests {
    private func entry(_ content: KnowledgeContent) -> KnowledgeEntry {
        KnowledgeEntry(content: content, source: "f.json")
    }

    private func metric(
        _ name: String, table: String = "orders", expression: String? = "SUM(amount)", filter: String? = nil,
        time: String? = nil, kind: Metric.Kind? = nil, dimensions: [String] = [], synonyms: [String] = []
    ) -> KnowledgeContent {
        .metric(
            Metric(
                name: name, definition: "d", table: table, calculation: "prose", synonyms: synonyms,
                expression: expression, filter: filter, timeColumn: time, kind: kind, dimensions: dimensions))
    }

    private func table(
        _ name: String, columns: [TableKnowledge.Column] = [], relationships: [TableKnowledge.Relationship] = [],
        time: String? = nil, synonyms: [String] = []
    ) -> KnowledgeContent {
        .table(
            TableKnowledge(
                name: name, description: "", columns: columns, relationships: relationships, timeColumn: time,
                synonyms: synonyms))
    }

    private func query(_ sql: String) -> KnowledgeContent {
        .query(ValidatedQuery(name: "q", description: "", sql: sql))
    }

    @Test("What holds gives no problem")
    func sound() async throws {
        try await WarehouseFixture.with { fixture in
            let contents: [KnowledgeContent] = [
                table(
                    "orders",
                    columns: [.init(name: "ID", type: "SERIAL"), .init(name: "placed_at", type: "TIMESTAMP")],
                    relationships: [.init(column: "customer_id", references: "public.customers.id")], time: "placed_at",
                    synonyms: ["purchases"]),
                table("customers", columns: [.init(name: "name", type: "VARCHAR(20)")]),
                query("SELECT plan, count(*) FROM customers GROUP BY plan"),
                metric(
                    "Revenue", filter: "amount > 0", time: "placed_at", dimensions: ["customers.plan", "plan", "id"]),
                metric("Orders", expression: nil, kind: .count),
                metric("Mean", expression: "amount", kind: .average),
                metric(
                    "Share", expression: nil,
                    kind: .ratio(numerator: "COUNT(*) WHERE amount > 9", denominator: "COUNT(*)")),
                metric(
                    "Apart", expression: nil,
                    kind: .ratio(numerator: "COUNT(*) FROM orders", denominator: "COUNT(*) FROM customers")),
                metric("Now", expression: nil, kind: .snapshot(start: "placed_at", end: "placed_at")),
                .gotcha(Gotcha(issue: "i", tables: ["orders"], solution: "s")),
            ]
            let problems = try await KnowledgeCheck(warehouse: fixture.warehouse).problems(in: contents.map(entry))
            #expect(problems == [])
        }
    }

    @Test("Each kind of rot is named with file, entry and cause")
    func rot() async throws {
        let cases: [(KnowledgeContent, String)] = [
            (table("gone"), "no table or view \"gone\""),
            (table("orders", columns: [.init(name: "gone", type: "TEXT")]), "the table has no column \"gone\""),
            (table("orders", time: "gone"), "which is its time_column"),
            (table("orders", time: "amount"), "not a date or time"),
            (table("orders", relationships: [.init(column: "gone", references: "customers.id")]), "on column \"gone\""),
            (table("orders", relationships: [.init(column: "id", references: "gone.id")]), "no table or view \"gone\""),
            (table("orders", relationships: [.init(column: "id", references: "customers.gone")]), "customers.gone"),
            (query("SELECT gone FROM orders"), "column \"gone\" does not exist"),
            (query("SELECT 1 FROM gone"), "relation \"gone\" does not exist"),
            (query("SELECT FROM WHERE"), "syntax error"),
            (query("SELECT 1; SELECT 2"), ""),
            (query("SELECT 1 / (SELECT 0)"), "division by zero"),
            (metric("m", expression: "SUM(gone)"), "column \"gone\" does not exist"),
            (metric("m", filter: "amount = 'many'"), "invalid input syntax"),
            (metric("m", expression: "amount"), "several rows"),
            (metric("m", expression: "SUM(amount"), "cannot be computed"),
            (metric("m", table: "gone"), "no table or view \"gone\""),
            (metric("m", time: "gone"), "which is its time_column"),
            (metric("m", dimensions: ["gone"]), "its dimension \"gone\""),
            (metric("m", dimensions: ["customers.gone"]), "its dimension \"customers.gone\""),
            (metric("m", expression: nil, kind: .ratio(numerator: "SUM(gone)", denominator: "COUNT(*)")), "gone"),
            (metric("m", expression: nil, kind: .snapshot(start: "gone", end: "placed_at")), "gone"),
            (.gotcha(Gotcha(issue: "i", tables: ["gone"], solution: "s")), "no table or view \"gone\""),
        ]
        try await WarehouseFixture.with { fixture in
            let check = KnowledgeCheck(warehouse: fixture.warehouse)
            for (content, cause) in cases {
                let problems = try await check.problems(in: [entry(content)])
                let found = problems.contains {
                    $0.severity == .error && $0.file == "f.json" && $0.entry == content.label
                        && $0.cause.contains(cause)
                }
                #expect(found, "\(content.label) for \(cause): \(problems)")
            }
        }
    }

    @Test("A metric in prose is a notice; a described type that differs is a notice")
    func notices() async throws {
        try await WarehouseFixture.with { fixture in
            let contents = [
                metric("m", expression: nil), table("orders", columns: [.init(name: "amount", type: "TEXT")]),
            ]
            let problems = try await KnowledgeCheck(warehouse: fixture.warehouse).problems(in: contents.map(entry))
            #expect(problems.map(\.severity) == [.notice, .notice])
        }
    }

    @Test("Names that mean two things are found without a database")
    func ambiguities() {
        let orders = SchemaCatalog.Relation(
            schema: "public", name: "orders", kind: .table,
            columns: [
                .init(name: "a", type: "text", isNullable: true), .init(name: "b", type: "text", isNullable: true),
            ])
        func problems(_ contents: [KnowledgeContent]) -> [String] {
            KnowledgeLint(entries: contents.map(entry), catalog: SchemaCatalog(relations: [orders])).problems()
                .map(\.cause)
        }
        let metrics = problems([metric("Revenue"), metric("Net", synonyms: ["revenue!", "net"])])
        #expect(metrics.count == 1)
        #expect(metrics.first?.contains("means metric \"Revenue\" as well as metric \"Net\"") == true)
        let columns = problems([
            table(
                "orders",
                columns: [
                    .init(name: "a", type: "text", synonyms: ["sort"]),
                    .init(name: "b", type: "text", synonyms: ["Sort"]),
                ])
        ])
        #expect(columns.count == 1)
        #expect(problems([metric("a"), table("orders", synonyms: ["a"])]).isEmpty)
    }
}

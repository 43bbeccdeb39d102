import FoundationEssentials
import Planner
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

    @Test("A relationship that the rows say leads the other way is a notice")
    func turned() async throws {
        let script = """
            CREATE TABLE public.towns (town text);
            CREATE TABLE public.shops (id int PRIMARY KEY, town text);
            """
        try await WarehouseFixture.with(script: script) { fixture in
            let town = (TableID(name: "towns"), TableID(name: "shops"))
            let check = KnowledgeCheck(
                warehouse: fixture.warehouse,
                keys: [ColumnID(town.0, "town"): true, ColumnID(town.1, "town"): false])
            let wrong = table("towns", relationships: [.init(column: "town", references: "shops.town")])
            let problems = try await check.problems(in: [entry(wrong)])
            #expect(
                problems.map(\.severity) == [.notice] && problems[0].cause.contains("other way round"), "\(problems)")
            let right = table("shops", relationships: [.init(column: "town", references: "towns.town")])
            #expect(try await check.problems(in: [entry(right)]) == [])
        }
    }

    @Test("A table whose rows have several moments needs one that counts; a single one is taken")
    func moments() async throws {
        let script = """
            CREATE TABLE public.stays (id int, came_at timestamptz, went_at timestamptz);
            CREATE TABLE public.visits (id int, came_at timestamptz, created_at timestamptz, updated_at timestamptz);
            """
        try await WarehouseFixture.with(script: script) { fixture in
            let problems = try await KnowledgeCheck(warehouse: fixture.warehouse).problems(
                in: [table("stays"), table("visits")].map(entry))
            #expect(problems.map(\.entry) == ["table \"stays\""])
            #expect(
                problems.first?.cause.contains("no \"time_column\" (\"came_at\", \"went_at\")") == true, "\(problems)")
        }
    }

    private func open(_ sql: String, _ parameter: QueryParameter, question: String) -> KnowledgeEntry {
        entry(
            .query(
                ValidatedQuery(
                    name: "q", description: "d", sql: sql, questions: [question], parameters: [parameter])))
    }

    @Test("A query that leaves a value open is run with its example, and questions that do not find it are named")
    func parameters() async throws {
        let script = """
            CREATE TABLE public.boats (id int PRIMARY KEY, colour text, harbour text, hull_no int);
            INSERT INTO public.boats VALUES (1, 'red', 'Hull', 7), (2, 'blue', 'Hook', 8), (3, 'hull', 'Hook', 9);
            """
        try await WarehouseFixture.with(script: script) { fixture in
            var values = ValueIndex.Builder()
            let boats = TableID(name: "boats")
            values.add(["red", "blue", "hull"], of: ColumnID(boats, "colour"))
            values.add(["Hull", "Hook"], of: ColumnID(boats, "harbour"))
            let check = KnowledgeCheck(warehouse: fixture.warehouse, values: values.build())
            func problems(_ sql: String, _ parameter: QueryParameter, _ question: String) async throws -> [String] {
                try await check.problems(in: [open(sql, parameter, question: question)]).map(\.description)
            }
            let sql = "SELECT count(*) AS boats FROM boats WHERE harbour = {place}"
            let place = QueryParameter(name: "place", kind: .value, column: "boats.harbour", example: "Hook")
            #expect(try await problems(sql, place, "Boats that lie in {place}") == [])
            var doubtful = place
            doubtful.example = "Hull"
            #expect(
                try await problems(sql, doubtful, "Boats that lie in {place}").first?.contains("does not find") == true)
            #expect(try await problems(sql, doubtful, "Boats that lie in the harbour {place}") == [])
            var strange = place
            strange.example = "Delft"
            #expect(
                try await problems(sql, strange, "Boats that lie in {place}").first?.contains("is not among the texts")
                    == true)
            var gone = place
            gone.column = "boats.port"
            #expect(try await problems(sql, gone, "Boats in {place}").first?.contains("does not exist") == true)
            let broken = try await problems("SELECT 1 FROM boats WHERE gone = {place}", place, "Boats in {place}")
            #expect(broken.first?.contains("column \"gone\" does not exist") == true)
            let number = QueryParameter(name: "n", kind: .number, example: "many")
            let numbered = try await problems("SELECT 1 FROM boats WHERE id = {n}", number, "Boats with number {n}")
            #expect(numbered.first?.contains("is no number") == true)
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

    @Test("What is missing or cannot match is said without a database")
    func gaps() {
        let orders = SchemaCatalog.Relation(
            schema: "public", name: "orders", kind: .table,
            columns: [
                .init(name: "amount", type: "numeric", isNullable: true),
                .init(name: "state", type: "order_state", isNullable: true, labels: ["open", "paid"]),
                .init(name: "shop", type: "text", isNullable: true), .init(name: "at", type: "date", isNullable: true),
                .init(name: "sent", type: "date", isNullable: true),
            ])
        func causes(_ contents: [KnowledgeContent]) -> [String] {
            KnowledgeLint(entries: contents.map(entry), catalog: SchemaCatalog(relations: [orders])).problems()
                .filter { $0.severity == .notice }.map(\.cause)
        }
        let shop = TableKnowledge.Column(name: "Shop", type: "text", values: ["Rome"])
        #expect(causes([table("orders", time: "at"), metric("m", filter: "state = 'paid' AND shop = 'x'")]) == [])
        #expect(causes([metric("m")]).count == 1 && causes([metric("m", time: "at")]) == [])
        #expect(causes([metric("m", kind: .snapshot(start: "at", end: "at"))]) == [])
        let wrong = causes([
            table("orders", columns: [shop], time: "at"),
            metric("m", filter: "state IN ('paid', 'gone') AND shop = 'Pisa' AND shop <> 'Bonn'"),
        ])
        #expect(wrong.count == 2 && wrong[0].contains("state 'gone'") && wrong[1].contains("shop 'Pisa'"))
    }

    @Test("A query that gives other numbers than the definitions is named, one that agrees is not")
    func disagreement() async throws {
        try await WarehouseFixture.with { fixture in
            func query(_ name: String, _ sql: String) -> KnowledgeContent {
                .query(ValidatedQuery(name: name, description: "", sql: sql, questions: ["Revenue by plan"]))
            }
            let join = "FROM orders o JOIN customers c ON c.id = o.customer_id"
            let contents = [
                metric("Revenue", time: "placed_at", dimensions: ["customers.plan"]),
                query("right", "SELECT c.plan, sum(o.amount) AS revenue \(join) GROUP BY c.plan"),
                query("wrong", "SELECT c.plan, sum(o.amount) + 1 AS revenue \(join) GROUP BY c.plan"),
            ]
            let problems = try await KnowledgeCheck(warehouse: fixture.warehouse).problems(in: contents.map(entry))
            #expect(problems.map(\.entry) == ["query \"wrong\""], "\(problems)")
            #expect(problems.first?.severity == .notice)
        }
    }

    @Test("A correction that no longer does what it was taught is named")
    func replay() async throws {
        try await WarehouseFixture.with { fixture in
            let plan = Plan(recipe: .value, measures: [.metric("Revenue")])
            func learning(_ id: Int64, _ phrase: String, _ plan: Plan) -> Learning {
                var learning = Learning(
                    id: id, title: "t", text: "x", correction: nil, scope: .everyone, state: .active, author: "local:a",
                    createdAt: .now)
                learning.teaching = Teaching(
                    adjustment: .metricSynonym(phrase: phrase, metric: "Revenue"),
                    regression: .init(question: "What is our \(phrase)?", plan: plan))
                return learning
            }
            let known = KnowledgeCheck(warehouse: fixture.warehouse)
            let entries = [entry(metric("Revenue", time: "placed_at"))]
            let learnings = [
                learning(1, "takings", plan), learning(2, "loot", Plan(recipe: .value, measures: [.metric("Gone")])),
            ]
            let problems = try await known.problems(in: entries, replaying: learnings)
            #expect(problems.map(\.entry) == ["learning 2"], "\(problems)")
        }
    }
}

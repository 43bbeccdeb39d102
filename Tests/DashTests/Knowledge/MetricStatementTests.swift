import Testing

@testable import Dash

@Suite struct MetricStatementTests {
    private func metric(
        table: String = "orders", expression: String? = nil, filter: String? = nil, kind: Metric.Kind? = nil,
        calculation: String = ""
    ) -> Metric {
        Metric(
            name: "M", definition: "", table: table, calculation: calculation, expression: expression, filter: filter,
            kind: kind)
    }

    @Test("An expression with a filter")
    func plain() throws {
        let statement = try MetricStatement(for: metric(expression: "SUM(net)", filter: "state = 'paid' OR x"))
        #expect(statement.sql == "SELECT SUM(net) AS m\nFROM orders\nWHERE state = 'paid' OR x")
    }

    @Test(
        "A bare column is wrapped in what the kind says, an aggregate stays",
        arguments: [
            (Metric.Kind.sum, "net", "SUM(net)"), (.average, "net", "AVG(net)"), (.count, "id", "COUNT(id)"),
            (.countDistinct, "customer", "COUNT(DISTINCT customer)"), (.sum, "SUM(a) - SUM(b)", "SUM(a) - SUM(b)"),
            (.countDistinct, "COUNT(DISTINCT c)", "COUNT(DISTINCT c)"),
        ])
    func wraps(kind: Metric.Kind, expression: String, expected: String) throws {
        #expect(
            try MetricStatement(for: metric(expression: expression, kind: kind)).sql
                == "SELECT \(expected) AS m\nFROM orders")
    }

    @Test("A count needs no expression")
    func count() throws {
        #expect(
            try MetricStatement(for: metric(filter: "open", kind: .count)).sql
                == "SELECT COUNT(*) AS m\nFROM orders\nWHERE open")
    }

    @Test("A ratio divides safely; parts with tables of their own are counted apart")
    func ratio() throws {
        let simple = metric(filter: "x", kind: .ratio(numerator: "SUM(a)", denominator: "COUNT(*)"))
        #expect(
            try MetricStatement(for: simple).sql
                == "SELECT CAST(SUM(a) AS numeric) / NULLIF(COUNT(*), 0) AS m\nFROM orders\nWHERE x")
        let apart = metric(
            kind: .ratio(numerator: "COUNT(*) FROM late WHERE d > 3", denominator: "COUNT(*) FROM orders"))
        #expect(
            try MetricStatement(for: apart).sql
                == "SELECT CAST((SELECT COUNT(*) FROM late WHERE d > 3) AS numeric) / NULLIF((SELECT COUNT(*) FROM orders), 0) AS m"
        )
        let filtered = metric(
            filter: "a OR b", kind: .ratio(numerator: "COUNT(*) WHERE c OR d", denominator: "COUNT(*)"))
        #expect(
            try MetricStatement(for: filtered).sql
                == "SELECT CAST((SELECT COUNT(*) FROM orders WHERE (a OR b) AND (c OR d)) AS numeric) / NULLIF(COUNT(*), 0) AS m\nFROM orders\nWHERE a OR b"
        )
    }

    @Test("A snapshot is what is active now")
    func snapshot() throws {
        let statement = try MetricStatement(
            for: metric(expression: "SUM(mrr)", filter: "a OR b", kind: .snapshot(start: "begun", end: "end")))
        #expect(
            statement.sql == """
                SELECT SUM(mrr) AS m
                FROM orders
                WHERE (a OR b)
                    AND begun < now()
                    AND ("end" IS NULL OR "end" >= now())
                """)
    }

    @Test("With a catalog, names are written as the database has them")
    func catalog() throws {
        let catalog = SchemaCatalog(relations: [
            .init(
                schema: "Shop", name: "OrderLines", kind: .table,
                columns: [
                    .init(name: "Begun", type: "date", isNullable: false),
                    .init(name: "ended", type: "date", isNullable: true),
                ])
        ])
        let metric = metric(table: "orderlines", kind: .snapshot(start: "begun", end: "ENDED"))
        #expect(
            try MetricStatement(for: metric, in: catalog).sql == """
                SELECT COUNT(*) AS m
                FROM "Shop"."OrderLines"
                WHERE "Begun" < now()
                    AND (ended IS NULL OR ended >= now())
                """)
    }

    @Test("Joins come from the calculation")
    func joins() throws {
        let joined = metric(
            table: "a, b", expression: "SUM(x)", filter: "y", calculation: "SUM(x) FROM a JOIN b USING (id) WHERE y")
        #expect(try MetricStatement(for: joined).sql == "SELECT SUM(x) AS m\nFROM a JOIN b USING (id)\nWHERE y")
    }

    @Test(
        "What cannot be compiled says why",
        arguments: [
            (Metric(name: "M", definition: "", table: "t", calculation: "prose"), "no \"expression\""),
            (Metric(name: "M", definition: "", table: "a, b", calculation: "", expression: "SUM(x)"), "several tables"),
            (Metric(name: "M", definition: "", table: "t", calculation: "", expression: "SUM(x"), "do not balance"),
            (
                Metric(name: "M", definition: "", table: "t", calculation: "", expression: "SUM(x)", filter: "a; b"),
                "semicolon"
            ),
        ])
    func failures(metric: Metric, cause: String) throws {
        let failure = #expect(throws: MetricStatement.Failure.self) { try MetricStatement(for: metric) }
        #expect(failure?.cause.contains(cause) == true)
    }
}

import Testing

@testable import Dash

@Suite struct MetricCalculationTests {
    @Test(
        "A definition in SQL is taken apart",
        arguments: [
            ("SUM(mrr) FROM subscriptions WHERE status = 'active'", "SUM(mrr)", "subscriptions", "status = 'active'"),
            ("count(*) from t", "count(*)", "t", nil),
            ("SUM(EXTRACT(DAY FROM x)) FROM t WHERE y", "SUM(EXTRACT(DAY FROM x))", "t", "y"),
            (
                "SUM(a) / NULLIF(COUNT(b), 0)\nFROM t\nWHERE note <> ' WHERE ' AND \"from\" = 1",
                "SUM(a) / NULLIF(COUNT(b), 0)", "t", "note <> ' WHERE ' AND \"from\" = 1"
            ),
            ("AVG(x) FROM a JOIN b ON a.id = b.a_id WHERE b.ok", "AVG(x)", "a JOIN b ON a.id = b.a_id", "b.ok"),
            ("SUM(t.from) FROM t", "SUM(t.from)", "t", nil),
            (
                "MAX('it''s') FROM t WHERE (SELECT 1 FROM u WHERE v) = 1", "MAX('it''s')", "t",
                "(SELECT 1 FROM u WHERE v) = 1"
            ),
            ("AVG(score) WHERE score > 0", "AVG(score)", nil, "score > 0"),
        ] as [(String, String, String?, String?)])
    func parses(text: String, expression: String, source: String?, filter: String?) {
        #expect(
            MetricCalculation(parsing: text)
                == MetricCalculation(expression: expression, source: source, filter: filter))
    }

    @Test(
        "Prose and half sentences are not taken for SQL",
        arguments: [
            "", "FROM", "SUM(x)", "SUM(x) grouped by customers.source", "COUNT(cancelled) / COUNT(total) per month",
            "(starting_mrr + expansion) / starting_mrr * 100", "revenue from customers", "SUM(x FROM t",
            "SUM(x)) FROM t",
            "SUM(x) FROM t WHERE a = 'b", "SUM(x) FROM t WHERE", "SUM(x) FROM  WHERE y",
            "SUM(x) FROM t WHERE a GROUP BY b",
            "SUM(x) FROM t; DROP TABLE t", "SUM(x) FROM t -- all", "SUM(x) FROM t /* all */", "SELECT SUM(x) FROM t",
            "SUM(x) FROM t WHERE a grouped by plan", "Weighted average of normalized usage metrics per customer",
            "SUM(invoices.amount WHERE status='paid') grouped by customer", "summary FROM t", "SUM(x) FROM t FROM u",
        ])
    func refuses(text: String) {
        #expect(MetricCalculation(parsing: text) == nil)
    }

    @Test(
        "Names are quoted only where PostgreSQL needs it",
        arguments: [
            ("plan", "plan"), ("monthly_mrr", "monthly_mrr"), ("order", "\"order\""), ("Order", "\"Order\""),
            ("sbDailyPrice", "\"sbDailyPrice\""), ("odd name", "\"odd name\""), ("a\"b", "\"a\"\"b\""),
            ("1st", "\"1st\""),
        ])
    func quoting(name: String, sql: String) {
        #expect(SQLIdentifier.sql(name) == sql)
    }

    @Test(
        "A name is taken apart at its dots, quotes respected",
        arguments: [
            ("a", ["a"]), ("a.b", ["a", "b"]), ("\"a.b\".c", ["a.b", "c"]), ("\"a\"\"b\"", ["a\"b"]), ("", []),
            ("a.", []),
            ("a b", []), ("\"a", []), ("a, b", []), ("1a", []), ("a()", []),
        ])
    func parts(text: String, parts: [String]) {
        #expect(SQLIdentifier.parts(of: text) == parts)
    }
}

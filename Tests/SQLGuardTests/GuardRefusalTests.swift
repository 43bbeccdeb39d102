import SQLGuard
import SQLGuardTestSupport
import Testing

@Suite struct GuardRefusalTests {
    @Test(
        "A refusal names the rule, the thing and its place",
        arguments: [
            ("SELECT pg_sleep(1)", GuardRefusal.Rule.function, "function pg_sleep", 8),
            ("SELECT 'ä', pg_sleep(1)", .function, "function pg_sleep", 13),
            ("SELECT * FROM ai.turns", .relation, "table ai.turns", 15),
            ("SELECT 'x'::regclass", .type, "type regclass", 13),
            ("SELECT nosuch(1)", .function, "function nosuch", 8),
            ("SELECT 1 OPERATOR(public.+) 2", .operator, "operator or collation public.+", 10),
            ("SELECT c.forget FROM customers c", .fieldCall, "field forget", 8),
            ("SELECT $1", .parameters, "a parameter such as $1", 8),
            ("SELEC 1", .syntax, "this text", 1),
        ] as [(String, GuardRefusal.Rule, String, Int)])
    func place(_ sql: String, _ rule: GuardRefusal.Rule, _ refused: String, _ position: Int) async throws {
        let refusal = try #require(await GuardCorpus.refusal(sql))
        #expect(refusal.rule == rule)
        #expect(refusal.refused.replacing("\"", with: "") == refused)
        #expect(refusal.position == position)
        #expect(refusal.description.contains(refusal.reason) && refusal.description.contains(refusal.advice))
    }

    @Test(
        "A refusal never shows what stands in a literal",
        arguments: [
            "SELECT pg_sleep('topsecret')", "SELECT 'topsecret' 'x'", "SELECT 1 FROM 'topsecret'", "SELECT 'topsecret",
            "SELECT E'topsecret\\", "SELECT $topsecret$ x", "SELECT U&'topsecret\\D800'", "SELECT 1topsecret",
            "DELETE FROM customers WHERE company_name = 'topsecret'", "SET x = 'topsecret'",
            "SELECT 'topsecret'::regclass",
            "SELECT /* topsecret", "SELECT 1 FROM customers LIMIT 'topsecret' 'topsecret'",
            "ALTER ROLE x PASSWORD 'topsecret'", "NOTIFY a, 'topsecret'", "SELECT X'topsecret' FROM",
            "SELECT (('topsecret'",
        ])
    func literals(_ sql: String) async throws {
        for role in [SQLRole.analyst, .engineer] {
            let refusal = try #require(await GuardCorpus.refusal(sql, as: role))
            #expect(!"\(refusal)".contains("topsecret"), "\(refusal)")
        }
    }

    @Test("A refusal stays short and on one line, whatever the names are")
    func names() async throws {
        let name = String(repeating: "x", count: 5_000) + "\n\u{202e}\u{7}"
        let refusal = try #require(await GuardCorpus.refusal("SELECT \"a\n\u{202e}\u{7}b\"(1), \"\(name)\"(2)"))
        #expect(refusal.description.utf8.count < 400)
        #expect(refusal.refused == "function \"a???b\"")
    }

    @Test("Each role is told what it may send")
    func advice() async throws {
        let analyst = try #require(await GuardCorpus.refusal("DROP TABLE dash.monthly"))
        #expect(analyst.advice.contains("SELECT"))
        let engineer = try #require(await GuardCorpus.refusal("GRANT ALL ON dash.monthly TO PUBLIC", as: .engineer))
        #expect(engineer.advice.contains("CREATE TABLE"))
        let target = try #require(await GuardCorpus.refusal("DROP TABLE monthly", as: .engineer))
        #expect(target.rule == .target && target.advice.contains("dash.monthly"))
    }

    @Test(
        "Who writes in another dialect is told how PostgreSQL writes it",
        arguments: [
            ("SELECT DATEDIFF(day, signup_date, now()) FROM customers", "later - earlier"),
            ("SELECT IFNULL(industry, 'x') FROM customers", "coalesce"), ("SELECT NVL(country, '')", "coalesce"),
            ("SELECT date_format(signup_date, '%Y') FROM customers", "to_char"), ("SELECT GETDATE()", "now()"),
            ("SELECT ISNULL(country, '') FROM customers", "coalesce"), ("SELECT LEN('a')", "length"),
            ("SELECT STRFTIME('%Y', signup_date) FROM customers", "to_char"), ("SELECT YEAR(now())", "extract(year"),
            ("SELECT GROUP_CONCAT(plan) FROM subscriptions", "string_agg"), ("SELECT IF(true, 1, 2)", "CASE WHEN"),
            ("SELECT TOP 5 * FROM customers", "LIMIT"), ("SELECT DATE_SUB(now(), INTERVAL 1 DAY)", "interval '1 day'"),
            ("SELECT `id` FROM customers", "double quotes"), ("SHOW TABLES", "introspect_schema"),
            ("DESCRIBE customers", "introspect_schema"),
        ])
    func dialects(_ sql: String, _ advice: String) async throws {
        let refusal = try #require(await GuardCorpus.refusal(sql))
        #expect(refusal.advice.contains(advice), "\(refusal)")
    }
}

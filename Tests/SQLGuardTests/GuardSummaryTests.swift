import SQLGuard
import SQLGuardTestSupport
import Testing

@Suite struct GuardSummaryTests {
    @Test(
        "Tables are found wherever they are, common table expressions only where they are in scope",
        arguments: [
            ("SELECT * FROM a JOIN public.b ON (SELECT true FROM c)", ["a", "public.b", "c"]),
            ("WITH x AS (SELECT * FROM a) SELECT * FROM x, y", ["a", "y"]),
            ("WITH x AS (SELECT * FROM x) SELECT * FROM x", ["x"]),
            ("WITH RECURSIVE x AS (SELECT 1 UNION SELECT * FROM x) SELECT * FROM x", []),
            ("WITH x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM x, y", ["y"]),
            ("WITH RECURSIVE x AS (SELECT * FROM y), y AS (SELECT 1) SELECT * FROM x, y", []),
            ("SELECT * FROM (WITH x AS (SELECT 1) SELECT * FROM x) q, x", ["x"]),
            ("(WITH x AS (SELECT 1) SELECT * FROM x) UNION SELECT * FROM x", ["x"]),
            ("WITH x AS (SELECT 1) SELECT * FROM a UNION SELECT * FROM x ORDER BY (SELECT 1 FROM x)", ["a"]),
            ("WITH x AS (SELECT 1) SELECT * FROM public.x", ["public.x"]),
            ("WITH x AS (WITH y AS (SELECT 1) SELECT * FROM y) SELECT * FROM x, y", ["y"]),
            ("WITH x AS (SELECT 1) SELECT (WITH x AS (SELECT 2) SELECT 1 FROM x), 1 FROM x", []),
            ("SELECT * FROM a WHERE id IN (TABLE b)", ["a", "b"]),
        ] as [(String, [String])])
    func relations(_ sql: String, _ expected: [String]) async throws {
        let summary = try await GuardCorpus.analyst.check(sql)
        let names = summary.relations.map { ($0.schema.map { $0 + "." } ?? "") + $0.name }
        #expect(Set(names) == Set(expected))
        #expect(summary.relations.allSatisfy { $0.access == .reads } && !summary.changes)
    }

    @Test("A common table expression is never the target of a change")
    func targets() async throws {
        let sql = "WITH monthly AS (SELECT 1) INSERT INTO dash.monthly SELECT now(), 1 FROM monthly, a"
        let summary = try await GuardCorpus.engineer.check(sql)
        #expect(summary.kind == .insert && summary.changes)
        let relations = summary.relations.map { "\($0.access) \($0.schema ?? "").\($0.name)" }
        #expect(Set(relations) == ["writes dash.monthly", "reads .a"])
        #expect(summary.functions == ["now"])
    }

    @Test(
        "The kind of a statement is known, and whether an object goes with it",
        arguments: [
            ("SELECT 1", StatementSummary.Kind.select, false), ("EXPLAIN SELECT 1", .explain, false),
            ("CREATE OR REPLACE VIEW dash.v AS SELECT 1", .createView, false),
            ("CREATE TABLE dash.t (a int)", .createTable, false),
            ("CREATE TABLE dash.t AS SELECT 1", .createTableAs, false),
            ("CREATE MATERIALIZED VIEW dash.m AS SELECT 1", .createMaterializedView, false),
            ("CREATE INDEX i ON dash.t (a)", .createIndex, false), ("ALTER VIEW dash.v RENAME TO w", .rename, true),
            ("ALTER TABLE dash.t DROP COLUMN a", .alter, false), ("DROP TABLE dash.a, dash.b CASCADE", .drop, true),
        ] as [(String, StatementSummary.Kind, Bool)])
    func kinds(_ sql: String, _ kind: StatementSummary.Kind, _ drops: Bool) async throws {
        let summary = try await GuardCorpus.engineer.check(sql)
        #expect(summary.kind == kind && summary.drops == drops)
        #expect(summary.changes == ![.select, .explain].contains(kind))
    }

    @Test("A change inside WITH is a change of the whole statement")
    func changes() async throws {
        let sql = "WITH d AS (DELETE FROM dash.monthly RETURNING *) SELECT count(*) FROM d"
        let summary = try await GuardCorpus.engineer.check(sql)
        #expect(summary.kind == .select && summary.changes)
    }
}

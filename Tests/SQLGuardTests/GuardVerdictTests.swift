import SQLGuard
import SQLGuardTestSupport
import Testing

@Suite struct GuardVerdictTests {
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
        let verdict = try await GuardCorpus.analyst.check(sql)
        let names = verdict.relations.map { ($0.schema.map { $0 + "." } ?? "") + $0.name }
        #expect(Set(names) == Set(expected))
        #expect(verdict.relations.allSatisfy { $0.access == .reads } && !verdict.changes)
    }

    @Test("A common table expression is never the target of a change")
    func targets() async throws {
        let sql = "WITH monthly AS (SELECT 1) INSERT INTO dash.monthly SELECT now(), 1 FROM monthly, a"
        let verdict = try await GuardCorpus.engineer.check(sql)
        #expect(verdict.kind == .insert && verdict.changes)
        let relations = verdict.relations.map { "\($0.access) \($0.schema ?? "").\($0.name)" }
        #expect(Set(relations) == ["writes dash.monthly", "reads .a"])
        #expect(verdict.functions == ["now"])
    }

    @Test(
        "Objects that come and go are named",
        arguments: [
            ("CREATE VIEW dash.v AS SELECT 1", Verdict.Kind.createView, ["view v"], [], false),
            ("CREATE OR REPLACE VIEW dash.v AS SELECT 1", .createView, ["view v"], [], true),
            ("CREATE TABLE dash.t (a int)", .createTable, ["table t"], [], false),
            ("CREATE TABLE dash.t AS SELECT 1", .createTableAs, ["table t"], [], false),
            ("CREATE MATERIALIZED VIEW dash.m AS SELECT 1", .createMaterializedView, ["materializedView m"], [], false),
            ("CREATE INDEX i ON dash.t (a)", .createIndex, ["index i"], [], false),
            ("ALTER VIEW dash.v RENAME TO w", .rename, ["view w"], ["view v"], false),
            ("DROP TABLE dash.a, dash.b", .drop, [], ["table a", "table b"], false),
        ] as [(String, Verdict.Kind, [String], [String], Bool)])
    func objects(
        _ sql: String, _ kind: Verdict.Kind, _ created: [String], _ dropped: [String], _ replaces: Bool
    ) async throws {
        let verdict = try await GuardCorpus.engineer.check(sql)
        #expect(verdict.kind == kind && verdict.changes && verdict.replaces == replaces)
        #expect(verdict.created.map { "\($0.kind) \($0.name)" } == created)
        #expect(verdict.dropped.map { "\($0.kind) \($0.name)" } == dropped)
    }

    @Test(
        "What takes others along says so",
        arguments: [
            ("DROP VIEW dash.v CASCADE", true), ("DROP VIEW dash.v", false), ("TRUNCATE dash.t CASCADE", true),
            ("ALTER TABLE dash.t DROP COLUMN a CASCADE", true), ("ALTER TABLE dash.t DROP COLUMN a", false),
        ])
    func cascades(_ sql: String, _ cascades: Bool) async throws {
        #expect(try await GuardCorpus.engineer.check(sql).cascades == cascades)
    }

    @Test("A change inside WITH is a change of the whole statement")
    func changes() async throws {
        let sql = "WITH d AS (DELETE FROM dash.monthly RETURNING *) SELECT count(*) FROM d"
        let verdict = try await GuardCorpus.engineer.check(sql)
        #expect(verdict.kind == .select && verdict.changes)
    }

    @Test("Literals do not change the fingerprint, columns do")
    func fingerprints() async throws {
        let guarded = GuardCorpus.analyst
        let first = try await guarded.check("SELECT a FROM t WHERE b = 1 AND c IN ('x', 'y')").fingerprint
        #expect(try await guarded.check("select a from t where b = 22 and c in ('z')").fingerprint == first)
        #expect(try await guarded.check("SELECT a FROM t WHERE d = 1 AND c IN ('x', 'y')").fingerprint != first)
    }
}

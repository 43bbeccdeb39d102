import SQLGuard
import SQLGuardTestSupport
import Testing

/// What `owner.name` and `(value).name` call where there is no such column.
@Suite struct GuardFieldTests {
    /// Everything that `(value).name` would cast to and that is no type of everyday values.
    private static let refusedTypes = GuardCorpus.builtInTypes.map(\.name).filter {
        $0.contains("reg") || ["oid", "xml", "cstring", "void", "aclitem", "xid", "record", "unknown"].contains($0)
    }

    @Test("A value is cast to no type that looks names up, whatever its name is written like")
    func casts() async {
        #expect(Self.refusedTypes.count > 25)
        for type in Self.refusedTypes {
            let escaped = "U&\"" + type.unicodeScalars.map { "\\+0000" + String($0.value, radix: 16) }.joined() + "\""
            for sql in [
                "SELECT ('1'::text).\(type)", "SELECT (1).\"\(type)\"",
                "SELECT (g).\(escaped)::text FROM generate_series(1, 9) g",
                "SELECT g.\(type) FROM generate_series(1, 9) AS g", "SELECT (ARRAY['1'])[1].\(type)",
                "SELECT lower.\(type) FROM lower('1')", "SELECT ((x).a).\(type) FROM customers x",
                "SELECT int4.\(type) FROM CAST('1' AS int) JOIN (SELECT 1) AS int4 ON true",
                "SELECT g.\(type) FROM ROWS FROM (lower('1')) AS g",
                "SELECT g.\(type) FROM customers g WHERE EXISTS (SELECT FROM lower('1') g)",
            ] {
                #expect(await GuardCorpus.refusal(sql)?.rule == .fieldCall, "\(sql)")
                #expect(await GuardCorpus.refusal("CREATE TABLE dash.leak AS " + sql, as: .engineer) != nil, "\(sql)")
            }
        }
    }

    @Test(
        "Columns of tables and subqueries are columns, whatever they are called",
        arguments: [
            "SELECT o.date, o.text, o.time, o.name, o.money, o.box, o.path, o.point FROM orders o",
            "SELECT o.oid, o.xml, o.record, o.unknown, o.trigger, o.internal, o.cid FROM orders AS o",
            "SELECT u.current_setting, u.txid, u.pg_sleep FROM (SELECT 1 AS current_setting) u",
            "WITH u AS (SELECT 1 AS regrole) SELECT u.regrole FROM u", "SELECT orders.void FROM public.orders",
            "SELECT public.orders.regclass FROM public.orders, lower('') AS orders",
            "SELECT v.xml FROM (VALUES (1)) AS v (xml)", "SELECT j.xml FROM (a CROSS JOIN b) AS j",
            "SELECT j.xml FROM a JOIN b USING (xml) AS j", "SELECT (o.address).city, (o.address).text FROM orders o",
            "SELECT g.date FROM generate_series(1, 2) g", "SELECT ('1'::text).int4",
        ])
    func columns(_ sql: String) async {
        let refusal = await GuardCorpus.refusal(sql)
        #expect(refusal == nil, "\(refusal?.description ?? "")")
    }

    @Test("The engineer's own tables have columns of any name too")
    func targets() async {
        for sql in [
            "UPDATE dash.monthly SET note = monthly.xml RETURNING monthly.oid",
            "INSERT INTO dash.monthly AS m VALUES (1) ON CONFLICT (month) DO UPDATE SET note = excluded.xml || m.xml",
            "DELETE FROM dash.monthly AS m WHERE m.xml IS NULL",
        ] {
            let refusal = await GuardCorpus.refusal(sql, as: .engineer)
            #expect(refusal == nil, "\(refusal?.description ?? "")")
        }
    }

    @Test(
        "The type of a value is shown as text only",
        arguments: [
            ("SELECT pg_typeof(id)::text FROM customers", true), ("SELECT CAST(pg_typeof(1) AS text)", true),
            ("SELECT pg_typeof(1)", false), ("SELECT coalesce(pg_typeof(1), 16384)", false),
            ("SELECT CASE WHEN g < 0 THEN pg_typeof(1) ELSE g END::text FROM generate_series(1, 9) g", false),
            ("SELECT pg_typeof(pg_typeof(1))::text", false), ("SELECT array_agg(pg_typeof(1))::text", false),
            ("SELECT pg_typeof(1)::text[]", false), ("SELECT (SELECT pg_typeof(1))::text", false),
            ("SELECT pg_typeof(1)::text, pg_catalog.pg_typeof(2)", false),
        ])
    func typeOf(_ sql: String, _ isAllowed: Bool) async {
        #expect((await GuardCorpus.refusal(sql) == nil) == isAllowed)
    }
}

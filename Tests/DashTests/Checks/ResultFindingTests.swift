import Planner
import SQLGuard
import Testing

@testable import Dash

/// What can be told from a result and its statement alone.
@Suite struct ResultFindingTests {
    private static func table(
        _ sql: String, _ columns: [(String, ColumnType)], _ rows: [[String?]], id: String = "result_1"
    ) -> ResultTable {
        ResultTable(
            id: id, sql: sql, columns: columns.map { .init(name: $0.0, type: $0.1) }, rows: rows, isTruncated: false,
            milliseconds: 1)
    }

    @Test(
        "Values are near by case, white space, beginning, part and few letters; few others are shown as they are",
        arguments: [
            ("Next Day", ["next-day", "economy"], ["next-day"], true), ("EXPRESS ", ["express"], ["express"], true),
            ("econ", ["economy", "express"], ["economy"], true), ("ecnomy", ["economy", "express"], ["economy"], true),
            ("plus", ["Gold Plus", "Gold"], ["Gold Plus"], true), ("zzz", ["b", "a"], ["a", "b"], false),
            ("zzz", ["a", "b", "c", "d", "e", "f"], [], false), ("4711", ["4712"], ["4712"], false),
            ("ab", ["abcdefgh"], ["abcdefgh"], false),
            ("item", (1...9).map { "item \($0)" }, (1...5).map { "item \($0)" }, true), ("", ["a"], ["a"], false),
        ] as [(String, [String], [String], Bool)])
    func nearest(_ wanted: String, _ values: [String], _ expected: [String], _ areNear: Bool) {
        let nearest = NearestValues(to: wanted, among: values)
        #expect(nearest.values == expected)
        #expect(nearest.areNear == areNear)
    }

    @Test("Columns without any value are named")
    func nulls() {
        let one = Self.table("", [("total", .decimal), ("n", .integer)], [[nil, "0"]])
        #expect(
            NullColumns.findings(of: one).map(\.text) == ["“total” is empty: there was nothing to compute it from."])
        let many = Self.table("", [("a", .text), ("b", .text), ("c", .text)], [["x", nil, nil], ["y", nil, nil]])
        #expect(NullColumns.findings(of: many).map(\.text) == ["“b” and “c” are empty in all 2 rows."])
        #expect(NullColumns.findings(of: Self.table("", [("a", .text)], [])).isEmpty)
        #expect(NullColumns.findings(of: Self.table("", [("a", .text)], [[nil], ["x"]])).isEmpty)
    }

    @Test(
        "Rows of the same value behind the last one are told",
        arguments: [
            (5, [["a", "7"], ["b", "7"], ["c", "6"]], "1 more has the same “n” as the last one that is shown"),
            (1, [["a", "7"], ["b", "7"], ["c", "7"]], "2 more have the same “n” as the one that is shown"),
            (5, Array(repeating: ["a", "7"], count: 21), "At least 20 more have the same “n” as the last one"),
            (5, [["a", "7"], ["b", "6"]], nil), (5, [["a", "7"]], nil), (5, [["a", nil], ["b", nil]], nil),
        ] as [(Int, [[String?]], String?)])
    func cut(_ shown: Int, _ rows: [[String?]], _ expected: String?) {
        let cut = CompiledPlan.Cut(sql: "", column: 1, name: "n", rows: shown)
        let texts = CutCheck.findings(cut, rows: rows).map(\.text)
        #expect(texts.count == (expected == nil ? 0 : 1))
        #expect(texts.allSatisfy { $0.hasPrefix(expected ?? "") })
    }

    @Test(
        "Rows that repeat are told, and by what they differ where it is not shown",
        arguments: [
            (
                "SELECT name, sum(x) AS total FROM t GROUP BY id, name", [["A", "1"], ["A", "2"], ["B", "3"]],
                "2 rows share their “a” with another one: they are grouped by “id”, which is not shown, as well."
            ),
            ("SELECT name, sum(x) FROM t GROUP BY id, name", [["A", "1"], ["B", "2"]], nil),
            (
                "SELECT t.name, u.x FROM t JOIN u ON u.i = t.i", [["A", "1"], ["A", "1"], ["B", "1"]],
                "1 of the 3 rows repeat another one exactly, probably because of a join."
            ),
            ("SELECT DISTINCT t.name, u.x FROM t JOIN u ON u.i = t.i", [["A", "1"], ["A", "1"]], nil),
            ("SELECT name, x FROM t", [["A", "1"], ["A", "1"]], nil),
            ("SELECT name, x FROM t UNION ALL SELECT name, x FROM u", [["A", "1"], ["A", "1"]], nil),
        ] as [(String, [[String?]], String?)])
    func repeats(_ sql: String, _ rows: [[String?]], _ expected: String?) async throws {
        let outline = try #require(await SQLGuard.outline(of: sql))
        let table = Self.table(sql, [("a", .text), ("b", .integer)], rows)
        let resolver = ColumnResolver(outline: outline, catalog: SchemaCatalog(relations: []))
        #expect(RepeatedRows.findings(of: table, resolver).map(\.text) == (expected.map { [$0] } ?? []))
    }

    @Test(
        "A breakdown and a total of one measure must agree, but for rounding",
        arguments: [
            ("SELECT region, sum(x) FROM t GROUP BY 1", "SELECT sum(x) FROM t", ["10.00", "20.00"], "30.00", false),
            ("SELECT region, sum(x) FROM t GROUP BY 1", "SELECT sum(x) FROM t", ["10.00", "20.00"], "31.00", true),
            ("SELECT region, sum(x) FROM t GROUP BY 1", "SELECT sum(x) FROM t", ["10.00", "20.00"], "30.01", false),
            ("SELECT r.n, sum(t.x) FROM t JOIN r USING (i) GROUP BY 1", "SELECT sum(x) FROM t", ["1", "2"], "9", true),
            (
                "SELECT r.n, count(*) FROM t JOIN r USING (i) GROUP BY 1", "SELECT count(*) FROM t", ["1", "2"], "9",
                false
            ),
            ("SELECT n, avg(x) FROM t GROUP BY 1", "SELECT avg(x) FROM t", ["1", "2"], "9", false),
            ("SELECT n, sum(y) FROM t GROUP BY 1", "SELECT sum(x) FROM t", ["1", "2"], "9", false),
            ("SELECT n, sum(x) FROM t GROUP BY 1 LIMIT 2", "SELECT sum(x) FROM t", ["1", "2"], "9", false),
            ("SELECT n, sum(x) FROM t WHERE y = 'a' GROUP BY 1", "SELECT sum(x) FROM t", ["1", "2"], "9", false),
            (
                "SELECT n, round(sum(q.x), 1) FROM t q WHERE q.y = 'a' GROUP BY 1",
                "SELECT sum(x) FROM t WHERE y = 'a'", ["1", "2"], "9", true
            ),
            (
                "SELECT n, count(DISTINCT x) FROM t GROUP BY 1", "SELECT count(DISTINCT x) FROM t", ["1", "2"], "9",
                false
            ),
            ("SELECT n, sum(x) FROM t GROUP BY 1 HAVING sum(x) > 1", "SELECT sum(x) FROM t", ["1", "2"], "9", false),
            (
                "WITH a AS (SELECT * FROM t WHERE y = 'a') SELECT n, sum(x) FROM a GROUP BY 1",
                "SELECT sum(x) FROM t WHERE y = 'a'", ["1", "2"], "9", true
            ),
            (
                "WITH a AS (SELECT n, x FROM t), b AS (SELECT * FROM a) SELECT n, sum(x) FROM b GROUP BY 1",
                "SELECT sum(q.x) FROM (SELECT x FROM t) AS q", ["1", "2"], "9", true
            ),
            (
                "WITH a AS (SELECT n, 2 * x AS x FROM t) SELECT n, sum(x) FROM a GROUP BY 1", "SELECT sum(x) FROM t",
                ["1", "2"], "9", false
            ),
            (
                "WITH a AS (SELECT n, x FROM t LIMIT 5) SELECT n, sum(x) FROM a GROUP BY 1", "SELECT sum(x) FROM t",
                ["1", "2"], "9", false
            ),
            (
                "SELECT n, sum(x) FROM t WHERE i IN (SELECT i FROM u) GROUP BY 1", "SELECT sum(x) FROM t",
                ["1", "2"], "9", false
            ),
        ] as [(String, String, [String], String, Bool)])
    func parts(_ breakdown: String, _ total: String, _ parts: [String], _ whole: String, _ differ: Bool) async throws {
        let first = Self.table(
            breakdown, [("n", .text), ("x", .decimal)], parts.enumerated().map { ["p\($0)", $1] })
        let second = Self.table(total, [("x", .decimal)], [[whole]], id: "result_2")
        let outlines = (await SQLGuard.outline(of: breakdown), await SQLGuard.outline(of: total))
        let one = PartsAndTotal(first, try #require(outlines.0))
        let other = PartsAndTotal(second, try #require(outlines.1))
        let found = one.flatMap { one in other.map { PartsAndTotal.findings(one, $0) } } ?? []
        #expect(found.count == (differ ? 1 : 0), "\(found)")
        if let one, let other { #expect(PartsAndTotal.findings(other, one) == found) }
        #expect(found.allSatisfy { $0.isDoubt })
    }

    @Test(
        "What may make numbers wrong is a doubt; that there is nothing, or more, is none",
        arguments: [
            (ResultFinding.Kind.parts, true), (.fanOut, true), (.repeated, true), (.allNull, true), (.stale, false),
            (.emptied, false), (.cut, false),
        ])
    func doubts(kind: ResultFinding.Kind, isDoubt: Bool) {
        #expect(ResultFinding(kind: kind, text: "").isDoubt == isDoubt)
    }

    @Test(
        "A source is stale by its own rhythm",
        arguments: [
            ([0, 1, 2, 3, 4, 5], false), ([3, 4, 5, 6, 7], false), ([4, 5, 6, 7, 8], true),
            ([9, 12, 13, 14, 15, 16, 19, 20, 21], true), ([5, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 22], false),
            ([15, 22, 29, 36, 43], false), ([16, 23, 30, 37, 44], true), ([400, 430, 460, 491], nil), ([], nil),
        ] as [([Int], Bool?)])
    func rhythm(_ ages: [Int], _ isStale: Bool?) {
        #expect(SourceRhythm(ages.map { ("d\($0)", $0) })?.isStale == isStale)
    }
}

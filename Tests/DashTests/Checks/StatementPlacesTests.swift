import SQLGuard
import Testing

@testable import Dash

@Suite struct StatementPlacesTests {
    @Test(
        "The text of every condition is found, or none where text and parse tree do not agree",
        arguments: [
            ("SELECT 1 FROM t WHERE a = 'x' AND b BETWEEN 1 AND 2 AND c", [["a = 'x'", "b BETWEEN 1 AND 2", "c"]]),
            ("SELECT 1 FROM t WHERE (a = 'x' OR b = 'AND') AND c > 1;", [["(a = 'x' OR b = 'AND')", "c > 1"]]),
            ("SELECT 1 FROM t WHERE a = 'x' AND b = 1 OR c", [["a = 'x' AND b = 1 OR c"]]),
            (
                "SELECT 1 FROM t WHERE CASE WHEN a AND b THEN c ELSE d END AND e /* AND */ = 'é' -- AND f",
                [["CASE WHEN a AND b THEN c ELSE d END", "e /* AND */ = 'é'"]]
            ),
            (
                "SELECT 'é', sum(a) FROM t JOIN u ON u.i = t.i AND left(u.n, 1) = 'x' LEFT JOIN v ON true WHERE b GROUP BY 1 HAVING sum(a) > 3 ORDER BY 1",
                [["u.i = t.i", "left(u.n, 1) = 'x'"], ["true"], ["b"], ["sum(a) > 3"]]
            ),
            (
                "WITH w AS (SELECT * FROM t WHERE a = 'x') SELECT * FROM w WHERE b IN (SELECT 1 FROM u WHERE c = 2)",
                [["a = 'x'"], ["b IN (SELECT 1 FROM u WHERE c = 2)"], ["c = 2"]]
            ),
            ("SELECT 1 FROM t WHERE a AND (b AND c)", [["a", "(b AND c)"]]),
            ("SELECT 1 FROM t WHERE (a AND b) AND c", []),
        ] as [(String, [[String]])])
    func conditions(_ sql: String, _ expected: [[String]]) async throws {
        let outline = try #require(await SQLGuard.outline(of: sql))
        let places = StatementPlaces(sql)
        var found: [[String]] = []
        for block in outline.blocks {
            for clause in Set(block.conditions.map(\.clause)).sorted() {
                let starts = block.conditions.filter { $0.clause == clause }.map(\.start)
                guard let ranges = places.conditions(from: starts) else { continue }
                found.append(ranges.map { String(sql[$0]) })
            }
        }
        #expect(found.map { $0.joined() }.sorted() == expected.map { $0.joined() }.sorted())
    }

    @Test(
        "FROM and WHERE of the outermost SELECT are found, with what stands before it",
        arguments: [
            ("SELECT sum(a) FROM t JOIN u ON u.i = t.i WHERE b GROUP BY c", "", "FROM t JOIN u ON u.i = t.i WHERE b"),
            (
                "WITH w AS (SELECT 1 FROM v) SELECT sum(a) FROM (w JOIN u ON true);", "WITH w AS (SELECT 1 FROM v) ",
                "FROM (w JOIN u ON true)"
            ),
        ])
    func source(_ sql: String, _ common: String, _ from: String) async throws {
        let start = try #require(await SQLGuard.outline(of: sql)?.outermost?.fromStart)
        let source = try #require(StatementPlaces(sql).source(from: start))
        #expect(String(source.common) == common)
        #expect(String(source.from) == from)
    }
}

import SQLGuard
import Testing

@Suite struct SelectOutlineTests {
    private static func outline(_ sql: String) async throws -> SelectOutline {
        try #require(await SQLGuard.outline(of: sql))
    }

    private static func text(_ name: SelectOutline.ColumnName?) -> String {
        guard let name else { return "-" }
        return (name.qualifier.map { $0 + "." } ?? "") + name.name
    }

    private static func text(_ condition: SelectOutline.Condition) -> String {
        switch condition.comparison {
        case .equal(let texts): "\(text(condition.column)) = \(texts.joined(separator: "|"))"
        case .like(let pattern): "\(text(condition.column)) like \(pattern)"
        case .range(let lower, let upper, let end):
            "\(text(condition.column)) \(lower ? "from" : "")\(upper ? "to" : "") \(end ?? "")"
        case .columns(let one, let other): "\(text(one)) joins \(text(other))"
        case .other: "\(text(condition.column)) other"
        }
    }

    @Test(
        "Conditions are read with their column, whichever side it is on and whatever keeps it what it is",
        arguments: [
            ("a = 'x'", ["a = x"]), ("'x' = t.a", ["t.a = x"]), ("a IN ('x', 'y')", ["a = x|y"]),
            ("a = ANY (ARRAY['x', 'y'])", ["a = x|y"]), ("lower(trim(t.a)) = 'x'", ["t.a = x"]),
            ("a::text = 'x'::varchar", ["a = x"]), ("a = 5", ["a = "]), ("a NOT IN ('x')", ["a other"]),
            ("a <> 'x'", ["a other"]), ("a LIKE 'x%'", ["a like x%"]), ("a ILIKE '%x'", ["a like %x"]),
            ("a NOT LIKE 'x'", ["a other"]), ("a >= DATE '2024-01-01'", ["a from "]),
            ("a < '2024-01-01'", ["a to 2024-01-01"]), ("'2024-01-01' > a", ["a to 2024-01-01"]),
            ("a BETWEEN '2024-01-01' AND '2024-02-01'", ["a fromto 2024-02-01"]),
            ("date_trunc('month', a) = '2024-01-01'", ["a = 2024-01-01"]),
            ("a > now() - interval '3 days'", ["a from "]), ("a IS NULL", ["a other"]), ("NOT a", ["a other"]),
            ("a", ["a other"]), ("a = b", ["a joins b"]), ("a < b", ["- other"]), ("a = (SELECT 1)", ["- other"]),
            ("a = 'x' OR b = 'y'", ["- other"]), ("a = 'x' AND (b = 'y' OR c = 'z')", ["a = x", "- other"]),
            ("a || b = 'x'", ["- other"]), ("a = 'x' AND b = 'y' AND c = 'z'", ["a = x", "b = y", "c = z"]),
        ] as [(String, [String])])
    func conditions(_ sql: String, _ expected: [String]) async throws {
        let block = try #require(try await Self.outline("SELECT 1 FROM t WHERE \(sql)").blocks.first)
        #expect(block.conditions.map(Self.text) == expected)
        #expect(block.conditions.allSatisfy { $0.start >= "SELECT 1 FROM t WHERE ".utf8.count })
    }

    @Test("Every SELECT of a statement is a block that knows its sources, and the outermost one comes first")
    func blocks() async throws {
        let outline = try await Self.outline(
            """
            WITH recent AS (SELECT * FROM shop.orders AS o WHERE o.state = 'paid')
            SELECT r.id, sum(i.price) AS total FROM recent r JOIN (SELECT * FROM items WHERE kind = 'x') i
                ON i.order_id = r.id AND i.price > 3
            WHERE r.shop IN (SELECT id FROM shops WHERE town = 'Cork')
            GROUP BY r.id, i.kind HAVING count(*) > 1 LIMIT 3
            """)
        let main = try #require(outline.outermost)
        #expect(main == outline.blocks.first)
        #expect(main.sources.map(\.alias) == ["r", "i"])
        #expect(main.sources.first?.origin == .common("recent"))
        #expect(main.conditions.map(Self.text) == ["i.order_id joins r.id", "i.price from ", "- other", "- other"])
        #expect(main.hiddenGroupings == ["kind"])
        #expect(main.hasHaving && main.hasLimit && main.hasGrouping && main.isAggregated && !main.isUnclear)
        let recent = try #require(outline.block(of: main.sources[0]))
        #expect(recent.sources == [.init(alias: "o", origin: .table(schema: "shop", name: "orders"))])
        #expect(recent.conditions.map(Self.text) == ["o.state = paid"])
        let items = try #require(outline.block(of: main.sources[1]))
        #expect(items.conditions.map(Self.text) == ["kind = x"])
        #expect(outline.blocks.contains { $0.conditions.map(Self.text) == ["town = Cork"] })
    }

    @Test(
        "Outputs say what they are: columns, aggregates without what only rounds them, everything",
        arguments: [
            ("t.a", "column t.a"), ("a AS b", "column a"), ("*", "star"), ("t.*", "star t"),
            ("sum(a)", "sum additive a"), ("round(coalesce(sum(t.a), 0), 2)", "sum additive t.a"),
            ("sum(a)::int", "sum additive a"), ("count(*)", "count additive"), ("count(DISTINCT a)", "count a"),
            ("avg(a)", "avg a"), ("sum(a) / count(*)", "other"), ("sum(a) OVER ()", "other"), ("a + 1", "other"),
            ("sum(a * b)", "sum additive a b"),
        ])
    func outputs(_ sql: String, _ expected: String) async throws {
        let block = try #require(try await Self.outline("SELECT \(sql) FROM t").outermost)
        let output = try #require(block.outputs.first)
        let found =
            switch output.value {
            case .column(let name): "column " + Self.text(name)
            case .star(let qualifier): (["star"] + [qualifier].compactMap(\.self)).joined(separator: " ")
            case .aggregate(let aggregate):
                ([aggregate.function] + (aggregate.isAdditive ? ["additive"] : []) + aggregate.columns.map(Self.text))
                    .joined(separator: " ")
            case .other: "other"
            }
        #expect(found == expected)
    }

    @Test("What is grouped by and not shown is named; positions, names and equal expressions count as shown")
    func groupings() async throws {
        for (sql, hidden) in [
            ("SELECT a, sum(b) FROM t GROUP BY 1", []), ("SELECT a AS x, sum(b) FROM t GROUP BY x", []),
            ("SELECT t.a, sum(b) FROM t GROUP BY a", []),
            ("SELECT date_trunc('month', d) AS m, sum(b) FROM t GROUP BY date_trunc('month', d)", []),
            ("SELECT a, sum(b) FROM t GROUP BY a, c", ["c"]), ("SELECT sum(b) FROM t GROUP BY a + 1", [nil]),
        ] as [(String, [String?])] {
            #expect(try await Self.outline(sql).outermost?.hiddenGroupings == hidden, "\(sql)")
        }
        #expect(try await Self.outline("SELECT a, sum(b) FROM t GROUP BY ROLLUP (a)").outermost?.isUnclear == true)
    }

    @Test("Conditions and measures that differ in names of tables only have the same signature")
    func signatures() async throws {
        func signature(_ sql: String) async throws -> String? {
            try await Self.outline("SELECT 1 FROM t WHERE \(sql)").outermost?.conditions.first?.signature
        }
        #expect(try await signature("t.a  =  'x'") == signature("a = 'x'"))
        #expect(try await signature("a = 'x'") != signature("a = 'y'"))
        #expect(try await signature("a > 5") != signature("a > 6"))
        // The parser's output tells neither from zero.
        #expect(try await signature("a > -5") != signature("aa > -6"))
    }

    @Test(
        "What is no SELECT, or no SQL, has no outline; a UNION has no outermost block",
        arguments: [
            ("DELETE FROM t", false), ("SELEC 1", false), ("", false), ("SELECT 1; SELECT 2", false),
            ("EXPLAIN SELECT 1", false), ("SELECT 1 UNION SELECT 2", true), ("VALUES (1)", true),
        ])
    func others(_ sql: String, _ isRead: Bool) async {
        let outline = await SQLGuard.outline(of: sql)
        #expect((outline != nil) == isRead)
        if sql.contains("UNION") { #expect(outline?.outermost == nil) }
    }
}

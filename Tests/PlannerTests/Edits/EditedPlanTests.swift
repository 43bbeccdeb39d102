import Testing

@testable import Planner

@Suite struct EditedPlanTests {
    private static let orders = TableID(name: "orders")
    private static let shops = TableID(name: "shops")

    private static let planner = Planner(
        model: SemanticModel(
            SemanticSource(
                tables: [
                    .init(
                        name: "orders",
                        columns: [
                            .init(name: "id", type: "integer", isNullable: false),
                            .init(name: "shop_id", type: "integer"), .init(name: "channel", type: "text"),
                            .init(name: "total", type: "numeric(10,2)"), .init(name: "ordered_at", type: "timestamptz"),
                        ], primaryKey: ["id"],
                        foreignKeys: [.init(columns: ["shop_id"], table: shops, referencedColumns: ["id"])],
                        timeColumn: "ordered_at"),
                    .init(
                        name: "shops",
                        columns: [
                            .init(name: "id", type: "integer", isNullable: false), .init(name: "country", type: "text"),
                        ], primaryKey: ["id"]),
                ],
                metrics: [
                    .init(
                        name: "Turnover",
                        computation: .aggregate(
                            .init(table: orders, expression: "SUM(total)", timeColumn: "ordered_at"), isAdditive: true),
                        dimensions: ["channel"]),
                    .init(
                        name: "Basket Value",
                        computation: .aggregate(
                            .init(table: orders, expression: "AVG(total)", timeColumn: "ordered_at"), isAdditive: false),
                        dimensions: ["channel"]),
                ])),
        values: values)

    private static let values: ValueIndex = {
        var builder = ValueIndex.Builder()
        builder.add(["web", "app", "store"], of: ColumnID(orders, "channel"))
        builder.add(["US", "FR"], of: ColumnID(shops, "country"))
        return builder.build()
    }()

    private static func plan(_ texts: [String]) -> Plan? {
        var plan: Plan?
        for text in texts {
            guard case .plan(let planned) = planner.plan(text, context: PlanContext(earlier: plan)) else { return nil }
            plan = planned.plan
        }
        return plan
    }

    private static let channel = ColumnID(orders, "channel")

    @Test("A follow-up changes its part of the plan and leaves the rest as it was")
    func edits() throws {
        let split = try #require(Self.plan(["What is our turnover in 2024?", "by channel"]))
        #expect(split.measures == [.metric("Turnover")])
        #expect(split.dimensions == [.column(Self.channel)])
        #expect(split.time?.period == .named(year: 2024, unit: .year, isFiscal: false))

        let ranked = try #require(Self.plan(["turnover by channel", "top 2"]))
        #expect(ranked.recipe == .ranking)
        #expect(ranked.limit == 2)
        #expect(ranked.order == [.init(.measure(0), isDescending: true)])

        let narrowed = try #require(Self.plan(["turnover", "only web"]))
        #expect(narrowed.conditions == [.oneOf(Self.channel, ["web"])])
        let other = try #require(Self.plan(["turnover", "only web", "only the app"]))
        #expect(other.conditions == [.oneOf(Self.channel, ["app"])])

        let moved = try #require(Self.plan(["turnover in 2024 by channel", "2023 instead"]))
        #expect(moved.time?.period == .named(year: 2023, unit: .year, isFiscal: false))
        #expect(moved.dimensions == [.column(Self.channel)])

        let swapped = try #require(Self.plan(["turnover by channel in 2024", "and basket value?"]))
        #expect(swapped.measures == [.metric("Basket Value")])
        #expect(swapped.dimensions == [.column(Self.channel)])
        #expect(swapped.time != nil)

        let drawn = try #require(Self.plan(["turnover by channel", "as a chart"]))
        #expect(drawn.presentation == .chart)
        #expect(drawn.dimensions == [.column(Self.channel)])
    }

    @Test(
        "What was split and put together again is the plan it was",
        arguments: ["turnover", "turnover in 2024", "how many orders"],
        ["by channel", "per channel", "by month"])
    func inverse(_ question: String, _ split: String) throws {
        let first = try #require(Self.plan([question]))
        try #require(Self.plan([question, split]) != nil)
        #expect(Self.plan([question, split, "in total"])?.hash == first.hash)
    }

    @Test("The same plan comes from the follow-up and from the whole question")
    func wholes() {
        #expect(Self.plan(["turnover", "by channel"]) == Self.plan(["turnover by channel"]))
        #expect(Self.plan(["turnover", "in 2024"]) == Self.plan(["turnover in 2024"]))
    }

    @Test(
        "What stands on its own is read on its own",
        arguments: ["turnover by channel", "how many shops are there", "basket value in 2024"])
    func alone(_ question: String) {
        #expect(Self.plan(["turnover in 2023", question]) == Self.plan([question]))
    }

    @Test(
        "What does not fit the answer before is declined, not guessed",
        arguments: [["turnover", "top 3"], ["turnover", "by zebra"], ["turnover", "only unicorns"]])
    func declined(_ texts: [String]) {
        #expect(Self.plan(texts) == nil)
    }
}

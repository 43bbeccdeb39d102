import Planner
import Testing

@Suite("What no sound statement computes")
struct CompileRefusalTests {
    struct Refusal: Sendable, CustomTestStringConvertible {
        var plan: Plan
        var reason: String

        var testDescription: String { reason }
    }

    private static let refusals = [
        Refusal(
            plan: Plan(
                recipe: .breakdown, measures: [Shop.total], dimensions: [.column(ColumnID(Shop.products, "title"))]),
            reason: "counted several times"),
        Refusal(
            plan: Plan(
                recipe: .breakdown, measures: [.metric("Revenue")],
                dimensions: [.column(ColumnID(Shop.items, "quantity"))]
            ), reason: "counted several times"),
        Refusal(
            plan: Plan(
                recipe: .value, measures: [.count(Shop.customers)],
                conditions: [.not(.oneOf(ColumnID(Shop.orders, "status"), ["ok"]))]),
            reason: "whether none of them"),
        Refusal(
            plan: Plan(
                recipe: .breakdown, measures: [.count(Shop.flights)],
                dimensions: [.column(ColumnID(Shop.products, "title"))]), reason: "several ways (goal_id, start_id)"),
        Refusal(
            plan: Plan(
                recipe: .breakdown, measures: [.count(Shop.orders)], dimensions: [.column(ColumnID(Shop.moons, "name"))]
            ),
            reason: "No declared key"),
        Refusal(
            plan: Plan(recipe: .value, measures: [.count(Shop.items)], time: Shop.october), reason: "have no date"),
        Refusal(
            plan: Plan(recipe: .value, measures: [.count(Shop.subscriptions)], time: Shop.october),
            reason: "several dates (started_at, ended_at)"),
        Refusal(
            plan: Plan(
                recipe: .share, measures: [.aggregate(.average, .column(ColumnID(Shop.orders, "amount")))],
                dimensions: [.column(ColumnID(Shop.orders, "status"))]), reason: "do not add up"),
        Refusal(
            plan: Plan(recipe: .value, measures: [.aggregate(.sum, .column(ColumnID(Shop.customers, "name")))]),
            reason: "name is no number"),
        Refusal(
            plan: Plan(
                recipe: .value,
                measures: [
                    .ratio(.count(Shop.orders), .aggregate(.maximum, .column(ColumnID(Shop.customers, "joined"))))
                ]),
            reason: "joined is no number"),
        Refusal(
            plan: Plan(
                recipe: .value, measures: [.count(Shop.orders)],
                conditions: [.oneOf(ColumnID(Shop.orders, "amount"), ["lots'; --"])]), reason: "holds numbers"),
        Refusal(
            plan: Plan(
                recipe: .breakdown, measures: [.metric("Churn")],
                dimensions: [.column(ColumnID(Shop.subscriptions, "plan"))]
            ), reason: "statement of its own"),
        Refusal(
            plan: Plan(recipe: .value, measures: [.metric("Churn")], time: Shop.october), reason: "statement of its own"
        ),
        Refusal(
            plan: Plan(
                recipe: .comparison, measures: [Shop.total],
                time: Plan.TimeScope(period: .days(from: nil, through: nil)), comparison: .previousPeriod),
            reason: "no first or no last day"),
        Refusal(plan: Plan(recipe: .value, measures: [.metric("Profit")]), reason: "no metric \"Profit\""),
        Refusal(
            plan: Plan(
                recipe: .list, subject: Shop.customers,
                columns: [ColumnID(Shop.orders, "amount"), ColumnID(Shop.tickets, "opened")]),
            reason: "do not fit into one line"),
        Refusal(
            plan: Plan(
                recipe: .breakdown, measures: [Shop.total, .count(Shop.tickets)],
                dimensions: [.column(ColumnID(Shop.customers, "country"))],
                conditions: [.oneOf(ColumnID(Shop.orders, "status"), ["ok"])]),
            reason: "means for rows of tickets is not said"),
        Refusal(plan: Plan(recipe: .definition, measures: [.metric("Revenue")]), reason: "without a statement"),
    ]

    @Test("The reason is said in a sentence", arguments: refusals)
    func refused(_ test: Refusal) {
        let reason = Shop.refusal(test.plan)
        #expect(reason?.contains(test.reason) == true, "\(reason ?? "it compiles")")
    }

    @Test(
        "Curated SQL that is not one closed piece is not taken over",
        arguments: [
            "SUM(amount)); DROP TABLE orders; --", "SUM(amount", "SUM(amount) -- all", "SUM(amount) /* all */",
            "SUM('amount)", "$$x$$", "SUM(E'\\')", "1) FROM orders WHERE (1 = 1",
        ])
    func fragment(_ text: String) {
        for part in [
            SemanticSource.Metric.Part(table: Shop.orders, expression: text),
            SemanticSource.Metric.Part(table: Shop.orders, expression: "COUNT(*)", filter: text),
        ] {
            let metric = SemanticSource.Metric(name: "Odd", computation: .aggregate(part, isAdditive: true))
            let reason = Shop.refusal(Plan(recipe: .value, measures: [.metric("Odd")]), metrics: [metric])
            #expect(reason?.contains("cannot be used") == true)
        }
    }

    @Test(
        "Any text a person gives stays one literal",
        arguments: ["'", "a'b", "'' OR TRUE --", "\\'", "'\u{301}x", "\0'"])
    func literals(_ text: String) throws {
        let plan = Plan(
            recipe: .value, measures: [.count(Shop.customers)],
            conditions: [.oneOf(ColumnID(Shop.customers, "name"), [text])])
        let scalars = try Shop.compile(plan).sql.unicodeScalars
        let tail = scalars.drop { $0 != "'" }.filter { $0 != "\0" }
        #expect(tail.first == "'" && tail.last == "'")
        // Inside, quotes come in pairs.
        #expect(tail.dropFirst().dropLast().split(separator: "'", omittingEmptySubsequences: false).count % 2 == 1)
    }

    @Test("What would be longer than the guard takes is refused")
    func size() {
        let values = (0..<1_000).map { "\($0) " + String(repeating: "x", count: 80) }
        let plan = Plan(
            recipe: .value, measures: [.count(Shop.customers)],
            conditions: [.oneOf(ColumnID(Shop.customers, "name"), values)])
        #expect(Shop.refusal(plan)?.contains("longer than 65536 bytes") == true)
    }

    @Test("Columns say what they are, and the rest is said in words")
    func words() throws {
        let compiled = try Shop.compile(
            Plan(
                recipe: .comparison, measures: [.metric("Revenue")],
                dimensions: [.column(ColumnID(Shop.customers, "country"))],
                conditions: [.not(.related(Shop.tickets, conditions: [], role: nil))], time: Shop.october,
                comparison: .previousPeriod))
        #expect(
            compiled.columns.map(\.name) == ["country", "revenue", "previous_revenue", "change", "relative_change"])
        #expect(compiled.columns.map(\.role) == [.dimension, .measure, .compared, .change, .relativeChange])
        #expect(compiled.columns.map(\.unit) == [nil, "EUR", "EUR", "EUR", nil])
        #expect(compiled.tables == [Shop.customers, Shop.orders, Shop.tickets])
        #expect(
            compiled.filters == ["has no tickets", "status = 'ok' OR status = 'late' (definition of Revenue)"])
        #expect(compiled.period == "October 2026, compared with September 2026")
        #expect(compiled.caveats == ["Rows of tickets are matched to orders through customers."])
    }
}

import Testing

@testable import Planner

@Suite("A number that a metric defines is that metric")
struct CuratedMeasuresTests {
    private static let tours = TableID(name: "tours")
    private static let day = ColumnID(tours, "walked_on")
    private static let price = ColumnID(tours, "price")

    private static func metric(_ name: String, _ expression: String, _ filter: String? = nil) -> SemanticSource.Metric {
        .init(
            name: name,
            computation: .aggregate(
                .init(table: tours, expression: expression, filter: filter, timeColumn: "walked_on"), isAdditive: false)
        )
    }

    private static let curated = CuratedMeasures(
        model: SemanticModel(
            SemanticSource(
                tables: [
                    .init(
                        name: "tours",
                        columns: [
                            .init(name: "id", type: "integer", isNullable: false),
                            .init(name: "price", type: "numeric"),
                            .init(name: "kind", type: "text"), .init(name: "rating", type: "integer"),
                            .init(name: "guests", type: "integer"), .init(name: "walked_on", type: "date"),
                            .init(name: "booked_on", type: "date"),
                        ], primaryKey: ["id"])
                ],
                metrics: [
                    metric("Takings", " SUM( price ) "), metric("Tours", "COUNT(*)"),
                    metric("Night Walks", "count(*)", "(kind = 'night')"),
                    metric("Applause", "AVG(rating)", "rating IS NOT NULL"),
                    metric("Guests", "SUM(guests)"), metric("Crowd", "SUM(guests)"),
                ])))

    @Test(
        "The same rows, the same aggregate: the metric's name stands in the plan, and its own time",
        arguments: [
            (Measure.aggregate(.sum, .column(price)), "Takings"), (.count(tours), "Tours"),
            (.aggregate(.average, .column(ColumnID(tours, "rating"))), "Applause"),
        ])
    func isNamed(measure: Measure, name: String) {
        let plan = Plan(
            recipe: .trend, measures: [measure], dimensions: [.time(Self.day, .month)],
            time: .init(column: Self.day, period: .calendar(.year, offset: 0, isFiscal: false)))
        let named = Self.curated.named(plan)
        #expect(named.measures == [.metric(name)])
        #expect(named.dimensions == [.time(nil, .month)])
        #expect(named.time?.column == nil && named.time != nil)
    }

    @Test("A condition that the metric has is not said twice")
    func takesCondition() {
        let kind = Condition.oneOf(ColumnID(Self.tours, "kind"), ["night"])
        let other = Condition.compare(Self.price, .greater, NumberLiteral(5))
        let named = Self.curated.named(Plan(recipe: .value, measures: [.count(Self.tours)], conditions: [kind, other]))
        #expect(named.measures == [.metric("Night Walks")])
        #expect(named.conditions == [other])
    }

    @Test(
        "Another time, another aggregate, or two metrics alike: the plan stays as it is",
        arguments: [
            Plan(recipe: .value, measures: [.aggregate(.maximum, .column(price))]),
            Plan(recipe: .value, measures: [.aggregate(.sum, .column(ColumnID(tours, "guests")))]),
            Plan(
                recipe: .value, measures: [.aggregate(.sum, .column(price))],
                time: .init(column: ColumnID(tours, "booked_on"), period: .calendar(.year, offset: 0, isFiscal: false))),
            Plan(recipe: .list, subject: tours, columns: [price]),
        ])
    func stays(plan: Plan) {
        #expect(Self.curated.named(plan) == plan)
    }
}

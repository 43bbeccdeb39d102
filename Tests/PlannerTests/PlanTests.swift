import FoundationEssentials
import Planner
import Testing

@Suite("Plans as values")
struct PlanTests {
    @Test("A plan that was written as JSON reads back as itself")
    func roundTrip() throws {
        let orders = TableID(schema: "shop", name: "orders")
        let amount = ColumnID(orders, "amount")
        let plan = Plan(
            recipe: .ranking, subject: orders,
            measures: [
                .aggregate(.sum, .column(amount)), .filtered(.count(orders), [.isTrue(ColumnID(orders, "paid"))]),
            ],
            dimensions: [.column(ColumnID(orders, "country")), .time(nil, .month)],
            conditions: [.compare(amount, .greater, try #require(NumberLiteral("99.50")))],
            time: Plan.TimeScope(period: .days(from: Day("2026-02-28"), through: nil)),
            order: [Plan.Order(.measure(0), isDescending: true)], limit: 5)
        #expect(try JSONDecoder().decode(Plan.self, from: JSONEncoder().encode(plan)) == plan)
    }
}

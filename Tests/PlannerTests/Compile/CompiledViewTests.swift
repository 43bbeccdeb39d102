import Planner
import ServiceRuntime
import Testing

@Suite("Compiled for views")
struct CompiledViewTests {
    private static let mrr = Measure.metric("Monthly Recurring Revenue (MRR)")

    private func sql(_ plan: Plan, on day: Int) throws -> String {
        try PlanCompiler(
            source: Shop.source, clock: DataClock(today: CivilDate(daysSinceEpoch: day)), isMoving: true
        ).compile(plan).sql
    }

    @Test("A stock counts from the day of reading, whenever it was compiled")
    func stock() throws {
        let plan = Plan(
            recipe: .breakdown, measures: [Self.mrr], dimensions: [.column(ColumnID(Shop.subscriptions, "plan"))])
        let sql = try sql(plan, on: 20_000)
        #expect(
            sql.contains("CAST(now() AT TIME ZONE 'UTC' AS date) + 1")
                || sql.contains("(now() AT TIME ZONE 'UTC')::date + 1"), "\(sql)")
        #expect(!sql.contains("20"), "\(sql)")
        #expect(try self.sql(plan, on: 20_900) == sql)
    }

    @Test(
        "What speaks of a period is refused",
        arguments: [
            Plan(recipe: .value, measures: [mrr], time: Shop.halfYear),
            Plan(recipe: .trend, measures: [mrr], dimensions: [.time(nil, .month)]),
            Plan(
                recipe: .value,
                measures: [
                    .filtered(
                        .count(Shop.subscriptions),
                        [.not(.period(ColumnID(Shop.subscriptions, "started_at"), .toDate(.year, isFiscal: false)))])
                ]),
        ])
    func refused(_ plan: Plan) {
        #expect(throws: CompileError.self) { try sql(plan, on: 20_000) }
    }
}

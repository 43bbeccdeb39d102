import Planner
import ServiceRuntime
import Testing

@Suite("What is asked is neither turned nor lost")
struct KeptMeaningTests {
    private static let repairs = TableID(name: "repairs")
    private static let source = SemanticSource(
        tables: [
            .init(
                name: "repairs",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(
                        name: "state", type: "text", isNullable: false, values: ["waiting", "finished", "collected"]),
                    .init(name: "brought_on", type: "date", isNullable: false),
                    .init(name: "finished_on", type: "date"), .init(name: "load", type: "integer"),
                    .init(name: "price", type: "numeric"), .init(name: "bench", type: "text"),
                ], primaryKey: ["id"], timeColumn: "brought_on")
        ],
        metrics: [
            .init(
                name: "Repairs",
                computation: .aggregate(
                    .init(table: repairs, expression: "COUNT(*)", timeColumn: "brought_on"), isAdditive: true)),
            .init(
                name: "Daily Load",
                computation: .aggregate(
                    .init(table: repairs, expression: "AVG(load)", timeColumn: "brought_on"), isAdditive: false)),
            .init(
                name: "Worth",
                computation: .snapshot(
                    .init(table: repairs, expression: "SUM(price)", timeColumn: "brought_on"), start: "brought_on",
                    end: "finished_on", isAdditive: true), unit: "USD"),
        ])
    private static let planner = Planner(model: SemanticModel(source), values: ValueIndex.Builder().build())

    private func read(_ question: String) -> Plan? {
        guard case .plan(let planned) = Self.planner.plan(question) else { return nil }
        return planned.plan
    }

    @Test(
        "What is not finished has not been, whatever came after",
        arguments: ["unfinished repairs", "repairs that are not finished"])
    func denies(question: String) throws {
        let plan = try #require(read("How many \(question) are there?") ?? read(question))
        #expect(plan.conditions == [.isEmpty(ColumnID(Self.repairs, "finished_on"))])
    }

    @Test("The time that is said is that of the deed, not that of the metric")
    func keepsTime() throws {
        let plan = try #require(read("How many repairs were finished in May 2026?"))
        #expect(plan.time?.column == ColumnID(Self.repairs, "finished_on"))
    }

    @Test(
        "Sums of averages, other currencies and parts of something else are declined",
        arguments: [
            "total daily load", "worth in euros", "repairs with less than 20% of the load",
            "benches without finished repairs",
        ])
    func declines(question: String) {
        #expect(read(question) == nil)
    }

    @Test(
        "A stock of the future is refused, one of the past is not",
        arguments: [("worth in 2031", false), ("worth in 2025", true)])
    func refusesFuture(question: String, isComputed: Bool) throws {
        let plan = try #require(read(question))
        let clock = DataClock(today: CivilDate(daysSinceEpoch: 20_779))
        let compiled = try? PlanCompiler(source: Self.source, clock: clock).compile(plan)
        #expect((compiled != nil) == isComputed)
    }
}

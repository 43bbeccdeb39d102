import Planner
import Testing

@Suite("What ended in some way then")
struct StateEventTests {
    private static func planner(metricTime: String?) -> Planner {
        let table = TableID(name: "leases")
        return Planner(
            model: SemanticModel(
                SemanticSource(
                    tables: [
                        .init(
                            name: "leases",
                            columns: [
                                .init(name: "id", type: "integer", isNullable: false),
                                .init(name: "state", type: "text", values: ["running", "terminated", "expired"]),
                                .init(name: "ended_on", type: "date", synonyms: ["terminated"]),
                                .init(name: "begun_on", type: "date", isNullable: false),
                            ], primaryKey: ["id"])
                    ],
                    metrics: metricTime.map { time in
                        [
                            .init(
                                name: "Losses",
                                computation: .aggregate(
                                    .init(
                                        table: table, expression: "COUNT(*)", filter: "state = 'terminated'",
                                        timeColumn: time), isAdditive: true))
                        ]
                    } ?? [])), values: ValueIndex.Builder().build())
    }

    private static func plan(_ question: String, metricTime: String?) -> Plan? {
        guard case .plan(let planned) = planner(metricTime: metricTime).plan(question) else { return nil }
        return planned.plan
    }

    @Test("A curated number that goes by that time says which rows are meant")
    func isState() throws {
        let plan = try #require(Self.plan("How many leases were terminated in 2025?", metricTime: "ended_on"))
        #expect(plan.measures == [.metric("Losses")])
        #expect(plan.conditions.isEmpty)
    }

    @Test(
        "Without one, whatever happened then counts: rows may have gone on to another state",
        arguments: ["begun_on", nil])
    func isEvent(metricTime: String?) throws {
        let plan = try #require(Self.plan("How many leases were terminated in 2025?", metricTime: metricTime))
        #expect(plan.measures == [.count(TableID(name: "leases"))])
        #expect(plan.conditions.isEmpty)
        #expect(plan.time?.column?.name == "ended_on")
    }
}

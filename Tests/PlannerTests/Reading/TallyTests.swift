import Planner
import Testing

@Suite("Rows are counted, tallies of rows are added up")
struct TallyTests {
    private static let planner = Planner(
        model: SemanticModel(
            SemanticSource(tables: [
                .init(
                    name: "trains",
                    columns: [
                        .init(name: "id", type: "integer", isNullable: false),
                        .init(name: "train_number", type: "integer"), .init(name: "operator", type: "text"),
                    ], primaryKey: ["id"]),
                .init(
                    name: "sightings",
                    columns: [
                        .init(name: "id", type: "integer", isNullable: false), .init(name: "place", type: "text"),
                        .init(name: "count", type: "integer"),
                    ], primaryKey: ["id"]),
            ])), values: ValueIndex.Builder().build())

    @Test(
        "A number that a row is called by is no tally, a column called count is one",
        arguments: [
            ("How many trains are there?", Measure.count(TableID(name: "trains"))),
            ("number of trains", .count(TableID(name: "trains"))),
            ("How many sightings are there?", .aggregate(.sum, .column(ColumnID(TableID(name: "sightings"), "count")))),
        ])
    func counts(question: String, measure: Measure) throws {
        guard case .plan(let planned) = Self.planner.plan(question) else {
            Issue.record("\(question) is not planned")
            return
        }
        #expect(planned.plan.measures == [measure])
    }
}

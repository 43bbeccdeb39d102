import Testing

@testable import Planner

@Suite("Signs that a plan is not what was asked")
struct PlanDoubtTests {
    private static let ships = TableID(name: "ships")
    private static let calls = TableID(name: "calls")
    private static let doubt = PlanDoubt(
        model: SemanticModel(
            SemanticSource(tables: [
                SemanticSource.Table(
                    name: "ships",
                    columns: [
                        .init(name: "id", type: "integer", isNullable: false), .init(name: "flag", type: "text"),
                        .init(name: "tons", type: "numeric"),
                    ], primaryKey: ["id"])
            ])))

    private static let tons = Measure.aggregate(.average, .column(ColumnID(ships, "tons")))

    @Test(
        "A ratio of a number to itself, groups of single rows, and what no row can be, are doubted",
        arguments: [
            Plan(recipe: .value, measures: [.ratio(.count(ships), .count(ships))]),
            Plan(recipe: .value, measures: [tons, .filtered(.ratio(tons, tons), [])]),
            Plan(recipe: .breakdown, measures: [tons], dimensions: [.column(ColumnID(ships, "id"))]),
            Plan(recipe: .ranking, measures: [.count(ships)], dimensions: [.column(ColumnID(ships, "id"))], limit: 3),
            Plan(
                recipe: .list, subject: ships,
                conditions: [.oneOf(ColumnID(ships, "flag"), ["PA"]), .oneOf(ColumnID(ships, "flag"), ["LR"])]),
            Plan(
                recipe: .list, subject: ships,
                conditions: [
                    .not(.related(calls, conditions: [], role: nil)), .related(calls, conditions: [], role: nil),
                ]),
        ])
    func doubted(plan: Plan) {
        #expect(Self.doubt.cause(against: plan) != nil)
    }

    @Test(
        "What differs on both sides, and groups of several rows, are not",
        arguments: [
            Plan(recipe: .value, measures: [.ratio(tons, .count(ships))]),
            Plan(recipe: .breakdown, measures: [tons], dimensions: [.column(ColumnID(ships, "flag"))]),
            Plan(recipe: .list, subject: ships, columns: [ColumnID(ships, "id")]),
        ])
    func undoubted(plan: Plan) {
        #expect(Self.doubt.cause(against: plan) == nil)
    }

    @Test("A question of more than 400 words is declined, not read in part")
    func long() {
        let planner = Planner(model: Self.doubt.model, values: ValueIndex())
        let question = "how many ships " + String(repeating: "please ", count: 500) + "with flag 'x'"
        guard case .declined = planner.plan(question) else {
            Issue.record("it was read")
            return
        }
    }
}

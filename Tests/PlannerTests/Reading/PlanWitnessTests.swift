import Testing

@testable import Planner

@Suite("What was said must have left a trace in the plan")
struct PlanWitnessTests {
    private static let animals = TableID(name: "zo_animals")
    private static let sales = TableID(name: "zo_ticket_sales")
    private static let count = Measure.count(animals)
    private static let weight = ColumnID(animals, "weight_kg")
    private static let zone = Dimension.column(ColumnID(TableID(name: "zo_enclosures"), "enc_zone"))

    private func missing(_ question: String, _ plan: Plan) -> [String] {
        let tokens = Tokenizer.tokens(of: question)
        let finder = PieceFinder(
            of: tokens, model: Zoo.model, values: Zoo.values, overlay: Overlay([], model: Zoo.model))
        let pieces = finder.pieces()
        return PlanWitness(model: Zoo.model, pieces: pieces).missing(in: plan).map { pieces[$0].text }
    }

    @Test(
        "A plan without a word's trace is told the word",
        arguments: [
            ("How many otters are there?", Plan(recipe: .value, measures: [count]), "otters"),
            ("animals heavier than 30 kg", Plan(recipe: .list, subject: animals), "heavier than 30"),
            (
                "share of the takings by channel", Plan(recipe: .value, measures: [.metric("Gate Revenue (GR)")]),
                "share"
            ),
            (
                "median weight of animals", Plan(recipe: .value, measures: [.aggregate(.average, .column(weight))]),
                "median"
            ),
            ("number of animals not in the north", Plan(recipe: .value, measures: [count]), "not"),
            ("takings last month", Plan(recipe: .value, measures: [.metric("Gate Revenue (GR)")]), "last month"),
            ("average takings", Plan(recipe: .value, measures: [.metric("Gate Revenue (GR)")]), "average"),
            (
                "How much did the animals eat at the moment?",
                Plan(
                    recipe: .value,
                    measures: [.aggregate(.sum, .column(ColumnID(TableID(name: "zo_feedings"), "amount_kg")))]),
                "at the moment"
            ),
            ("How many animals are still with us?", Plan(recipe: .value, measures: [count]), "still"),
            (
                "distinct species of animals",
                Plan(recipe: .breakdown, measures: [count], dimensions: [.column(ColumnID(animals, "species"))]),
                "distinct"
            ),
        ])
    func lost(question: String, plan: Plan, word: String) {
        #expect(missing(question, plan).contains { $0.hasPrefix(word) })
    }

    @Test(
        "A plan that holds all of it is told nothing",
        arguments: [
            ("How many animals are there by zone?", Plan(recipe: .breakdown, measures: [count], dimensions: [zone])),
            (
                "How many otters are there?",
                Plan(
                    recipe: .value, measures: [count],
                    conditions: [.oneOf(ColumnID(animals, "species"), ["Otter", "OTTER"])])
            ),
            (
                "animals heavier than 30 kg",
                Plan(recipe: .list, subject: animals, conditions: [.compare(weight, .greater, NumberLiteral(30))])
            ),
            (
                "takings last month",
                Plan(
                    recipe: .value, measures: [.metric("Gate Revenue (GR)")],
                    time: .init(period: .calendar(.month, offset: -1, isFiscal: false)))
            ),
            (
                "animals without a feeding",
                Plan(
                    recipe: .list, subject: animals,
                    conditions: [.not(.related(TableID(name: "zo_feedings"), conditions: [], role: nil))])
            ),
        ])
    func held(question: String, plan: Plan) {
        #expect(missing(question, plan).isEmpty)
    }
}

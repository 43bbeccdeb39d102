import Planner
import Testing

@Suite struct ReviewTests {
    @Test(
        "Who asks what a period brought gets every measure that has a period, beside the period before",
        arguments: [
            ("What happened last week?", "last week"), ("how did March go", "March"),
            ("How was last month?", "last month"),
            ("Give me a summary of last week", "last week"), ("recap of Q1 2024", "Q1 2024"),
            ("what's new this week", "this week"), ("Anything notable yesterday?", "yesterday"),
            ("what changed last month", "last month"), ("what was 2024 like?", "2024"),
        ])
    func review(question: String, period: String) throws {
        let plan = try #require(Zoo.plan(question))
        #expect(plan.recipe == .review)
        #expect(plan.time?.period.phrase == period)
        #expect(plan.comparison == .previousPeriod)
        #expect(plan.measures.contains(.metric("Gate Revenue (GR)")))
        #expect(plan.dimensions.isEmpty)
    }

    @Test(
        "What names something, or no period, is no review",
        arguments: [
            "what happened", "what happened to the otters last week", "How is takings defined?", "how many animals",
        ])
    func others(question: String) {
        #expect(Zoo.plan(question)?.recipe != .review)
    }

    @Test("Another period, and one of its measures, go on from a review; a split does not")
    func follows() throws {
        let review = try #require(Zoo.plan("what happened last week"))
        #expect(
            Zoo.plan("and last month?", after: review)?.time?.period == .calendar(.month, offset: -1, isFiscal: false))
        let one = try #require(Zoo.plan("and takings?", after: review))
        #expect(one.measures == [.metric("Gate Revenue (GR)")])
        #expect(one.recipe == .comparison)
        #expect(Zoo.plan("by channel", after: review) == nil)
    }

    @Test("Without metrics the rows of every table with a time are counted")
    func rows() throws {
        let model = SemanticModel(
            SemanticSource(tables: [
                .init(
                    name: "parcels",
                    columns: [.init(name: "id", type: "integer"), .init(name: "sent_at", type: "timestamptz")],
                    primaryKey: ["id"]),
                .init(
                    name: "depots", columns: [.init(name: "id", type: "integer"), .init(name: "city", type: "text")]),
            ]))
        let planner = Planner(model: model, values: ValueIndex.Builder().build())
        guard case .plan(let question) = planner.plan("what happened last week") else {
            Issue.record("not answered")
            return
        }
        #expect(question.plan.measures == [.count(TableID(schema: "public", name: "parcels"))])
    }
}

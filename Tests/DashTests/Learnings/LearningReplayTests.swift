import FoundationEssentials
import Planner
import Testing

@testable import Dash

@Suite struct LearningReplayTests {
    @Test(
        "What others taught in the channel applies to what was taught there, and nowhere else",
        arguments: [("slack:T:C", 2), ("slack:T:D", 1), (nil, 1)] as [(String?, Int)])
    func places(place: String?, applying: Int) {
        let plan = Plan(recipe: .value, measures: [.metric("A")])
        func learning(_ id: Int64, _ scope: Learning.Scope, _ author: String, at place: String?) -> Learning {
            Learning(
                id: id, title: "t", text: "t", correction: nil,
                teaching: Teaching(adjustment: .excludedWord("w\(id)"), regression: .init(question: "q", plan: plan)),
                scope: scope, state: .active, author: author, place: place, createdAt: Date(timeIntervalSince1970: 0))
        }
        var counts: [Int] = []
        let learnings = [
            learning(1, .channel, "ada", at: "slack:T:C"), learning(2, .channel, "bob", at: place),
        ]
        let problems = LearningReplay.problems(learnings) { _, adjustments in
            counts.append(adjustments.count)
            return .plan(PlannedQuestion(plan: plan))
        }
        #expect(problems.isEmpty)
        #expect(counts == [1, applying])
    }
}

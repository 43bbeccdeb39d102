import FoundationEssentials
import Testing

@testable import Dash

@Suite struct SampleQuestionTests {
    typealias Case = GroundedMatchingTests.Case

    private static func sample() async -> KnowledgeView {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../knowledge")
        let entries = await KnowledgeFolder(path: path.standardized.path()).read().entries
        return KnowledgeView(entries.map { KnowledgeEntry(content: $0.content, source: "sample") })
    }

    /// `!` stands for anything but an answer: a choice, two questions or a refusal.
    static let cases = [
        Case("average seats by plan", "!"), Case("active subscriptions by month", "!"), Case("daily signups", "!"),
        Case("Which month had the highest MRR growth?", "mrr_trend"), Case("Which month had the lowest growth?", "!"),
        Case("How much did enterprise customers pay us?", "!"), Case("How many tickets were rated 5?", "!"),
        Case("total amount of failed payments", "failed_payments_by_month"),
        Case("Which customers signed up today?", "!"), Case("What is our MRR and churn rate?", "!"),
        Case("MRR, ARR and NRR", "!"), Case("What is the total MRR of customers at risk of churning?", "!"),
        Case("MRR by plan and what was it last month", "!"), Case("which plan uses the product most", "!"),
        Case("monthly customers", "!"), Case("price of the business plan", "!"),
        Case("Which plan has the most customers?", "!"), Case("How many customers on the starter plan?", "!"),
        Case("MRR by plan", "mrr_by_plan"), Case("How many seats do we have?", "!"),
    ]

    @Test("No question is answered by a column that does not say what it measures", arguments: cases)
    func measures(_ item: Case) async {
        let outcome = Matcher(knowledge: await Self.sample()).match(item.question)
        let name = GroundedMatchingTests.name(outcome)
        if item.expected == "!" {
            #expect(["?", "-"].contains(name), "answered by \(name)")
        } else {
            #expect(name == item.expected)
        }
    }

    @Test("Growth is narrated, not what grows")
    func growth() async {
        guard
            case .answer(let candidate) = Matcher(knowledge: await Self.sample()).match(
                "Which month had the highest MRR growth?")
        else {
            Issue.record("it was not answered")
            return
        }
        #expect(candidate.shown == ["growth_pct"])
    }

    @Test("Every question that the repository's own queries list is answered by its query")
    func declaredQuestions() async {
        let knowledge = await Self.sample()
        let matcher = Matcher(knowledge: knowledge)
        #expect(knowledge.queries.count >= 25)
        for query in knowledge.queries.map(\.query) {
            for question in query.questions {
                let intent = Intent(question)
                #expect(intent == .question, "\(question)")
                guard case .answer(let candidate) = matcher.match(question)
                else {
                    Issue.record("“\(question)” is not answered by a query")
                    continue
                }
                #expect(candidate.query.name == query.name, "\(question)")
            }
        }
    }
}

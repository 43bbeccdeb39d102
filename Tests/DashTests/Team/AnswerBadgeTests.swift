import FoundationEssentials
import Planner
import Testing

@testable import Dash

@Suite struct AnswerBadgeTests {
    private static let query = ValidatedQuery(name: "loans_by_month", description: "Loans per month.", sql: "SELECT 1")

    private static func plan(isCurated: Bool = true, unused: [String] = []) -> Evidence {
        .plan(
            PlannedStatement(
                question: PlannedQuestion(plan: Plan(recipe: .value), unused: unused),
                statement: CompiledPlan(sql: "SELECT 1", columns: [], tables: []), isCurated: isCurated))
    }

    private static func table(isTruncated: Bool = false) -> ResultTable {
        ResultTable(id: "result_1", sql: "SELECT 1", columns: [], rows: [], isTruncated: isTruncated, milliseconds: 1)
    }

    private static func badge(
        _ evidence: [Evidence], kind: Answer.Kind = .result, isTruncated: Bool = false, notes: [Learning] = [],
        agreement: ResultAgreement? = nil
    ) -> Badge? {
        AnswerBadge(
            kind: kind, results: evidence.map { (table(isTruncated: isTruncated), $0) }, question: Wording("loans"),
            notes: notes, agreement: agreement
        ).badge
    }

    @Test(
        "The weakest evidence decides",
        arguments: [
            ([.query(query, isCurated: true)], .verified), ([plan()], .verified),
            ([plan(), .query(query, isCurated: true)], .verified),
            ([.query(query, isCurated: false)], .derived), ([plan(isCurated: false)], .derived),
            ([plan(unused: ["roughly"])], .derived), ([plan(), .derived], .derived),
            ([plan(), .generated], .generated), ([.derived, .generated], .generated), ([], .derived),
        ] as [([Evidence], Badge)])
    func evidence(_ evidence: [Evidence], _ expected: Badge) {
        #expect(Self.badge(evidence) == expected)
    }

    @Test("A question back needs input; what states no numbers has no badge")
    func kinds() {
        #expect(Self.badge([Self.plan()], kind: .clarification) == .needsInput)
        #expect(Self.badge([], kind: .unanswered) == .needsInput)
        for kind in [Answer.Kind.message, .refusal, .change, .failure] { #expect(Self.badge([], kind: kind) == nil) }
    }

    @Test("Where another definition gives another number nothing is verified; where none can be compared it is")
    func agreement() {
        let evidence = [Evidence.query(Self.query, isCurated: true)]
        let different = ResultAgreement.different(planned: "1", other: "2", group: nil)
        #expect(Self.badge(evidence, agreement: different) == .derived)
        #expect(Self.badge(evidence, agreement: .same) == .verified)
        #expect(Self.badge(evidence, agreement: .incomparable) == .verified)
        #expect(Self.badge([.generated], agreement: .same) == .generated)
    }

    @Test("Cut results, and what somebody corrected, are not verified; a plan follows what was taught")
    func disputed() {
        #expect(Self.badge([Self.plan()], isTruncated: true) == .derived)
        var note = Learning(
            id: 1, title: "Loans", text: "Loans exclude renewals", correction: nil, scope: .asker, state: .proposed,
            author: "ada", createdAt: .distantPast)
        #expect(Self.badge([.query(Self.query, isCurated: true)], notes: [note]) == .derived)
        #expect(Self.badge([Self.plan()], notes: [note]) == .derived)
        note.teaching = Teaching(
            adjustment: .excludedWord("x"), regression: .init(question: "x", plan: Plan(recipe: .value)))
        #expect(Self.badge([Self.plan()], notes: [note]) == .verified)
        #expect(Self.badge([.query(Self.query, isCurated: true)], notes: [note]) == .derived)
    }
}

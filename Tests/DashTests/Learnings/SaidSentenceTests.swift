import Testing

@testable import Dash

@Suite struct SaidSentenceTests {
    @Test(
        "What does not count is said in many ways",
        arguments: [
            "churn excludes trials", "churn should leave out trials", "churn leaves out trials", "churn ignores trials",
            "churn must omit trials", "churn is without trials", "churn should be without trials",
            "leave trials out of churn", "exclude trials from churn", "do not count trials in churn",
            "never count trials as churn", "churn should not count trials",
        ])
    func exclusions(_ text: String) throws {
        let said = try #require(SaidSentence.exclusion(text.split(separator: " ").map(String.init)))
        #expect(said == .init(subject: ["churn"], object: ["trials"], isExcluded: true))
    }

    @Test(
        "What alone counts is said in many ways",
        arguments: [
            "revenue should only count paid invoices", "revenue counts only paid invoices",
            "revenue should count paid invoices only", "revenue means only paid invoices",
            "revenue is just paid invoices",
            "only count paid invoices as revenue", "count only paid invoices towards revenue",
        ])
    func limits(_ text: String) throws {
        let said = try #require(SaidSentence.exclusion(text.split(separator: " ").map(String.init)))
        #expect(said == .init(subject: ["revenue"], object: ["paid", "invoices"]))
    }

    @Test(
        "A rule is told from a question and from a change of an answer",
        arguments: [
            ("do not count trials in churn", true), ("do not count tickets in march", false),
            ("exclude trials from churn", false), ("count only paid invoices in march", false),
            ("churn should leave out trials", true), ("is churn without trials", false),
        ])
    func rules(_ text: String, _ isRule: Bool) {
        #expect(SaidSentence.isRule(text.split(separator: " ").map(String.init)) == isRule)
    }
}

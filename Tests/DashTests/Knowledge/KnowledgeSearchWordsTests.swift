import Testing

@testable import Dash

@Suite struct KnowledgeSearchWordsTests {
    @Test(
        "Names fall into their words",
        arguments: [
            ("monthly_mrr", ["monthly", "mrr"]), ("sbDailyPrice", ["sb", "daily", "price"]),
            ("MRRByPlan", ["mrr", "by", "plan"]), ("How many IDs, O'Brien?", ["how", "many", "ids", "o", "brien"]),
            ("q3Revenue", ["q3", "revenue"]), ("__a__", ["a"]), ("", []), ("größe_Straße", ["größe", "straße"]),
        ])
    func words(text: String, words: [String]) {
        #expect(SearchWords.words(in: text) == words)
    }

    @Test("Names of several words are also kept as one")
    func squeezed() {
        #expect(SearchWords.squeezedNames(in: "the plan_changes of sbDailyPrice") == ["planchanges", "sbdailyprice"])
    }

    @Test("Words that only ask are left out, unless there is nothing else")
    func asking() {
        #expect(
            KnowledgeSearch.words(in: "Hey Dash, could you show me churn, please? CHURN!") == ["you", "me", "churn"])
        #expect(KnowledgeSearch.words(in: "show please") == ["show", "please"])
        #expect(KnowledgeSearch.words(in: String(repeating: "a12 b34 ", count: 5_000)) == ["a12", "b34"])
    }

    @Test(
        "One edit or swap makes a misspelling, from five letters; two from eight",
        arguments: [
            ("chrun", "churn", true), ("custmer", "customer", true), ("subscribtoin", "subscription", false),
            ("subscirptoins", "subscriptions", false), ("subscribtion", "subscription", true), ("plna", "plan", false),
            ("arrr", "mrr", false), ("invioce", "invoice", true), ("q3reve", "q3rev", false),
            ("tickte", "ticket", true),
        ])
    func misspellings(written: String, meant: String, expected: Bool) {
        #expect(Misspelling.isLikely(written, meant: meant) == expected)
    }

    private func term(_ word: String, _ entries: Double, head: Double = 0, isGeneral: Bool = false) -> SearchTerms.Term
    {
        SearchTerms.Term(
            word: word, forms: [.init(lexeme: word, likeness: 1, entries: entries, headEntries: head)],
            isGeneral: isGeneral)
    }

    @Test("Rare words find candidates by themselves; common ones only together")
    func budgets() {
        let few = SearchTerms(terms: [term("a", 10), term("b", 20)], entries: 100)
        #expect(few.searchQueries == .init(rare: "'a' | 'b'", common: ""))
        let many = SearchTerms(
            terms: [term("rare", 10), term("x", 20_000), term("y", 30_000), term("z", 40_000)], entries: 100_000)
        #expect(many.searchQueries == .init(rare: "'rare'", common: "('x' & 'y' & 'z')"))
        let one = SearchTerms(terms: [term("x", 20_000)], entries: 100_000)
        #expect(one.searchQueries == .init(rare: "", common: "('x')"))
        let exact = SearchTerms(terms: [term("rare", 10), term("x", 2_000)], entries: 2_500, isExact: true)
        #expect(exact.headQueries == .init(rare: "'rare' | 'x'", common: ""))
    }

    @Test("A rare word weighs more than a common one; without any specific word the general ones count")
    func weights() {
        let terms = SearchTerms(terms: [term("rare", 1), term("often", 90, isGeneral: true)], entries: 100)
        #expect(terms.weight(of: terms.terms[0]) > terms.weight(of: terms.terms[1]))
        #expect(terms.specificWeight == terms.weight(of: terms.terms[0]))
        let general = SearchTerms(terms: [term("month", 5, isGeneral: true)], entries: 100)
        #expect(general.specificWeight > 0)
        #expect(SearchTerms(terms: [.init(word: "x", forms: [], isGeneral: false)], entries: 10).isEmpty)
    }

    @Test("Lexemes are quoted for a text query")
    func quoting() {
        #expect(SearchTerms(terms: [term("o'b\\c", 1)], entries: 10).anyQuery == "'o''b\\\\c'")
    }
}

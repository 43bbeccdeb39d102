import Testing

@testable import Dash

@Suite struct NeutralQuestionTests {
    @Test(
        "A statement's question is made of its own names and values",
        arguments: [
            ("SELECT urgency, count(*) AS stays FROM admissions GROUP BY 1", "Stays by urgency of admissions"),
            ("SELECT sum(cost) AS total_cost FROM public.admissions", "Total cost of admissions"),
            ("SELECT count(*) FROM admissions", "Admissions"),
            ("SELECT ward FROM admissions WHERE urgency = 'planned'", "Ward of admissions for planned"),
            (
                "SELECT ward FROM stays WHERE ward NOT IN ('icu', 'er') AND kind <> 'x'",
                "Ward of stays without icu, er and x"
            ),
            (
                "SELECT plan, sum(mrr) AS mrr FROM s WHERE at > now() - INTERVAL '6 months' GROUP BY 1 ORDER BY mrr DESC LIMIT 3",
                "Mrr by plan of s, last 6 months, top 3"
            ),
        ])
    func texts(_ sql: String, _ expected: String) {
        #expect(NeutralQuestion.text(for: sql) == expected)
    }

    @Test("A statement without names has no question")
    func nothing() {
        #expect(NeutralQuestion.text(for: "SELECT 1") == nil)
        #expect(NeutralQuestion.text(for: "") == nil)
    }

    @Test(
        "Names that somebody said are told from words of the statement",
        arguments: [
            ("Stays for Bob Smith", "I need this for Bob Smith's salary review: stays by urgency", ["bob", "smith"]),
            ("Stays by smith", "it is for smith's review", ["smith"]),
            ("Stays by urgency", "I need this for Bob Smith", []), ("Stays of Surgery", "Stays in Surgery?", []),
            ("MRR in March", "What was MRR in March?", []),
        ])
    func names(_ text: String, _ said: String, _ expected: [String]) {
        let sql = "SELECT urgency, count(*) FROM admissions WHERE ward = 'surgery' GROUP BY 1"
        #expect(NeutralQuestion.names(in: text, from: said, notIn: sql) == expected)
    }
}

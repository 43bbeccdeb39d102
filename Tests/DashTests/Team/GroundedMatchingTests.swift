import Testing

@testable import Dash

@Suite struct GroundedMatchingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var question: String
        /// A query's name, `?` for a clarification, `-` for no query that fits.
        var expected: String

        init(_ question: String, _ expected: String) {
            self.question = question
            self.expected = expected
        }

        var testDescription: String { question }
    }

    static func name(_ outcome: Matcher.Outcome) -> String {
        switch outcome {
        case .answer(let candidate): name(candidate)
        case .ambiguous, .several: "?"
        case .none: "-"
        }
    }

    static func name(_ candidate: Candidate) -> String { candidate.query.name }

    static let hospitalCases = [
        Case("Which ward has the highest readmission rate?", "readmissions_by_ward"),
        Case("which WARD has the highest readmission rate", "readmissions_by_ward"),
        Case("Which unit has the lowest readmission rate?", "readmissions_by_ward"),
        Case("readmission rates by department", "readmissions_by_ward"),
        Case("Show me the readmission rate per ward please", "readmissions_by_ward"),
        Case("How do admissions develop over time?", "admissions_by_month"),
        Case("Admissions by month", "admissions_by_month"),
        Case("admission trend over the last 12 months", "admissions_by_month"),
        Case("Monthly admissions in the past year", "admissions_by_month"),
        Case("Monthly admissions last year", "-"),
        Case("Admissions by month in 2023", "-"),
        Case("Admissions by month in the last 3 months", "-"),
        Case("Admissions last week", "-"),
        Case("What's our average length of stay?", "-"),
        Case("What is the ALOS by ward?", "-"),
        Case("length of stay per department", "-"),
        Case("Which ward has the best ALOS?", "-"),
        Case("ALOS for surgery", "-"),
        Case("ALOS for emergency stays by ward", "-"),
        Case("ALOS in cardiology", "-"),
        Case("ALOS by blood group", "-"),
        Case("ALOS last month", "-"),
        Case("top 3 ALOS", "-"),
        Case("How many occupied beds do we have right now?", "-"),
        Case("How many patients do we have?", "-"),
        Case("How many patients do we have in Paris?", "-"),
        Case("Which wards are there?", "-"),
        Case("What blood types exist?", "-"),
        Case("What names are there?", "-"),
        Case("How many wards are there?", "-"),
        Case("patients", "?"),
        Case("Which blood groups do we have?", "-"),
        Case("treatment cost by urgency", "-"),
        Case("What was the treatment cost in 2024?", "-"),
        Case("current treatment cost", "-"),
        Case("Who is waiting for a bed?", "waiting_patients"),
        Case("Which patients are waiting?", "waiting_patients"),
        Case("Readmission rate by ward including planned stays", "-"),
        Case("Why do patients come back?", "-"),
        Case("What will admissions be next month?", "-"),
        Case("weather in Paris", "-"),
        Case("How many IT wards are there?", "-"),
        Case("How many wards are there in the US?", "-"),
        Case("Admissions in the us by month", "-"),
        Case("Tell us the admissions by month", "admissions_by_month"),
        Case("Show ALL admissions BY month", "admissions_by_month"),
        Case("Admissions by quarter", "-"),
        Case("Admissions per week", "-"),
        Case("daily admissions", "-"),
        Case("yearly admissions", "-"),
        Case("Which month has the most admissions?", "admissions_by_month"),
        Case("Which urgency has the most readmissions?", "-"),
        Case("waiting patients by ward", "-"),
        Case("Which ward has the most waiting patients?", "-"),
        Case("How much waiting is there for a bed?", "-"),
        Case("How many inpatients do we have right now?", "-"),
        Case("Good morning, how many patients do we have?", "-"),
        Case("Good morning! Admissions by month please", "admissions_by_month"),
    ]

    @Test("A hospital's questions find what answers them in full, and nothing else", arguments: hospitalCases)
    func hospitalQuestion(_ item: Case) {
        #expect(Self.name(Matcher(knowledge: MadeUpKnowledge.hospital).match(item.question)) == item.expected)
    }

    static let shopCases = [
        Case("What are our best selling products?", "best_sellers"),
        Case("Top products by turnover", "best_sellers"),
        Case("top 3 products by turnover", "best_sellers"),
        Case("top 20 products by turnover", "best_sellers"),
        Case("top 500 products by turnover", "-"),
        Case("Which product has the lowest turnover?", "-"),
        Case("Products by turnover in Germany", "-"),
        Case("Show turnover trends by category over the last 6 months", "turnover_by_category_and_month"),
        Case("turnover by category and month", "turnover_by_category_and_month"),
        Case("turnover trend by product group, past six months", "turnover_by_category_and_month"),
        Case("turnover trends by category over the last 12 months", "-"),
        Case("turnover by category", "-"),
        Case("What is our turnover?", "-"),
        Case("What's our GMV?", "-"),
        Case("sales by sales channel", "-"),
        Case("sales by channel", "-"),
        Case("GMV for the app", "-"),
        Case("GMV by country", "-"),
        Case("GMV by country and channel", "-"),
        Case("GMV by brand", "-"),
        Case("Which channel has the highest return rate?", "-"),
        Case("return rate by country", "-"),
        Case("return rate yesterday", "-"),
        Case("How many carts are abandoned?", "abandoned_carts"),
        Case("abandoned carts by channel", "abandoned_carts"),
        Case("abandoned carts in the app", "-"),
        Case("How many orders do we have?", "-"),
        Case("How many orders were not shipped?", "-"),
        Case("customers without orders", "customers_without_orders"),
        Case("How many customers never ordered?", "customers_without_orders"),
        Case("customers with orders", "-"),
        Case("How many orders above 1000?", "-"),
        Case("median order value", "-"),
        Case("rate by channel", "-"),
        Case("How many channels do we have?", "-"),
        Case("How many purchases do we have?", "-"),
        Case("Which channels do we have?", "-"),
        Case("Which product categories exist?", "-"),
        Case("products", "?"),
        Case("turnover", "-"),
        Case("return rates for each channel", "-"),
        Case("Return the GMV by channel", "-"),
        Case("GMV broken down by country", "-"),
        Case("GMV breakdown by country", "-"),
        Case("Is GMV up?", "-"),
        Case("How will GMV develop?", "-"),
        Case("average order value", "-"),
        Case("GMV in the US", "-"),
        Case("abandoned carts by country", "-"),
        Case("Which customers never ordered?", "-"),
        Case("top customers without orders", "-"),
        Case("turnover by category and week", "-"),
    ]

    @Test("A shop's questions find what answers them in full, and nothing else", arguments: shopCases)
    func shopQuestion(_ item: Case) {
        #expect(Self.name(Matcher(knowledge: MadeUpKnowledge.shop).match(item.question)) == item.expected)
    }

    @Test(
        "A refusal names the words that nothing accounts for",
        arguments: [
            ("Admissions by month in Bavaria", ["bavaria"]), ("Admissions by month in 2023", ["2023"]),
        ])
    func namesWhatIsMissing(_ question: String, _ missing: [String]) {
        guard case .none(let words, _) = Matcher(knowledge: MadeUpKnowledge.hospital).match(question) else {
            Issue.record("\(question) was answered")
            return
        }
        #expect(words == missing)
    }

    @Test(
        "Slips of the keyboard are put right, other words are left alone",
        arguments: [
            ("wich ward has teh highest readmission rate", "which ward has the highest readmission rate"),
            ("admissoins by month", "admissions by month"), ("curent occupied beds", "current occupied beds"),
            ("readmision rate by ward", "readmission rate by ward"), ("ALOS by ward", nil), ("ALSO by ward", nil),
            ("admissions in Wadr", nil), ("words by month", nil), ("admissions 1020", nil), ("warden by month", nil),
        ] as [(String, String?)])
    func spelling(_ text: String, _ expected: String?) {
        #expect(Spelling(MadeUpKnowledge.hospital).corrected(text) == expected)
    }

    @Test("Every question that a curated query lists finds that query", arguments: [0, 1])
    func listedQuestions(_ index: Int) {
        let knowledge = [MadeUpKnowledge.hospital, MadeUpKnowledge.shop][index]
        for query in knowledge.queries {
            for question in query.query.questions {
                #expect(Self.name(Matcher(knowledge: knowledge).match(question)) == query.query.name)
            }
        }
    }

    @Test("A word nobody knows is never dropped", arguments: [0, 1])
    func foreignWords(_ index: Int) {
        let knowledge = [MadeUpKnowledge.hospital, MadeUpKnowledge.shop][index]
        for question in knowledge.queries.flatMap(\.query.questions)
            + knowledge.metrics.map({ "What is our \($0.name)?" })
        {
            for addition in ["in Zanzibar", "for unicorns", "since 2019", "excluding weekends", "more than 7"] {
                let asked = (question.hasSuffix("?") ? String(question.dropLast()) : question) + " " + addition
                if case .answer(let candidate) = Matcher(knowledge: knowledge).match(asked) {
                    Issue.record("“\(asked)” was answered by \(Self.name(candidate))")
                }
            }
        }
    }
}

import Testing

@testable import Dash

@Suite struct GroundedNarrationTests {
    static func narrate(
        _ question: String, _ columns: [(String, ColumnType)], _ rows: [[String?]], sql: String = "",
        today: String? = nil, of rowCount: Int? = nil
    ) -> (narration: Narration, table: ResultTable) {
        let table = ResultTable(
            id: "result_1", sql: sql, columns: columns.map { .init(name: $0.0, type: $0.1) }, rows: rows,
            isTruncated: false,
            milliseconds: 1)
        let narrator = Narrator(
            question: Wording(question), title: "Beds by ward", name: "Beds by ward", definition: "Beds in use.",
            table: table, isComplete: rowCount == nil, rowCount: rowCount ?? table.rows.count,
            labels: ColumnLabels(knowledge: MadeUpKnowledge.hospital), tables: ["admissions"], higherIsBetter: nil,
            today: today)
        return (narrator.narrate(), table)
    }

    @Test("A ranking names the first, the next and the last")
    func rank() {
        let (narration, _) = Self.narrate(
            "Which ward has the highest readmission rate?", [("ward", .text), ("readmission_pct", .decimal)],
            [["icu", "12.5"], ["surgery", "9.0"], ["maternity", "1.5"]])
        #expect(narration.headline == "icu has the highest readmission: 12.5%.")
        #expect(narration.meaning == "Next is surgery with 9%; maternity has the lowest with 1.5%.")
        #expect(narration.chart?.form == .bar)
        let (lowest, _) = Self.narrate(
            "Which ward has the lowest readmission rate?", [("ward", .text), ("readmission_pct", .decimal)],
            [["icu", "12.5"], ["surgery", "9.0"], ["maternity", "1.5"]])
        #expect(lowest.headline == "maternity has the lowest readmission: 1.5%.")
    }

    @Test("Only what the statement sums or counts is added up")
    func shares() {
        let rows: [[String?]] = [["icu", "30"], ["surgery", "10"]]
        let (counted, _) = Self.narrate(
            "beds by ward", [("ward", .text), ("beds", .integer)], rows,
            sql: "SELECT ward, COUNT(*) AS beds FROM b GROUP BY ward")
        #expect(counted.headline == "Beds by ward: icu leads with 30, 75% of 40.")
        let (averaged, _) = Self.narrate(
            "beds by ward", [("ward", .text), ("beds", .decimal)], rows,
            sql: "SELECT ward, AVG(x) AS beds FROM b GROUP BY ward")
        #expect(averaged.headline == "Beds by ward: highest for icu (30), lowest for surgery (10).")
    }

    @Test("A list of which only the first rows are seen says how many there are")
    func partlySeen() {
        let rows = (1...20).map { [String?.some("stay \($0)")] }
        let (narration, _) = Self.narrate("stays without a bill", [("stay", .text)], rows, of: 417)
        #expect(narration.headline.hasPrefix("Beds by ward: 417 found, first stay 1"))
    }

    @Test("A series compares complete periods only")
    func series() {
        let rows: [[String?]] = [
            ["2026-08-01", "100"], ["2026-09-01", "120"], ["2026-10-01", "150"], ["2026-11-01", "20"],
        ]
        let (narration, _) = Self.narrate(
            "admissions over time", [("month", .date), ("admissions", .integer)], rows, today: "2026-11-12")
        #expect(narration.headline == "Admissions: 150 in Oct 2026, up 25% from Sep 2026.")
        #expect(
            narration.meaning == "Since Aug 2026 it went from 100 to 150 (up 50%); this is the highest of the period.")
        #expect(narration.caveats == ["Nov 2026 is not over yet; the comparison leaves it out."])
        #expect(narration.chart?.form == .line)
    }

    @Test("Columns that add up to a total are parts of it")
    func wide() {
        let rows: [[String?]] = [["2026-08-01", "10", "30", "40"], ["2026-09-01", "12", "48", "60"]]
        let (narration, _) = Self.narrate(
            "beds by ward over time",
            [("month", .date), ("icu_beds", .integer), ("surgery_beds", .integer), ("total_beds", .integer)], rows)
        #expect(narration.headline == "Beds by ward in Sep 2026: surgery leads with 48, 80% of 60.")
        #expect(narration.chart?.values == ["icu_beds", "surgery_beds"])
    }

    @Test("Beside its earlier value a number says how it changed")
    func earlier() {
        let (narration, _) = Self.narrate(
            "beds",
            [
                ("beds", .integer), ("wards", .integer), ("beds_one_month_ago", .integer), ("change_pct", .decimal),
            ], [["110", "4", "100", "10.0"]])
        #expect(narration.headline == "Beds: 110.")
        #expect(narration.meaning == "Up 10% on one month ago (100). Beside it: wards 4.")
        let (rate, _) = Self.narrate(
            "occupancy", [("occupancy_pct", .decimal), ("previous_occupancy_pct", .decimal)], [["80.0", "82.5"]])
        #expect(rate.meaning == "Down 2.5 points on the previous value (82.5%).")
        let (other, _) = Self.narrate(
            "beds", [("beds", .integer), ("patients_one_month_ago", .integer)], [["110", "100"]])
        #expect(other.meaning == "Beside it: patients one month ago 100.")
    }

    @Test("What opens and closes a period is worth its closing value")
    func closing() {
        let (narration, _) = Self.narrate(
            "beds in September 2026",
            [("month", .date), ("starting_beds", .integer), ("new_beds", .integer), ("ending_beds", .integer)],
            [["2026-08-01", "10", "2", "12"], ["2026-09-01", "12", "3", "15"], ["2026-10-01", "15", "1", "16"]])
        #expect(narration.headline.hasPrefix("Ending beds in Sep 2026: 15, up 25% from Aug 2026"))
    }

    @Test("Of a series per thing only the asked period is told")
    func period() {
        let rows: [[String?]] = [
            ["2026-08-01", "icu", "10"], ["2026-08-01", "surgery", "30"], ["2026-09-01", "icu", "25"],
            ["2026-09-01", "surgery", "20"],
        ]
        let columns: [(String, ColumnType)] = [("month", .date), ("ward", .text), ("beds", .integer)]
        let (narration, _) = Self.narrate("beds by ward in August 2026", columns, rows)
        #expect(narration.headline == "Beds (Aug 2026) by ward: highest for surgery (30), lowest for icu (10).")
        let (rank, _) = Self.narrate("which ward had the most beds in August 2026", columns, rows)
        #expect(rank.headline == "surgery has the highest beds: 30.")
    }

    @Test("No rows, no value, no measure: said as it is")
    func nothing() {
        #expect(Self.narrate("beds", [("beds", .integer)], []).narration.headline.contains("returned no rows"))
        #expect(
            Self.narrate("beds", [("beds", .integer)], [[nil]]).narration.headline
                == "Beds has no value yet: no row fits its definition.")
        #expect(
            Self.narrate("which wards", [("ward", .text)], [["icu"], ["surgery"]]).narration.headline
                == "2 wards: icu and surgery.")
    }

    @Test("A number of things is said as a total first, then by its parts")
    func total() {
        let rows: [[String?]] = [["admitted", "60"], ["discharged", "30"], ["waiting", "10"]]
        let sql = "SELECT state, count(*) AS patients FROM p GROUP BY state"
        let (narration, _) = Self.narrate(
            "How many patients do we have?", [("state", .text), ("patients", .integer)], rows, sql: sql)
        #expect(narration.headline == "Patients: 100 in total.")
        #expect(
            narration.meaning == "By state: admitted 60 (60%), discharged 30 (30%) and waiting 10 (10%).")
    }

    @Test("A row that the question names is the one that is said")
    func namedRow() {
        let rows: [[String?]] = [["admitted", "60"], ["discharged", "30"], ["waiting", "10"]]
        let (narration, _) = Self.narrate(
            "How many patients are waiting?", [("state", .text), ("patients", .integer)], rows,
            sql: "SELECT state, count(*) AS patients FROM p GROUP BY state")
        #expect(narration.headline == "waiting: patients is 10, 10% of 100.")
    }

    @Test("Where the question asks for some rows and names none of them, all are said and none leads")
    func unsaid() {
        let (narration, _) = Self.narrate(
            "How many bills are unsettled?", [("status", .text), ("bills", .integer)],
            [["settled", "90"], ["open", "10"]],
            sql: "SELECT status, count(*) AS bills FROM b GROUP BY status")
        #expect(narration.headline == "Bills by status: settled 90 and open 10.")
    }

    @Test(
        "The column is chosen by the question's words",
        arguments: [
            ("How many beds are in use right now?", "Beds in use: 40."),
            ("How many beds were in use one month ago?", "Beds in use one month ago: 30."),
            ("What is the bed occupancy rate?", "Occupancy is 80%."),
            ("How long do patients stay?", "Avg stay is 4.5 days."),
        ])
    func column(_ question: String, _ headline: String) {
        let (narration, _) = Self.narrate(
            question,
            [
                ("beds_in_use_one_month_ago", .integer), ("patients", .integer), ("beds_in_use", .integer),
                ("occupancy_pct", .decimal), ("avg_stay_days", .decimal),
            ], [["30", "70", "40", "80", "4.5"]])
        #expect(narration.headline == headline)
    }

    @Test("Initials stand for the words of the question")
    func initials() {
        let (narration, _) = Self.narrate(
            "What is our gross ticket value?", [("tickets", .integer), ("gtv", .decimal)], [["7", "120"]])
        #expect(narration.headline == "GTV is 120.")
    }

    @Test("Numbers of things between which the question does not decide are all said")
    func undecided() {
        let (narration, _) = Self.narrate(
            "How many referrals are there?",
            [("accepted_referrals", .integer), ("declined_referrals", .integer)], [["12", "5"]])
        #expect(narration.headline == "Accepted referrals 12 and declined referrals 5.")
    }

    @Test("A metric that is named picks the column that computes it")
    func namedMetric() {
        let (narration, _) = Self.narrate(
            "average length of stay by ward", [("ward", .text), ("stays", .integer), ("typical", .decimal)],
            [["icu", "9", "2"], ["day", "3", "4"]],
            sql:
                "SELECT ward, COUNT(*) AS stays, ROUND(AVG(EXTRACT(EPOCH FROM discharged_at - admitted_at) / 86400), 1) AS typical FROM a GROUP BY ward"
        )
        #expect(narration.headline == "Typical by ward: highest for day (4), lowest for icu (2).")
    }

    @Test(
        "A period that the question names is said, and its absence too",
        arguments: [
            ("visits last year", "Visits in 2025: 50, up 25% from 2024."), ("visits this year", "Visits in 2026: 20."),
            ("visits in 2024", "Visits in 2024: 40."), ("visits in 2019", "Visits: 50 in 2025, up 25% from 2024."),
        ])
    func askedPeriod(_ question: String, _ headline: String) {
        let (narration, _) = Self.narrate(
            question, [("year", .integer), ("visits", .integer), ("first_visit", .date), ("last_visit", .date)],
            [
                ["2024", "40", "2024-02-01", "2024-12-30"], ["2025", "50", "2025-01-01", "2025-12-30"],
                ["2026", "20", "2026-01-02", "2026-03-30"],
            ], today: "2026-04-01")
        #expect(narration.headline == headline)
        #expect(narration.caveats.contains { $0.contains("2019") } == question.contains("2019"))
    }

    @Test("A named category has its own course")
    func ownSeries() {
        let (narration, _) = Self.narrate(
            "icu stays over time", [("month", .date), ("ward", .text), ("stays", .integer)],
            [
                ["2026-01-01", "icu", "10"], ["2026-01-01", "day", "50"], ["2026-02-01", "icu", "12"],
                ["2026-02-01", "day", "60"],
            ])
        #expect(narration.headline == "Stays (icu): 12 in Feb 2026, up 20% from Jan 2026.")
    }

    @Test("Asked for a moment, a date is said")
    func moment() {
        let (narration, _) = Self.narrate(
            "How fresh is the data?", [("source", .text), ("rows", .integer), ("latest_entry", .date)],
            [["visits", "900", "2026-03-04"], ["bills", "3", "2026-02-01"]])
        #expect(narration.headline == "Latest entry: 2026-03-04 (visits).")
        #expect(narration.meaning == "Furthest back is bills with 2026-02-01.")
    }

    @Test("Two groups are told apart by what differs, not by their sizes")
    func contrast() {
        let (narration, _) = Self.narrate(
            "Why do donors leave?",
            [("donors", .text), ("people", .integer), ("avg_gift", .decimal), ("contact_pct", .decimal)],
            [["staying", "900", "20.5", "60.0"], ["left", "100", "20.0", "12.0"]])
        #expect(
            narration.headline
                == "staying and left compared: contact 60% against 12%, avg gift 20.5 against 20.")
    }

    @Test("A list that is cut has no average, and rows without a name of their own go by their number")
    func cutList() {
        let rows = (1...14).map { ["\($0)", $0 % 2 == 0 ? "icu" : "day", "\(30 - $0)"] as [String?] }
        let columns: [(String, ColumnType)] = [("stay_id", .integer), ("ward", .text), ("stay_days", .integer)]
        let cut = Self.narrate("Which stays are longest?", columns, rows, sql: "SELECT * FROM s LIMIT 14").narration
        #expect(cut.headline.hasPrefix("Beds by ward: at least 14 found, first stay 1 (day)"))
        #expect(cut.meaning == "The highest stay among them is 29 days (stay 1 (day)).")
        let whole = Self.narrate("Which stays are longest?", columns, rows, sql: "SELECT * FROM s LIMIT 50").narration
        #expect(whole.meaning?.contains("average") == true)
    }

    @Test("Parts of a whole are shares; growth from next to nothing is no percentage")
    func proportions() {
        let (parts, _) = Self.narrate(
            "beds by ward", [("ward", .text), ("beds", .integer)], [["icu", "190"], ["day", "10"]],
            sql: "SELECT ward, COUNT(*) AS beds FROM b GROUP BY ward")
        #expect(parts.meaning == "Then day with 5% (10).")
        let (growth, _) = Self.narrate(
            "visits over time", [("month", .date), ("visits", .integer)],
            [["2026-01-01", "2"], ["2026-02-01", "80"], ["2026-03-01", "96"]])
        #expect(growth.meaning == "Since Jan 2026 it went from 2 to 96; this is the highest of the period.")
    }

    @Test("A unit in a column's name goes with the value; money words share the tables' one currency")
    func units() {
        let labels = ColumnLabels(knowledge: MadeUpKnowledge.hospital)
        #expect(labels.label("avg_cost_eur") == "avg cost")
        #expect(labels.unit(.init(name: "avg_cost_eur", type: .decimal), in: []) == "EUR")
        #expect(labels.label("age_days") == "age")
        #expect(labels.unit(.init(name: "age_days", type: .decimal), in: []) == "days")
        #expect(labels.unit(.init(name: "revenue_each", type: .decimal), in: ["admissions"]) == "EUR")
        #expect(labels.unit(.init(name: "revenue_each", type: .decimal), in: ["patients"]) == nil)
    }

    @Test("Whatever the table, every number that is said is in it or follows from it", arguments: 1...150)
    func groundedWords(_ seed: Int) {
        var random = AnswerNumberTests.Random(state: UInt64(seed) &* 7_919)
        let types: [(String, ColumnType)] = [
            ("month", .date), ("ward", .text), ("cost", .decimal), ("stays", .integer), ("share_pct", .decimal),
            ("region", .text),
        ]
        let columns = types.filter { _ in Int.random(in: 0...2, using: &random) > 0 }
        guard !columns.isEmpty else { return }
        let count = Int.random(in: 0...40, using: &random)
        let rows = (0..<count).map { row in
            columns.map { name, type -> String? in
                if Int.random(in: 0...15, using: &random) == 0 { return nil }
                switch (name, type) {
                case ("month", _): return "2026-\(["01", "02", "03", "04", "05", "06", "07"][row % 7])-01"
                case ("ward", _): return ["icu", "surgery", "maternity", "day care"][row % 4]
                case ("region", _): return "region \(row)"
                case (_, .integer): return "\(Int.random(in: -5...9_000, using: &random))"
                default:
                    return NumberText.rounded(
                        Double(Int.random(in: -500...900_000, using: &random)) / 100, places: 2, padded: true)
                }
            }
        }
        let list = columns.map { $0.1 == .integer ? "SUM(x) AS \($0.0)" : $0.0 }.joined(separator: ", ")
        for question in [
            "stays by ward", "Which ward has the highest cost?", "top 3 regions by stays", "cost over time",
            "how many stays", "lowest share by region", "icu against surgery",
        ] {
            let (narration, table) = Self.narrate(
                question, columns, rows, sql: "SELECT \(list) FROM t", today: "2026-07-15")
            let check = NumberCheck(results: [table], curated: ["3"])
            let text = [narration.headline, narration.meaning ?? ""].joined(separator: " ")
            #expect(check.unknown(in: text) == [], "\(question): \(text)")
            if let chart = narration.chart {
                #expect(
                    ([chart.category] + chart.values + [chart.series].compactMap { $0 }).allSatisfy { name in
                        columns.contains { $0.0 == name }
                    })
            }
        }
    }
}

import Testing

@testable import Dash

@Suite struct GroundedNarrationTests {
    static func narrate(
        _ question: String, _ columns: [(String, ColumnType)], _ rows: [[String?]], sql: String = "",
        today: String? = nil
    ) -> (narration: Narration, table: ResultTable) {
        let table = ResultTable(
            id: "result_1", sql: sql, columns: columns.map { .init(name: $0.0, type: $0.1) }, rows: rows,
            isTruncated: false,
            milliseconds: 1)
        let narrator = Narrator(
            question: Reading(question), title: "Beds by ward", name: "Beds by ward", definition: "Beds in use.",
            table: table, isComplete: true,
            labels: ColumnLabels(knowledge: MadeUpKnowledge.hospital), tables: ["admissions"], higherIsBetter: nil,
            today: today,
            parts: nil)
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

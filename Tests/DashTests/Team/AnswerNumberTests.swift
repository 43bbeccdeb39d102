import Testing

@testable import Dash

@Suite struct AnswerNumberTests {
    static let table = ResultTable(
        id: "result_1", sql: "",
        columns: [
            .init(name: "month", type: .date), .init(name: "plan", type: .text), .init(name: "mrr", type: .decimal),
            .init(name: "seats", type: .integer),
        ],
        rows: [
            ["2026-09-01", "basic", "1200.50", "12"], ["2026-09-01", "pro", "8000.00", "40"],
            ["2026-10-01", "basic", "1300.25", "13"], ["2026-10-01", "pro", "8890.00", "45"],
        ], isTruncated: false, milliseconds: 1)

    @Test(
        "Numbers that are in a result or follow from it are known",
        arguments: [
            "MRR is $8,890.00.", "MRR is 8890", "MRR is $8.9k.", "MRR is 8.89K", "4 rows", "2 plans", "pro grew by 890",
            "pro grew 11.1%", "basic grew 8.3% to 1,300.25", "Oct 2026 had $10,190.25", "up 10.8% from Sep 2026",
            "87.2% of 10,190.25",
            "110 seats in all", "27.5 seats on average", "since 2026-09-01", "on September 1, 2026", "in 2026",
            "pro is 6.8 times basic",
            "$197.56 per seat", "pro is 6.8x basic", "a 7-fold lead", "by a factor of 6.8", "100 EUR each seat",
            "pro has 3.3 times the seats", "Q3 was fine", "fell by 4", "ROI of plan B2B",
        ])
    func known(_ text: String) {
        #expect(NumberCheck(results: [Self.table]).unknown(in: text) == [])
    }

    @Test(
        "Numbers from elsewhere are named",
        arguments: [
            ("MRR is $8,891.00.", "8,891.00"), ("up 23.7%", "23.7%"), ("in Nov 2026", "Nov 2026"), ("in 2025", "2025"),
            ("77 seats", "77"),
            ("MRR is $9.4k", "9.4k"), ("on 2026-09-02", "2026-09-02"), ("1,300.26", "1,300.26"), ("-8,889", "8,889"),
            // A ratio of two cells, but nothing says so; seats less MRR have no unit.
            ("7 plans", "7"), ("198 seats", "198"), ("1,188.50 left", "1,188.50"),
            ("1" + String(repeating: "0", count: 400), "1" + String(repeating: "0", count: 400)),
        ])
    func foreign(_ text: String, _ number: String) {
        #expect(NumberCheck(results: [Self.table]).unknown(in: text) == [number])
    }

    @Test("Curated texts may be repeated with their units, not without")
    func curated() {
        let check = NumberCheck(results: [Self.table], curated: ["the last 30 days", "10 % discount"])
        #expect(check.unknown(in: "over the last 30 days") == [])
        #expect(check.unknown(in: "30 people") == ["30"])
        #expect(check.unknown(in: "with 10% off") == ["10%"] || check.unknown(in: "with 10% off") == [])
    }

    struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    @Test(
        "Every cell of any table is known however it is formatted, and a value next to none is not", arguments: 1...40)
    func cells(_ seed: Int) {
        var random = Random(state: UInt64(seed))
        let rows = (0..<Int.random(in: 1...30, using: &random)).map { _ -> [String?] in
            let number = Double(Int.random(in: -9_999_999...9_999_999, using: &random)) / 100
            return ["x", NumberText.rounded(number, places: 2, padded: true)]
        }
        let table = ResultTable(
            id: "r", sql: "", columns: [.init(name: "a", type: .text), .init(name: "n", type: .decimal)], rows: rows,
            isTruncated: false, milliseconds: 0)
        let check = NumberCheck(results: [table])
        for cell in rows.compactMap({ $0[1] }) {
            for unit in [nil, "USD", "EUR", "CHF"] {
                #expect(check.unknown(in: "It is \(NumberText.formatted(cell, unit: unit)).") == [])
            }
        }
        // Far outside of everything the cells can make.
        #expect(check.unknown(in: "It is 987,654,321.37.") == ["987,654,321.37"])
    }

    /// Groups with a whole and a broken measure.
    static func table(_ random: inout Random, rows: ClosedRange<Int>) -> ResultTable {
        let rows = (0..<Int.random(in: rows, using: &random)).map { row -> [String?] in
            [
                "group \(row + 1000)", "\(Int.random(in: 1_000...99_999, using: &random))",
                NumberText.rounded(Double.random(in: 1_000...99_999, using: &random), places: 2, padded: true),
            ]
        }
        return ResultTable(
            id: "r", sql: "",
            columns: [
                .init(name: "a", type: .text), .init(name: "n", type: .integer), .init(name: "d", type: .decimal),
            ],
            rows: rows, isTruncated: false, milliseconds: 0)
    }

    @Test(
        "Numbers that somebody made up are caught, small and large, with and without decimals",
        arguments: [(2...12, 12...99), (2...12, 100...999), (2...12, 1_000...99_999), (13...200, 12...999)])
    func invented(_ rows: ClosedRange<Int>, _ range: ClosedRange<Int>) {
        var random = Random(state: 42)
        var caught = 0
        let (tables, numbers) = (40, 50)
        for _ in 0..<tables {
            let check = NumberCheck(results: [Self.table(&random, rows: rows)])
            for number in 0..<numbers {
                let value = Int.random(in: range, using: &random)
                let text = number % 2 == 0 ? "\(value)" : "\(value).\(Int.random(in: 1...9, using: &random))"
                caught += check.unknown(in: "There were \(text) of them.").isEmpty ? 0 : 1
            }
        }
        #expect(caught >= tables * numbers * 9 / 10, "\(caught) of \(tables * numbers)")
    }

    @Test("Numbers that are copied or rounded from a cell pass", arguments: 1...20)
    func rounded(_ seed: Int) throws {
        var random = Random(state: UInt64(seed))
        let table = Self.table(&random, rows: 1...100)
        let check = NumberCheck(results: [table])
        for cell in table.rows.flatMap({ $0.dropFirst() }).compactMap(\.self) {
            let value = try #require(Double(cell))
            let texts = [
                cell, NumberText.formatted(cell), NumberText.rounded(value, places: 0, padded: false),
                NumberText.rounded(value, places: 1, padded: true),
                NumberText.rounded(value / 1000, places: 1, padded: true) + "k",
                NumberText.rounded(value / 1000, places: 0, padded: false) + " thousand",
            ]
            for text in texts { #expect(check.unknown(in: "It is \(text).") == []) }
        }
    }

    @Test("Cells that are no finite numbers neither pass nor hide the others")
    func notFinite() {
        let cells = ["5001.25", "NaN", "Infinity", "7003.5", "-Infinity", "NaN", "1.7e308", "1.7e308", "42.75"]
        let table = ResultTable(
            id: "r", sql: "", columns: [.init(name: "n", type: .decimal)], rows: cells.map { [$0] }, isTruncated: false,
            milliseconds: 0)
        let check = NumberCheck(results: [table])
        #expect(check.unknown(in: "From 42.75 to 5,001.25 and 7,003.50.") == [])
        #expect(check.unknown(in: "It is 611.17.") == ["611.17"])
    }

    @Test(
        "Numbers are written as people read them",
        arguments: [
            ("1234567.5", "USD", "$1,234,567.50"), ("-0.005", "USD", "-$0.01"), ("-0.001", "USD", "$0.00"),
            ("12.50", "percent", "12.5%"), ("0.123", "ratio", "12.3%"),
            ("1234567", nil, "1,234,567"), ("0.00012", nil, "0.0001"), ("3.14159", nil, "3.14"),
            ("12345678901234567890", nil, "12,345,678,901,234,567,890"),
            ("7", "hours", "7 hours"), ("4.5", "1 to 5", "4.5"), ("99.999", "USD per month", "$100.00"),
            ("NaN", nil, "NaN"), ("text", "USD", "text"),
            ("5", "CHF", "5.00 CHF"),
        ] as [(String, String?, String)])
    func formats(_ text: String, _ unit: String?, _ expected: String) {
        #expect(NumberText.formatted(text, unit: unit) == expected)
    }
}

import Dash
import SlackAPI
import SlackBot
import Testing

@Suite struct CellTextTests {
    private func text(_ value: String?, _ type: ColumnType, name: String = "amount", all: [String?]? = nil) -> String {
        CellText(column: .init(name: name, type: type), values: all ?? [value]).text(value)
    }

    @Test(
        "Cells read well",
        arguments: [
            ("1234567", .integer, "1,234,567"), ("-1234", .integer, "-1,234"), ("999", .integer, "999"),
            ("1234.50", .decimal, "1,234.50"), ("0.0833333333333333", .decimal, "0.08333"),
            ("1234.5678901", .decimal, "1,234.57"), ("-0.000012345", .decimal, "-0.00001235"),
            ("12345678901234567890.123456", .decimal, "12,345,678,901,234,567,890.12"), ("NaN", .decimal, "NaN"),
            ("t", .boolean, "yes"), ("f", .boolean, "no"), ("2026-01-31", .date, "2026-01-31"),
            ("2026-01-31 10:11:12.123456+00", .timestamp, "2026-01-31 10:11:12+00"),
            ("2026-01-31 00:00:00+00", .timestamp, "2026-01-31"), ("a\nb", .text, "a b"), ("", .text, "—"),
            (" ", .text, "—"),
        ] as [(String, ColumnType, String)])
    func texts(_ value: String, _ type: ColumnType, _ expected: String) {
        #expect(text(value, type) == expected)
    }

    @Test("A missing value is a dash, and a text")
    func null() {
        #expect(text(nil, .integer) == "—")
        let cell = CellText(column: .init(name: "n", type: .integer), values: [nil]).cell(nil)
        #expect(cell == .text("—"))
    }

    @Test("Numbers that name something are not grouped", arguments: ["customer_id", "id", "fiscal_year", "zip code"])
    func identifiers(_ name: String) {
        #expect(text("20260", .integer, name: name) == "20260")
    }

    @Test("A moment among midnights keeps all times")
    func mixedTimes() {
        let all = ["2026-01-31 00:00:00+00", "2026-01-31 10:00:00+00"]
        #expect(text(all[0], .timestamp, all: all) == "2026-01-31 00:00:00+00")
    }

    @Test("Long texts are cut")
    func long() {
        #expect(text(String(repeating: "x", count: 5000), .text).count == 200)
    }

    @Test("A number keeps its value beside its text")
    func number() {
        let cell = CellText(column: .init(name: "mrr", type: .decimal), values: []).cell("1234.5")
        #expect(cell == .number(value: 1234.5, text: "1,234.5"))
    }

    @Test(
        "Column names become titles",
        arguments: [
            ("monthly_revenue", "Monthly revenue"), ("mrr", "MRR"), ("share_pct", "Share %"), ("", "—"),
            ("?column?", "?column?"),
        ])
    func titles(_ name: String, _ title: String) {
        #expect(CellText.title(of: name) == title)
    }
}

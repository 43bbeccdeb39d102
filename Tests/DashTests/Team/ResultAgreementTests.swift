import Planner
import Testing

@testable import Dash

@Suite struct ResultAgreementTests {
    private static func table(_ columns: [(String, ColumnType)], _ rows: [[String?]]) -> ResultTable {
        ResultTable(
            id: "r", sql: "", columns: columns.map { .init(name: $0.0, type: $0.1) }, rows: rows, isTruncated: false,
            milliseconds: 1)
    }

    private static let byMonth: [CompiledPlan.Column] = [
        .init(name: "month", role: .dimension), .init(name: "loans", role: .measure),
    ]

    private static func number(_ planned: String?, _ other: [String?]) -> ResultAgreement {
        ResultAgreement(
            planned: table([("fees", .decimal)], [[planned]]), columns: [.init(name: "fees", role: .measure)],
            other: table(other.indices.map { ("c\($0)", .decimal) }, [other]))
    }

    @Test(
        "One number is found among those of the other row, as far as both are written out",
        arguments: [
            (("12.3456", ["7", "12.35"]), true), (("0.0512", ["5.1"]), true), (("5.12", ["0.0512"]), true),
            (("100", ["100.00"]), true), ((nil, ["0"]), true), (("100", ["101"]), false),
            (("12.3", ["12.4", "11"]), false), (("12.3", ["12.4"]), false),
        ] as [((String?, [String?]), Bool)])
    func numbers(_ pair: (String?, [String?]), _ isSame: Bool) {
        #expect((Self.number(pair.0, pair.1) == .same) == isSame)
    }

    @Test("Rows are held together by what they are about, in any order and with further columns")
    func rows() {
        let planned = Self.table(
            [("month", .date), ("loans", .integer)], [["2026-01-01", "4"], ["2026-02-01", "5"], ["2026-03-01", "6"]])
        let other = Self.table(
            [("m", .text), ("visits", .integer), ("loans", .integer)],
            [["2026-03", "9", "6"], ["2026-02", "9", "5"], ["2026-01", "9", "4"]])
        #expect(ResultAgreement(planned: planned, columns: Self.byMonth, other: other) == .same)
        var wrong = other
        wrong.rows[1][2] = "7"
        #expect(
            ResultAgreement(planned: planned, columns: Self.byMonth, other: wrong)
                == .different(planned: "5", other: "7", group: "2026-02"))
    }

    @Test("Rows agree by the names that stand beside their keys, and lists by the things that they name")
    func names() {
        let columns: [CompiledPlan.Column] = [
            .init(name: "member_id", role: .dimension), .init(name: "member", role: .attribute),
        ]
        let planned = Self.table([("member_id", .integer), ("member", .text)], [["1", "Ada"], ["2", "Bob"]])
        let other = Self.table([("who", .text), ("city", .text)], [["Bob", "LY"], ["Ada", "GR"]])
        #expect(ResultAgreement(planned: planned, columns: columns, other: other) == .same)
        let fewer = Self.table([("who", .text)], [["Bob"]])
        #expect(ResultAgreement(planned: planned, columns: columns, other: fewer) == .incomparable)
        let others = Self.table([("who", .text)], [["Bob"], ["Eve"]])
        #expect(ResultAgreement(planned: planned, columns: columns, other: others) == .incomparable)
        let bySeat = Self.table([("seat", .text), ("city", .text)], [["A", "LY"], ["B", "GR"]])
        let seats: [CompiledPlan.Column] = [
            .init(name: "row", role: .dimension), .init(name: "city", role: .attribute),
        ]
        let rows = Self.table([("row", .integer), ("city", .text)], [["1", "GR"], ["2", "LY"]])
        #expect(ResultAgreement(planned: rows, columns: seats, other: bySeat) == .same)
        let counted = Self.table(
            [("member_id", .integer), ("member", .text), ("loans", .integer)], [["1", "Ada", "4"], ["2", "Bob", "5"]])
        let ranked = Self.table([("who", .text), ("loans", .integer)], [["Bob", "5"], ["Ada", "4"]])
        let measured = columns + [.init(name: "loans", role: .measure)]
        #expect(ResultAgreement(planned: counted, columns: measured, other: ranked) == .same)
    }

    @Test("One number agrees with the parts that add up to it, and with no others")
    func parts() {
        let parts = Self.table([("branch", .text), ("loans", .integer)], [["Central", "4"], ["Hilltop", "5"]])
        func agreement(_ total: String) -> ResultAgreement {
            ResultAgreement(
                planned: Self.table([("loans", .integer)], [[total]]),
                columns: [.init(name: "loans", role: .measure)], other: parts)
        }
        #expect(agreement("9") == .same)
        #expect(agreement("8") == .incomparable && agreement("0") == .incomparable)
    }

    @Test("What shows other things is not compared")
    func incomparable() {
        let planned = Self.table(
            [("month", .date), ("loans", .integer)], [["2026-01-01", "4"], ["2026-02-01", "5"]])
        let total = Self.table([("loans", .integer)], [["9"]])
        #expect(ResultAgreement(planned: planned, columns: Self.byMonth, other: total) == .incomparable)
        let others = Self.table([("month", .date), ("loans", .integer)], [["2025-01-01", "4"], ["2025-02-01", "5"]])
        #expect(ResultAgreement(planned: planned, columns: Self.byMonth, other: others) == .incomparable)
        let repeated = Self.table(
            [("month", .date), ("loans", .integer)], [["2026-01-01", "1"], ["2026-01-01", "3"], ["2026-02-01", "5"]])
        #expect(ResultAgreement(planned: planned, columns: Self.byMonth, other: repeated) == .incomparable)
    }
}

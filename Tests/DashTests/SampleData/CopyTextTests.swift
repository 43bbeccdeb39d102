import Testing

@testable import Dash

@Suite struct CopyTextTests {
    @Test("Fields are separated by tabs, NULL and special characters escaped")
    func writesRows() {
        var text = CopyText()
        text.append("a\tb\\c\nd\re")
        text.append(String?.none)
        text.append(42)
        text.endRow()
        text.append("é")
        text.append(moment: nil)
        text.append("")
        text.endRow()
        #expect(String(decoding: text.bytes, as: UTF8.self) == "a\\tb\\\\c\\nd\\re\t\\N\t42\né\t\\N\t\n")
        #expect(text.rows == 2)
    }

    @Test(
        "Hundredths have two decimals", arguments: [(0, "0.00"), (5, "0.05"), (199, "1.99"), (1_000_000, "10000.00")])
    func writesMoney(hundredths: Int, expected: String) {
        var text = CopyText()
        text.append(hundredths: hundredths)
        #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
    }

    @Test(
        "Moments are written in UTC",
        arguments: [
            (0, "1970-01-01 00:00:00+00"), (1_774_000_805, "2026-03-20 10:00:05+00"), (-1, "1969-12-31 23:59:59+00"),
        ])
    func writesMoments(seconds: Int, expected: String) {
        var text = CopyText()
        text.append(moment: seconds)
        #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
    }
}

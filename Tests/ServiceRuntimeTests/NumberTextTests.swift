import ServiceRuntime
import Testing

@Suite struct NumberTextTests {
    @Test(
        "Whole numbers are grouped by thousands",
        arguments: [
            (0, "0"), (999, "999"), (1000, "1,000"), (-1000, "-1,000"), (-100, "-100"), (1_234_567, "1,234,567"),
            (Int.min, "-9,223,372,036,854,775,808"),
        ])
    func grouped(number: Int, text: String) {
        #expect(number.grouped == text)
    }

    @Test(
        "Decimal texts of any length are rounded exactly, halves away from zero",
        arguments: [
            ("2.675", 2, "2.68"), ("-2.675", 2, "-2.68"), ("0.5", 0, "1"), ("999.995", 2, "1,000.00"),
            ("-0.004", 2, "0.00"),
            ("12345678901234567890.12", 1, "12,345,678,901,234,567,890.1"), ("7", 3, "7.000"), ("007", 0, "007"),
            ("1.", 2, nil), (".5", 2, nil), ("", 2, nil), ("-", 2, nil), ("1e5", 2, nil), ("NaN", 2, nil),
            ("1.2.3", 1, nil),
        ])
    func decimalText(text: String, decimals: Int, expected: String?) {
        #expect(DecimalText.fixed(text, decimals: decimals) == expected)
    }

    @Test(
        "White space goes from both ends only",
        arguments: [
            ("", ""), (" ", ""), ("\r\n\ta b\u{A0}\n", "a b"), ("a", "a"), ("  é ", "é"),
        ])
    func trimmed(text: String, expected: String) {
        #expect(text.trimmed == expected)
        #expect(text[...].trimmed == expected)
    }

    @Test(
        "Durations as numbers",
        arguments: [
            (Duration.seconds(2), 2000), (.milliseconds(1500), 1500), (.nanoseconds(1), 0), (.zero, 0),
            (.seconds(Int64.max), .max),
        ])
    func durations(duration: Duration, milliseconds: Int) {
        #expect(duration.inMilliseconds == milliseconds)
    }

    @Test("Seconds have fractions")
    func seconds() {
        #expect(Duration.milliseconds(1250).inSeconds == 1.25)
    }
}

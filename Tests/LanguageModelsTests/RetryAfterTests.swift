import FoundationEssentials
import HTTP
import Testing

@testable import LanguageModels

@Suite struct RetryAfterTests {
    /// 1994-11-06T08:49:37Z
    private let now = Date(timeIntervalSince1970: 784_111_777)

    @Test(
        "Seconds and dates",
        arguments: [
            ("5", .seconds(5)), ("0", .zero), ("1.5", .seconds(1.5)),
            ("Sun, 06 Nov 1994 08:49:47 GMT", .seconds(10)), ("Mon, 07 Nov 1994 08:49:37 GMT", .seconds(86_400)),
            ("Sun, 06 Nov 1994 08:49:30 GMT", .zero), ("", nil), ("soon", nil), ("-3", nil), ("1e99", nil),
            ("nan", nil), ("Sun, 06 Nov 1994 08:49:47 CET", nil), ("Sun, 06 Foo 1994 08:49:47 GMT", nil),
            ("Sun, 06 Nov 1994 25:49:47 GMT", nil), ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
        ] as [(String, Duration?)])
    func header(text: String, expected: Duration?) {
        #expect(RetryAfter.parse(["retry-after": text], now: now) == expected)
    }

    @Test("The header in milliseconds wins; without any there is none")
    func milliseconds() {
        #expect(RetryAfter.parse(["retry-after-ms": "250", "Retry-After": "1"], now: now) == .milliseconds(250))
        #expect(RetryAfter.parse(["retry-after-ms": "x", "Retry-After": "1"], now: now) == .seconds(1))
        #expect(RetryAfter.parse([:], now: now) == nil)
    }
}

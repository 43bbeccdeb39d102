import FoundationEssentials
import Testing

@testable import dashd

@Suite struct SinceTests {
    /// 2026-11-21 15:30:00 UTC
    private static let now = Date(timeIntervalSince1970: 1_795_275_000)

    @Test(
        "Moments as people write them",
        arguments: [
            ("30s", "2026-11-21T15:29:30Z"), ("5m", "2026-11-21T15:25:00Z"), ("5 min", "2026-11-21T15:25:00Z"),
            ("2h", "2026-11-21T13:30:00Z"), ("2 hours ago", "2026-11-21T13:30:00Z"), ("1 day", "2026-11-20T15:30:00Z"),
            ("3d", "2026-11-18T15:30:00Z"), ("1w", "2026-11-14T15:30:00Z"), ("2 Weeks", "2026-11-07T15:30:00Z"),
            ("today", "2026-11-21T00:00:00Z"), ("Yesterday", "2026-11-20T00:00:00Z"),
            ("2026-11-20", "2026-11-20T00:00:00Z"), ("2026-11-20T08:15:00Z", "2026-11-20T08:15:00Z"),
            ("2026-11-20T08:15:00+02:00", "2026-11-20T06:15:00Z"), (" 2026-11-20 ", "2026-11-20T00:00:00Z"),
        ])
    func moments(text: String, expected: String) {
        #expect(Since(text, now: Self.now)?.date.formatted(.iso8601) == expected)
    }

    @Test(
        "Anything else is nothing",
        arguments: [
            "", " ", "h", "2", "two hours", "2 fortnights", "-2h", "2026-13-40", "2026-11", "tomorrow", "99999999d",
            "2hh",
            "s", "²h", "2026-11-20T99:00:00Z",
        ])
    func refusals(text: String) {
        #expect(Since(text, now: Self.now) == nil)
    }
}

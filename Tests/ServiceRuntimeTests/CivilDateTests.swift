import ServiceRuntime
import Testing

@Suite struct CivilDateTests {
    @Test("Days and dates lead to each other over 8,000 years")
    func roundTrip() {
        var previous = CivilDate(daysSinceEpoch: -1_500_001)
        for days in -1_500_000...1_500_000 where days % 7 == 0 || days % 146_097 < 800 {
            let date = CivilDate(daysSinceEpoch: days)
            #expect(date.daysSinceEpoch == days && date > previous)
            #expect(date.weekday == ((days + 4) % 7 + 7) % 7)
            previous = date
        }
    }

    @Test(
        "Days that do not exist are refused",
        arguments: [
            (2026, 2, 29), (2100, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32),
        ])
    func invalid(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test(
        "Months are added to the shorter month's end",
        arguments: [
            ((2026, 1, 31), 1, "2026-02-28"), ((2024, 1, 31), 1, "2024-02-29"), ((2026, 3, 31), -1, "2026-02-28"),
            ((2026, 12, 15), 1, "2027-01-15"), ((2026, 1, 15), -1, "2025-12-15"), ((2026, 1, 15), -25, "2023-12-15"),
            ((2026, 5, 31), 0, "2026-05-31"), ((1, 1, 1), -13, "-0001-12-01"),
        ])
    func months(start: (Int, Int, Int), months: Int, expected: String) throws {
        let date = try #require(CivilDate(year: start.0, month: start.1, day: start.2))
        #expect(date.adding(months: months).description == expected)
    }

    @Test("Weekdays count from Sunday")
    func weekday() throws {
        #expect(try #require(CivilDate(year: 2026, month: 11, day: 21)).weekday == 6)
        #expect(try #require(CivilDate(year: 1970, month: 1, day: 1)).weekday == 4)
    }

    @Test(
        "Only YYYY-MM-DD of a day that exists is read",
        arguments: [
            ("2024-02-29", true), ("2023-02-29", false), ("2026-13-01", false), ("2026-00-10", false),
            ("2026-1-1", false), ("26-01-01", false), ("2026-01-01 ", false), ("", false),
        ])
    func reading(text: String, isDate: Bool) {
        #expect(CivilDate(text)?.description == (isDate ? text : nil))
    }

    @Test("A moment before 1970 belongs to the day it falls on", arguments: [(-1, "1969-12-31"), (0, "1970-01-01")])
    func moments(seconds: Int, day: String) {
        #expect(CivilDate(secondsSince1970: seconds).description == day)
    }
}

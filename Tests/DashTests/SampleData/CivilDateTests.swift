import Dash
import Testing

@Suite struct CivilDateTests {
    @Test(
        "Days are counted from 1970 by the Gregorian calendar",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
            ("2026-11-21", 20_778),
            ("1900-03-01", -25_508), ("2400-02-29", 157_113), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
        ])
    func countsDays(text: String, day: Int) throws {
        let date = try #require(CivilDate(text))
        #expect(date.day == day)
        #expect(CivilDate(day: day).description == text)
    }

    @Test("Every day over four centuries is one after the day before")
    func isContinuous() {
        var broken: [CivilDate] = []
        var previous = CivilDate(year: 1899, month: 12, dayOfMonth: 31).components
        for day in CivilDate(year: 1900, month: 1, dayOfMonth: 1)
            .day...CivilDate(year: 2300, month: 1, dayOfMonth: 1).day
        {
            let (year, month, dayOfMonth) = CivilDate(day: day).components
            let isNextDay = year == previous.year && month == previous.month && dayOfMonth == previous.dayOfMonth + 1
            let isNextMonth =
                dayOfMonth == 1 && (year * 12 + month) == (previous.year * 12 + previous.month + 1)
                && previous.dayOfMonth >= 28
            let leadsBack = CivilDate(year: year, month: month, dayOfMonth: dayOfMonth).day == day
            if !leadsBack || !(isNextDay || isNextMonth) { broken.append(CivilDate(day: day)) }
            previous = (year, month, dayOfMonth)
        }
        #expect(broken == [])
    }

    @Test(
        "What is not a date is refused",
        arguments: [
            "", "2026", "2026-1-1", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00",
            "0000-01-01", "-026-01-01", "2026-01-01 ", "2026/01/01", "+026-01-01", "20a6-01-01", "2026-01-01-01",
        ])
    func refusesOtherText(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test(
        "Adding months keeps the day or takes the month's last",
        arguments: [
            ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-11-21", -24, "2024-11-21"),
            ("2026-12-15", 1, "2027-01-15"), ("2026-03-31", -1, "2026-02-28"), ("2026-05-05", 0, "2026-05-05"),
            ("2026-01-01", -13, "2024-12-01"),
        ])
    func addsMonths(start: String, months: Int, end: String) throws {
        #expect(try #require(CivilDate(start)).adding(months: months).description == end)
    }

    @Test("Weekends are Saturdays and Sundays, also before 1970")
    func knowsWeekends() throws {
        let saturday = try #require(CivilDate("2026-11-21"))
        #expect(saturday.isWeekend && saturday.adding(days: 1).isWeekend)
        #expect(!saturday.adding(days: 2).isWeekend && !saturday.adding(days: -1).isWeekend)
        #expect(saturday.adding(days: -7 * 5_000).isWeekend)
        #expect(!saturday.adding(days: -7 * 5_000 - 1).isWeekend)
    }

    @Test("A moment belongs to its day in UTC", arguments: [(0, 0), (86_399, 0), (86_400, 1), (-1, -1), (-86_401, -2)])
    func findsTheDayOfAMoment(seconds: Int, day: Int) {
        #expect(CivilDate(secondsSince1970: seconds).day == day)
    }
}

import Testing

@testable import Dash

@Suite struct PeriodWordsTests {
    private static let today = "2026-11-22"

    @Test(
        "A period stands behind a number as people say it",
        arguments: [
            ("October 2026", " in October 2026"), ("22 November 2026", " on 22 November 2026"),
            ("since 1 March 2026", " since 1 March 2026"), ("all time", ""), ("Q3 2026", " in Q3 2026"),
            ("1 Jan – 22 Nov 2026", " during 1 Jan – 22 Nov 2026"), ("the period before", " in the period before"),
            ("past 14 days, 8–22 November 2026", " in the past 14 days (since 8 November 2026)"),
            ("past 30 days, 23 Oct – 22 Nov 2026", " in the past 30 days (since 23 Oct 2026)"),
            ("past 12 months, 22 Nov 2025 – 22 Nov 2026", " in the past 12 months (since 22 Nov 2025)"),
            // Counted from the newest data, its end is worth saying.
            ("past 14 days, 1–15 June 2026", " in the past 14 days (1–15 June 2026)"),
            ("last 3 months, August – October 2026", " in the last 3 months (August – October 2026)"),
        ])
    func during(period: String, words: String) {
        #expect(PeriodWords(period).during(today: Self.today) == words)
    }

    @Test(
        "A stock is that of one day, whatever period is asked for",
        arguments: [
            ("November 2026 so far", " as of 22 Nov 2026"), ("2026 so far", " as of 22 Nov 2026"),
            ("since 1 March 2026", " as of 22 Nov 2026"), ("1 Jan – 22 Nov 2026", " as of 22 Nov 2026"),
            ("year to date, 1 Jan – 22 Nov 2026", " as of 22 Nov 2026"),
            ("past 14 days, 8–22 November 2026", " as of 22 November 2026"), ("30 June 2026", " as of 30 June 2026"),
            ("2025", " at the end of 2025"), ("October 2026", " at the end of October 2026"), ("all time", ""),
            ("the year before", " in the year before"),
        ])
    func moment(period: String, words: String) {
        #expect(PeriodWords(period).moment(today: Self.today) == words)
    }

    @Test("Only a period of two days has a first one")
    func first() {
        #expect(PeriodWords("past 14 days, 8–22 November 2026").firstDay == "8 November 2026")
        #expect(PeriodWords("28 Oct – 11 Nov 2026").firstDay == "28 Oct 2026")
        #expect(PeriodWords("30 Dec 2025 – 2 Jan 2026").firstDay == "30 Dec 2025")
        for period in ["October 2026", "August – October 2026", "", "–", "a–b c d"] {
            #expect(PeriodWords(period).firstDay == nil)
        }
    }
}

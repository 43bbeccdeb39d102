/// How a company counts its weeks and years.
package struct CalendarRules: Sendable, Hashable, Codable {
    /// The month in which the fiscal year begins, 1 to 12. A fiscal year is named after the calendar year in which it
    /// ends.
    package var fiscalYearStart: Int
    /// 0 for Sunday to 6 for Saturday.
    package var weekStart: Int
    /// An IANA name: where a moment kept with its time zone becomes a day.
    package var timeZone: String

    package init(fiscalYearStart: Int = 1, weekStart: Int = 1, timeZone: String = "UTC") {
        self.fiscalYearStart = fiscalYearStart
        self.weekStart = weekStart
        self.timeZone = timeZone
    }
}

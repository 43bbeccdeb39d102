/// A stretch of time as it was said, not yet as days: the same question asked tomorrow has the same plan.
///
/// `PeriodResolver` alone turns it into days.
package indirect enum Period: Sendable, Hashable, Codable {
    /// The calendar unit so many after this one: 0 is "this month", -1 "last month" or, for days, "yesterday".
    case calendar(TimeGrain, offset: Int, isFiscal: Bool)
    /// So many whole calendar units before this one: "last 6 months".
    case complete(count: Int, TimeGrain, isFiscal: Bool)
    /// From the day so many units ago to today, both included: "past 30 days".
    case rolling(count: Int, TimeGrain)
    /// From today to the day so many units ahead, both included: "next 30 days".
    case upcoming(count: Int, TimeGrain)
    /// From the unit's first day to today: "year to date".
    case toDate(TimeGrain, isFiscal: Bool)
    /// A named unit: "2024", "Q1 2024", "March" (the newest that has begun, where no year is said).
    case named(year: Int?, unit: NamedUnit, isFiscal: Bool)
    /// A named unit of the year so many after this one: "Q1 of last year" has -1.
    case part(NamedUnit, yearOffset: Int, isFiscal: Bool)
    /// The newest such day, 0 for Sunday: "on Monday"; "last Monday" does not mean today.
    case weekday(Int, includesToday: Bool)
    /// From the first day to the last, both included; nil for no limit.
    case days(from: Day?, through: Day?)
    /// From the first day of one to the last day of the other; nil for no limit: "since January".
    case span(from: Period?, through: Period?)
    /// Everything before its first day.
    case before(Period)
    /// Everything after its last day.
    case after(Period)

    package enum NamedUnit: Sendable, Hashable, Codable {
        case year
        case half(Int)
        case quarter(Int)
        case month(Int)
        /// Of the ISO calendar.
        case week(Int)
        case day(month: Int, day: Int)
    }
}

/// A stretch of time as it was said, not yet as days: the same question asked tomorrow has the same plan.
package enum Period: Sendable, Hashable, Codable {
    /// The calendar unit so many before this one: 0 is "this month", -1 "last month" or, for days, "yesterday".
    case calendar(TimeGrain, offset: Int, isFiscal: Bool)
    /// So many whole calendar units before this one: "last 6 months".
    case complete(count: Int, TimeGrain, isFiscal: Bool)
    /// So many units back from today, today included: "past 30 days".
    case rolling(count: Int, TimeGrain)
    /// From the unit's first day to today: "year to date".
    case toDate(TimeGrain, isFiscal: Bool)
    /// A named unit: "2024", "Q1 2024", "March" (of the newest year that has it in whole, where none is said).
    case named(year: Int?, unit: NamedUnit, isFiscal: Bool)
    /// From the first day to the last, both included; nil for no limit.
    case days(from: Day?, through: Day?)

    package enum NamedUnit: Sendable, Hashable, Codable {
        case year
        case half(Int)
        case quarter(Int)
        case month(Int)
        /// Of the ISO calendar.
        case week(Int)
    }
}

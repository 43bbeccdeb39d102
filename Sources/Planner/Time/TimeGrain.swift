/// A length of the calendar.
package enum TimeGrain: String, Sendable, Hashable, Codable, CaseIterable {
    case hour, day, week, month, quarter, year
}

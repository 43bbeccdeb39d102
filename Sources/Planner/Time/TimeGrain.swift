/// A length of the calendar.
package enum TimeGrain: String, Sendable, Hashable, Codable, CaseIterable {
    case hour, day, week, month, quarter, year
    /// Of a year that begins in a month of its own.
    case fiscalQuarter = "fiscal_quarter"
    case fiscalYear = "fiscal_year"

    /// For people.
    package var name: String {
        switch self {
        case .fiscalQuarter: "fiscal quarter"
        case .fiscalYear: "fiscal year"
        default: rawValue
        }
    }

    /// The same of the company's own year.
    var fiscal: TimeGrain {
        switch self {
        case .quarter: .fiscalQuarter
        case .year: .fiscalYear
        default: self
        }
    }
}

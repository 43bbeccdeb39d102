/// What a business file says about the company as a whole.
package struct BusinessProfile: Sendable, Codable, Equatable {
    package enum Weekday: String, Sendable, Codable, CaseIterable {
        case monday, tuesday, wednesday, thursday, friday, saturday, sunday
    }

    /// The business file's name without extension; several files may each describe a part of the company.
    package var name: String
    package var description: String?
    package var notes: [String]
    /// The month in which the fiscal year begins, 1 to 12.
    package var fiscalYearStart: Int?
    package var weekStart: Weekday?

    package init(
        name: String, description: String? = nil, notes: [String] = [], fiscalYearStart: Int? = nil,
        weekStart: Weekday? = nil
    ) {
        self.name = name
        self.description = description
        self.notes = notes
        self.fiscalYearStart = fiscalYearStart
        self.weekStart = weekStart
    }
}

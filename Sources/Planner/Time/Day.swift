package import ServiceRuntime

/// A day, as text `2026-03-29`.
package struct Day: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    package var date: CivilDate

    package init(_ date: CivilDate) { self.date = date }

    package var description: String { date.description }

    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).compactMap { Int($0) }
        guard parts.count == 3, let date = CivilDate(year: parts[0], month: parts[1], day: parts[2]) else { return nil }
        self.date = date
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = Day(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a day is written YYYY-MM-DD")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    package static func < (left: Day, right: Day) -> Bool { left.date < right.date }
}

extension Day {
    /// The year or else the month of which it is the last day.
    var unitThatEnds: Period? {
        let next = date.adding(days: 1)
        guard next.day == 1 else { return nil }
        return .named(year: date.year, unit: next.month == 1 ? .year : .month(date.month), isFiscal: false)
    }
}

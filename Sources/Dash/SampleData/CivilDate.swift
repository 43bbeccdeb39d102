/// A day of the Gregorian calendar, computed with integers alone: the same on every machine, with no time zone.
package struct CivilDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01.
    package var day: Int

    package init(day: Int) {
        self.day = day
    }

    /// The day in UTC of a moment given in seconds since 1970.
    package init(secondsSince1970 seconds: Int) {
        day = Self.floorDivide(seconds, 86_400)
    }

    /// A day of month outside its month is clamped to the month's last day.
    package init(year: Int, month: Int, dayOfMonth: Int) {
        let clamped = max(1, min(dayOfMonth, Self.daysInMonth(year: year, month: month)))
        day = Self.dayNumber(year: year, month: month, dayOfMonth: clamped)
    }

    /// Reads `YYYY-MM-DD`; nil for anything else, also for a day that does not exist.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let dayOfMonth = Int(parts[2]),
            year >= 1, (1...12).contains(month), dayOfMonth >= 1,
            dayOfMonth <= Self.daysInMonth(year: year, month: month)
        else { return nil }
        self.init(year: year, month: month, dayOfMonth: dayOfMonth)
    }

    package static func < (left: Self, right: Self) -> Bool { left.day < right.day }

    /// `YYYY-MM-DD`
    package var description: String {
        let (year, month, dayOfMonth) = components
        return "\(Self.padded(year, to: 4))-\(Self.padded(month, to: 2))-\(Self.padded(dayOfMonth, to: 2))"
    }

    package var components: (year: Int, month: Int, dayOfMonth: Int) {
        // Years begin in March, so that the leap day is a year's last; an era is 400 years.
        let shifted = day + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    package var month: Int { components.month }

    package var firstOfMonth: Self {
        Self(day: day - components.dayOfMonth + 1)
    }

    package var daysInMonth: Int {
        let (year, month, _) = components
        return Self.daysInMonth(year: year, month: month)
    }

    package var isWeekend: Bool {
        let weekday = (day + 3) - Self.floorDivide(day + 3, 7) * 7  // 0 is Monday
        return weekday >= 5
    }

    /// The same day of another month, or that month's last day where it has none.
    package func adding(months: Int) -> Self {
        let (year, month, dayOfMonth) = components
        let count = year * 12 + month - 1 + months
        let newYear = Self.floorDivide(count, 12)
        return Self(year: newYear, month: count - newYear * 12 + 1, dayOfMonth: dayOfMonth)
    }

    package func adding(days: Int) -> Self { Self(day: day + days) }

    /// Midnight UTC in seconds since 1970.
    package var secondsSince1970: Int { day * 86_400 }

    static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func dayNumber(year: Int, month: Int, dayOfMonth: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = floorDivide(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }

    private static func padded(_ value: Int, to width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

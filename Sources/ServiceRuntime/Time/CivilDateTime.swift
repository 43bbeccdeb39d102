/// A date and a time of day as a clock on the wall shows them; which instant that is, a time zone says.
package struct CivilDateTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let date: CivilDate
    package let hour: Int
    package let minute: Int
    package let second: Int

    /// Nil outside 00:00:00 to 23:59:59.
    package init?(_ date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
        self.date = date
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// What a clock that is set to UTC shows so many seconds after 1970.
    init(secondsSinceEpoch seconds: Int64) {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = Int(seconds - days * 86_400)
        date = CivilDate(daysSinceEpoch: Int(days))
        hour = rest / 3600
        minute = rest / 60 % 60
        second = rest % 60
    }

    /// Seconds since 1970 if this were UTC.
    var secondsSinceEpoch: Int64 {
        Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    }

    package static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }

    /// `2026-03-29 02:30:00`.
    package var description: String { "\(date) \(twoDigits(hour)):\(twoDigits(minute)):\(twoDigits(second))" }
}

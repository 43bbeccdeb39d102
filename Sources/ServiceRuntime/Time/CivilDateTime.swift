/// A date and a time of day as a clock on the wall shows them.
package struct CivilDateTime: Sendable, Hashable, CustomStringConvertible {
    package let date: CivilDate
    package let hour: Int
    package let minute: Int
    package let second: Int

    /// What a clock that is set to UTC shows so many seconds after 1970.
    init(secondsSinceEpoch seconds: Int64) {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = Int(seconds - days * 86_400)
        date = CivilDate(daysSinceEpoch: Int(days))
        hour = rest / 3600
        minute = rest / 60 % 60
        second = rest % 60
    }

    /// `2026-03-29 02:30:00`.
    package var description: String { "\(date) \(twoDigits(hour)):\(twoDigits(minute)):\(twoDigits(second))" }
}

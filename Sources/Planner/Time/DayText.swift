import ServiceRuntime

/// Days as people write them.
enum DayText {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    static func month(_ number: Int) -> String { months[min(max(number, 1), 12) - 1] }

    static func weekday(_ number: Int) -> String { weekdays[((number % 7) + 7) % 7] }

    /// `29 March 2026`.
    static func long(_ day: CivilDate) -> String { "\(day.day) \(month(day.month)) \(day.year)" }

    /// The shortest that names both: `2026`, `March 2026`, `1–15 March 2026`, `22 Oct – 20 Nov 2026`.
    static func range(from first: CivilDate?, through last: CivilDate?) -> String {
        guard let first else { return last.map { "until \(long($0))" } ?? "all time" }
        guard let last else { return "since \(long(first))" }
        if first >= last { return long(first) }
        if first.day == 1, last.day == last.daysInMonth, first.year == last.year {
            if first.month == 1, last.month == 12 { return "\(first.year)" }
            if first.month == last.month { return "\(month(first.month)) \(first.year)" }
        }
        if first.year != last.year { return "\(short(first)) \(first.year) – \(short(last)) \(last.year)" }
        if first.month != last.month { return "\(short(first)) – \(short(last)) \(last.year)" }
        return "\(first.day)–\(long(last))"
    }

    private static func short(_ day: CivilDate) -> String { "\(day.day) \(month(day.month).prefix(3))" }
}

import Planner

/// A period's label as it stands in a sentence behind a number.
struct PeriodWords {
    private let period: String
    private let words: [Substring]

    /// - Parameter period: as a compiled plan has it: "October 2026", "past 14 days, 8–22 November 2026".
    init(_ period: String) {
        self.period = period
        words = period.split(separator: " ")
    }

    /// " in October 2026", " on 22 November 2026", " since 1 March 2026".
    ///
    /// - Parameter today: days up to it are told by their first: with both ends they look like one more than was said.
    func during(today: String? = nil) -> String {
        guard let first = words.first?.lowercased(), period != "all time" else { return "" }
        if ["since", "until", "before", "after", "from"].contains(first) { return " \(period)" }
        if ["past", "last", "next"].contains(first) {
            guard let comma = period.firstIndex(of: ",") else { return " in the \(period)" }
            let name = period[..<comma]
            let days = period[period.index(after: comma)...].drop { $0 == " " }
            if first == "past", let start = firstDay, let today, ends(today) {
                return " in the \(name) (since \(start))"
            }
            return " in the \(name) (\(days))"
        }
        if isDay(words) { return " on \(period)" }
        if period.contains("–"), first != "the" { return " during \(period)" }
        return " in \(period)"
    }

    /// " as of 22 Nov 2026", " at the end of 2025": a stock is that of a period's last day.
    func moment(today: String?) -> String {
        guard let first = words.first?.lowercased(), period != "all time" else { return "" }
        let now = today.flatMap(PlanScope.day)
        if let now, first == "since" || first == "this" || period.hasSuffix(" so far") { return " as of \(now)" }
        if ["since", "until", "before", "after", "from"].contains(first) { return during(today: today) }
        if let last { return " as of \(last)" }
        if isDay(words) { return " as of \(period)" }
        return period.contains(where: \.isNumber) ? " at the end of \(period)" : during(today: today)
    }

    // MARK: - Days

    private func isDay(_ words: [Substring]) -> Bool {
        words.count == 3 && Int(words[0]) != nil && Int(words[2]) != nil
    }

    /// What stands behind the dash of "8–22 November 2026", if that is a day.
    private var last: String? {
        guard let dash = period.lastIndex(of: "–") else { return nil }
        let words = period[period.index(after: dash)...].split(separator: " ")
        return isDay(words) ? words.joined(separator: " ") : nil
    }

    /// What stands before it, with the month and year that both have; nil where the period has no two days.
    var firstDay: String? {
        guard let last, let dash = period.lastIndex(of: "–") else { return nil }
        let start = period.lastIndex(of: ",").map { period.index(after: $0) } ?? period.startIndex
        guard start < dash else { return nil }
        let own = period[start..<dash].split(separator: " ")
        guard (1...3).contains(own.count), Int(own[0]) != nil else { return nil }
        return (own + last.split(separator: " ").dropFirst(own.count)).joined(separator: " ")
    }

    private func ends(_ today: String) -> Bool {
        guard let last, let said = DateMention.extract(from: last).dates.first, let now = DateMention(cell: today)
        else {
            return false
        }
        return said.day != nil && said.isSaid(of: now)
    }
}

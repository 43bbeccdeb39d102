import Planner
import ServiceRuntime

/// Writes the periods of a time column: months by name, other dates in full.
struct PeriodText: Sendable {
    enum Grain: Sendable { case day, week, month, quarter, year }

    let grain: Grain

    init(_ grain: Grain) { self.grain = grain }

    /// - Parameter column: whose words name the unit where a few cells do not show it: "quarter".
    init(_ cells: [String], column: String = "") {
        let named = Set(Words.plain(column))
        let dates = cells.compactMap(Self.date)
        guard dates.count == cells.count, !dates.isEmpty, dates.allSatisfy({ $0.day == 1 }) else {
            grain = .day
            return
        }
        let steps = zip(dates, dates.dropFirst()).map { ($1.year - $0.year) * 12 + $1.month - $0.month }.filter {
            $0 > 0
        }
        if steps.isEmpty, let own = Self.named.first(where: { named.contains($0.word) })?.grain {
            grain = own
            return
        }
        let step = steps.min() ?? 1
        grain = step % 12 == 0 ? .year : step % 3 == 0 && dates.allSatisfy({ $0.month % 3 == 1 }) ? .quarter : .month
    }

    private static let named: [(word: String, grain: Grain)] = [
        ("day", .day), ("date", .day), ("week", .day), ("month", .month), ("quarter", .quarter), ("year", .year),
    ]

    /// A period that a question asks for.
    enum Asked: Equatable {
        case cell(String)
        /// No row is about it; as the question says it.
        case missing(String)
    }

    /// The period among `cells` that the question names, where periods of that length are listed.
    /// - Parameter today: `YYYY-MM-DD`; without it, "last month" names nothing.
    func asked(_ windows: [TimeWindow], cells: [String], today: String?) -> Asked? {
        let keys = windows.map { $0.key.split(separator: " ").map(String.init) }
        let year = keys.first { $0.first == "year" && $0.count == 2 }.flatMap { Int($0[1]) }
        let now = today.flatMap { DateMention(cell: $0) }
        let length = grain == .year ? 12 : grain == .quarter ? 3 : 1
        var start: Int?
        for key in keys where grain != .day && grain != .week {
            switch (key.first ?? "", key.count == 2 ? key[1] : "") {
            case ("previous", grainName): start = now.map { ($0.year * 12 + $0.month - 1) / length * length - length }
            case ("this", grainName): start = now.map { ($0.year * 12 + $0.month - 1) / length * length }
            case ("year", _) where grain == .year: start = year.map { $0 * 12 }
            case ("month", let text) where grain == .month:
                start = year.flatMap { year in Int(text).map { year * 12 + $0 - 1 } }
            case ("quarter", let text) where grain == .quarter:
                start = year.flatMap { year in Int(text).map { year * 12 + ($0 - 1) * 3 } }
            default: break
            }
        }
        guard let start else { return nil }
        let found = cells.first { cell in Self.date(cell).map { $0.year * 12 + $0.month - 1 == start } ?? false }
        return found.map { .cell($0) } ?? .missing(windows.map(\.label).joined(separator: " "))
    }

    var grainName: String {
        switch grain {
        case .day: "day"
        case .week: "week"
        case .month: "month"
        case .quarter: "quarter"
        case .year: "year"
        }
    }

    /// Dates as the server prints them, years and months as text or number.
    private static func date(_ cell: String) -> DateMention? {
        switch cell.utf8.count {
        case 4: Int(cell).flatMap { (1900...2100).contains($0) ? DateMention(cell: cell + "-01-01") : nil }
        case 7: DateMention(cell: cell + "-01")
        default: DateMention(cell: cell)
        }
    }

    func text(_ cell: String) -> String {
        guard let date = Self.date(cell) else { return cell }
        switch grain {
        case .day, .week:
            let day = date.day.map { "\($0) \(Self.names[date.month - 1]) \(date.year)" } ?? String(cell.prefix(10))
            return grain == .week ? "the week of \(day)" : day
        case .month: return "\(Self.names[date.month - 1]) \(date.year)"
        case .quarter: return "Q\((date.month - 1) / 3 + 1) \(date.year)"
        case .year: return "\(date.year)"
        }
    }

    /// The same within a sentence: "in Oct 2026", "on 20 Nov 2026".
    func placed(_ cell: String) -> String { (grain == .day ? "on " : "in ") + text(cell) }

    /// "from Jan 2026 to Mar 2026", "in Jan 2026".
    func span(_ first: String, _ last: String) -> String {
        first == last ? placed(first) : "from \(text(first)) to \(text(last))"
    }

    /// Whether the period that begins with the cell is not over yet on that day (`YYYY-MM-DD`).
    func contains(_ day: String, from cell: String) -> Bool {
        guard let day = DateMention(cell: day), let start = Self.date(cell) else { return false }
        let months = (day.year - start.year) * 12 + day.month - start.month
        switch grain {
        case .day: return day.year == start.year && day.month == start.month && day.day == start.day
        case .week:
            guard let now = Self.civil(day), let first = Self.civil(start) else { return false }
            return first <= now && now < first.adding(days: 7)
        case .month: return months == 0
        case .quarter: return (0..<3).contains(months)
        case .year: return (0..<12).contains(months)
        }
    }

    private static func civil(_ date: DateMention) -> CivilDate? {
        date.day.flatMap { CivilDate(year: date.year, month: date.month, day: $0) }
    }

    private static let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

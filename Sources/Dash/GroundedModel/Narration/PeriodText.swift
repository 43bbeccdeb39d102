/// Writes the periods of a time column: months by name, other dates in full.
struct PeriodText: Sendable {
    enum Grain: Sendable { case day, month, quarter, year }

    let grain: Grain

    init(_ cells: [String]) {
        let dates = cells.compactMap { DateMention(cell: $0) }
        guard dates.count == cells.count, !dates.isEmpty, dates.allSatisfy({ $0.day == 1 }) else {
            grain = .day
            return
        }
        let steps = zip(dates, dates.dropFirst()).map { ($1.year - $0.year) * 12 + $1.month - $0.month }.filter {
            $0 > 0
        }
        let step = steps.min() ?? 1
        grain = step % 12 == 0 ? .year : step % 3 == 0 && dates.allSatisfy({ $0.month % 3 == 1 }) ? .quarter : .month
    }

    func text(_ cell: String) -> String {
        guard let date = DateMention(cell: cell) else { return cell }
        switch grain {
        case .day: return String(cell.prefix(10))
        case .month: return "\(Self.names[date.month - 1]) \(date.year)"
        case .quarter: return "Q\((date.month - 1) / 3 + 1) \(date.year)"
        case .year: return "\(date.year)"
        }
    }

    /// Whether the period that begins with the cell is not over yet on that day (`YYYY-MM-DD`).
    func contains(_ day: String, from cell: String) -> Bool {
        guard let day = DateMention(cell: day), let start = DateMention(cell: cell) else { return false }
        let months = (day.year - start.year) * 12 + day.month - start.month
        switch grain {
        case .day: return day.year == start.year && day.month == start.month && day.day == start.day
        case .month: return months == 0
        case .quarter: return (0..<3).contains(months)
        case .year: return (0..<12).contains(months)
        }
    }

    private static let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

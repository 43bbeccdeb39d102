import Planner

/// What each period of a course stands beside.
extension PlanNarrator {
    /// "Oct 2025" of the last month of this year beside last year, "the month before" where each follows the other.
    func counterpart(of cell: String, _ text: PeriodText) -> String {
        let before = "the \(text.grainName) before"
        guard let comparison = plan.comparison else { return before }
        if comparison == .yearBefore { return yearBefore(cell, text) }
        guard let period = plan.time?.period else { return before }
        switch comparison {
        case .yearBefore: return yearBefore(cell, text)
        case .with(let other): return "its counterpart in \(other.phrase)"
        case .previousPeriod:
            guard let unit = Self.unit(of: period) else { return "its counterpart in the period before" }
            if unit == "year" { return yearBefore(cell, text) }
            return unit == text.grainName ? before : "its counterpart in the \(unit) before"
        }
    }

    private func yearBefore(_ cell: String, _ text: PeriodText) -> String {
        guard text.grain != .day, text.grain != .week, cell.count >= 10, let year = Int(cell.prefix(4)) else {
            return "the year before"
        }
        return text.text("\(year - 1)\(cell.dropFirst(4))")
    }

    private static func unit(of period: Period) -> String? {
        switch period {
        case .calendar(let grain, _, _), .toDate(let grain, _), .complete(count: 1, let grain, _),
            .rolling(count: 1, let grain):
            return grain.name
        case .named(_, let unit, _), .part(let unit, _, _):
            switch unit {
            case .year: return "year"
            case .quarter: return "quarter"
            case .month: return "month"
            default: return nil
            }
        default: return nil
        }
    }
}

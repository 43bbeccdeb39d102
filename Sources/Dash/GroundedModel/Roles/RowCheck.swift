import Planner

/// What only the rows can tell: whether the period or the value that the question names is among them.
struct RowCheck {
    /// Why the result does not answer, with what it has instead; nil where it does.
    let lacking: String?

    init(_ question: Wording, _ candidate: Candidate, _ result: SeenResult, today: String?) {
        lacking =
            Self.missingRow(candidate, result) ?? Self.missingPeriod(question, candidate, result, today)
    }

    private static func missingRow(_ candidate: Candidate, _ result: SeenResult) -> String? {
        for name in candidate.rowsOf {
            guard let column = result.table.columns.firstIndex(where: { $0.name == name }) else { continue }
            let cells = result.table.rows.compactMap { $0[column] }
            let label = Words.plain(name).joined(separator: " ")
            guard result.isComplete, Set(cells).count == cells.count else {
                return "“\(candidate.title)” has several rows per \(label), none of which is the whole."
            }
        }
        return nil
    }

    private static func missingPeriod(
        _ question: Wording, _ candidate: Candidate, _ result: SeenResult, _ today: String?
    ) -> String? {
        guard question.windows.periodUnit != nil, result.table.rows.count > 1 else { return nil }
        let shape = ResultShape(result.table.columns, rows: result.table.rows)
        guard let time = shape.time else { return nil }
        let cells = Set(result.table.rows.compactMap { $0[time] }).sorted()
        let text = PeriodText(cells)
        guard let first = cells.first, let last = cells.last,
            case .missing(let window) = text.asked(question.windows, cells: cells, today: today)
        else { return nil }
        return
            "“\(candidate.title)” has no row for “\(window)”: it goes from \(text.text(first)) to \(text.text(last))."
    }
}

/// Whether what an edit makes of a plan still asks for something.
extension EditReader {
    mutating func checkSense(of plan: Plan) throws {
        if dropsPickedGroups(plan) {
            throw surely("That would be the total of all, and not of the groups that were shown; ask it as a whole.")
        }
        if let cause = PlanObjection(model: model, pieces: pieces).cause(against: plan) { throw surely(cause) }
        if let (column, values) = emptied(plan) {
            let known = values.prefix(3).map { "“\($0)”" }.joined(separator: ", ")
            throw surely("The number counts only rows whose \(title(column)) is \(known): nothing would be left.")
        }
    }

    /// "how much in total" behind "with more than 2", or behind the first five: groups that were left out come back.
    private func dropsPickedGroups(_ plan: Plan) -> Bool {
        guard plan.dimensions.isEmpty, !earlier.dimensions.isEmpty, plan.having.isEmpty, !edits.contains(.removeFilters)
        else { return false }
        let isTotal = edits.contains { [.removeSplit, .count].contains($0) }
        guard isTotal || edits.contains(where: { if case .removeDimension = $0 { true } else { false } }) else {
            return false
        }
        return !earlier.having.isEmpty
            || earlier.limit != nil && EditPhrases.meaning(text.words) == .inTotal && !edits.contains(.removeLimit)
    }

    private func title(_ column: ColumnID) -> String { model.column(column)?.title ?? column.name }

    /// "without the trials" of the number of trials: what is to go is all that a number is made of.
    private func emptied(_ plan: Plan) -> (ColumnID, [String])? {
        for case .metric(let name) in plan.measures {
            guard let index = model.source.metrics.firstIndex(where: { $0.name == name }),
                let rows = model.metricRows[index]
            else { continue }
            for case .oneOf(let column, let values) in rows.conditions {
                for condition in plan.conditions where condition.columns == [column] {
                    switch condition {
                    case .oneOf(_, let kept) where Set(kept).isDisjoint(with: values): return (column, values)
                    case .not(.oneOf(_, let gone)) where Set(values).isSubset(of: gone): return (column, values)
                    default: break
                    }
                }
            }
        }
        return nil
    }
}

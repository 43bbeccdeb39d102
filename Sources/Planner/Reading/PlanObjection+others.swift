/// "At another branch than their own": two columns held against each other, which no value is.
extension PlanObjection {
    /// The column behind "other than", where the plan asks only whether it is there.
    func isOtherThan(_ plan: Plan) -> ColumnModel? {
        let empty = PlanContent(plan).conditions.compactMap { condition -> ColumnID? in
            if case .isEmpty(let column) = condition { column } else { nil }
        }
        for index in pieces.indices.dropLast()
        where [.except, .not, .without].contains(pieces[index].grammar) && Self.others.contains(pieces[index].words) {
            for entry in pieces[(index + 1)...].first(where: { !$0.isSilent })?.entries ?? [] {
                guard case .column(let column) = entry.sense, empty.contains(model.columns[column].id) else { continue }
                return model.columns[column]
            }
        }
        return nil
    }

    private static let others = [["other", "than"], ["different", "from"], ["apart", "from"], ["aside", "from"]]
}

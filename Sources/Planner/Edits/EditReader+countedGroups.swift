/// "how many are there?" behind groups: it asks how many groups were shown, and not what is in them.
extension EditReader {
    /// Nil where rows or numbers were shown, which the plain count is for; declined where no plan counts what was shown.
    func countOfAnswer() throws -> PlanEdit? {
        let columns = earlier.dimensions.compactMap { if case .column(let column) = $0 { column } else { nil } }
        if earlier.recipe == .distinct {
            let shown = columns + earlier.columns.filter { !columns.contains($0) }
            guard earlier.measures.isEmpty, earlier.limit == nil, shown.count == 1 else { throw unclear }
            return .numberOfRows(.countDistinct(shown[0]))
        }
        guard !earlier.dimensions.isEmpty, !earlier.having.isEmpty || earlier.limit != nil else { return nil }
        guard earlier.limit == nil, earlier.time == nil, earlier.conditions.isEmpty, earlier.comparison == nil,
            earlier.measures.count == 1, columns.count == 1, earlier.dimensions.count == 1, earlier.having.count == 1,
            let having = earlier.having.first, having.measure == earlier.measures[0],
            // Rows without any are in no group.
            [.greater, .atLeast].contains(having.comparator), having.number.isPositive,
            let key = model.column(columns[0]), model.tables[key.table].key == key.index,
            let rows = model.tableCounted(by: earlier.measures[0]), rows != columns[0].table
        else { throw unclear }
        return .countOf(
            columns[0].table, conditions: [.counted(CountedRows(rows), having.comparator, having.number)])
    }

    private var unclear: ReadFailure {
        .unsound("It is not clear whether the groups that were shown or what is in them is to be counted.")
    }

}

extension NumberLiteral {
    fileprivate var isPositive: Bool { Double(description).map { $0 > 0 } ?? false }
}

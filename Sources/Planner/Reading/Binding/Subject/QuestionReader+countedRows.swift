/// "The address and the number of bedrooms" of houses: a column of every row, although it is called a number.
extension QuestionReader {
    /// Makes outputs of what would be added up over rows that are listed one by one.
    mutating func listCounted() {
        guard !draft.numbers.isEmpty, !(asked + draft.columns).isEmpty, draft.rank == nil, draft.rankNumber == nil,
            draft.having.isEmpty, draft.groups.isEmpty, draft.entities.isEmpty, draft.grain == nil, draft.cycle == nil,
            draft.comparison == nil, !draft.hasCycleParts, !draft.isShare, part == nil, !comparesValues,
            !pieces.contains(where: splits), phrases.contains(where: { $0.links(.show) || $0.isWhich })
        else { return }
        let columns = draft.numbers.compactMap { number -> Int? in
            guard case .aggregate(.sum, let column) = number, countedColumns.contains(column) else { return nil }
            return column
        }
        guard columns.count == draft.numbers.count, let table = columns.first.map({ model.columns[$0].table }),
            columns.allSatisfy({ model.columns[$0].table == table }), draft.subject ?? table == table,
            mentioned.contains(table), (asked + draft.columns).allSatisfy({ describes(table, $0) }),
            (asked + draft.columns).contains(where: { model.columns[$0].table == table })
        else { return }
        draft.numbers = []
        draft.subject = table
        draft.columns = asked + draft.columns + columns
        asked = []
        draft.assumptions.removeAll { text in columns.contains { text == "The sum of \(model.columns[$0].title)." } }
    }
}

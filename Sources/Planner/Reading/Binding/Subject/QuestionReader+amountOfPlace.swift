/// Numbers with a place behind them, at the head of a question.
extension QuestionReader {
    /// "irrigated hectares in Calder": of all of them together, as no row is named.
    func isAmountOfPlace(_ column: ColumnModel, _ noun: Noun) -> Bool {
        guard column.defaultAggregate == .sum, let piece = noun.headPiece, position < phrases.count,
            draft.subject == nil, asked.isEmpty,
            pieces[piece].words.contains(where: { NameWords.base($0) != $0 || UnitWords.unit($0) != nil })
        else { return false }
        let next = phrases[position]
        return next.links(.within) && !next.links(.of) && next.terms.allSatisfy { pieces[$0].namedTable == nil }
            && next.terms.contains { isPlace($0, above: column.table) }
    }

    /// A value of the rows themselves or of what they belong to.
    private func isPlace(_ piece: Int, above table: Int) -> Bool {
        pieces[piece].entries.contains { entry in
            guard case .value(let place, _) = entry.sense else { return false }
            let owner = model.columns[place].table
            return owner == table || relations.stepsUp(from: table, to: owner) != nil
        }
    }
}

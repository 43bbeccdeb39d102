extension QuestionReader {
    func textMatch(_ phrase: Phrase) -> (Condition.TextMatch, Int)? {
        for (grammar, piece) in zip(phrase.links, phrase.linkPieces) {
            if case .matches(let match) = grammar { return (match, piece) }
        }
        return nil
    }

    mutating func readTextMatch(
        _ match: (Condition.TextMatch, Int), _ phrase: Phrase, isNegated: Bool, isOr: Bool
    ) throws {
        guard let piece = phrase.terms.first, phrase.terms.count == 1, case .quoted(let text) = pieces[piece].kind
        else {
            throw ReadFailure.unplaced([match.1])
        }
        let column: Int
        if let pending {
            column = pending.column
        } else if let last = lastTextColumn {
            column = last
        } else if let subject = draft.subject, let label = model.tables[subject].labels.first {
            column = label
        } else {
            throw ReadFailure.unplaced([match.1])
        }
        use(match.1)
        use(piece, "\(title(column)) \(match.0.rawValue) “\(text)”", .value)
        let isOr = isOr || pending?.isOr == true
        let isNegated = isNegated || pending?.isNegated == true
        pending = nil
        lastTextColumn = column
        let model = model.columns[column]
        add(
            [.init(table: model.table, condition: .text(model.id, match.0, text))],
            isNegated: isNegated, isOr: isOr)
    }
}

/// A column that was named, until what is said of it: "whose status is active", "with a phone number".
extension QuestionReader {
    mutating func readConditionColumn(
        _ column: Int, _ noun: Noun, _ phrase: Phrase, isNegated: Bool, isOr: Bool
    ) throws {
        if phrase.links(.of), noun.filters.isEmpty, !isNegated, readNameOf(column) { return }
        if let piece = noun.headPiece, noun.owner == nil { try checkLoose(piece, column) }
        let model = model.columns[column]
        add(noun.filters, isNegated: isNegated, isOr: isOr, isAnd: phrase.isAnd)
        if model.kind == .flag {
            return add([.init(table: model.table, condition: .isTrue(model.id))], isNegated: isNegated, isOr: isOr)
        }
        guard noun.filters.isEmpty, let piece = noun.headPiece else { return }
        pending = Pending(
            column: column, piece: piece, isNegated: isNegated, isOr: isOr,
            isHeld: phrase.links(.with) || phrase.links(.have) || phrase.links(.without) || phrase.negation != nil)
        role = .filter
    }

    /// "students in grade 7": a column of other rows that is hardly called so, where their own may be meant.
    private func checkLoose(_ piece: Int, _ column: Int) throws {
        guard let base = draft.subject ?? base, relations.stepsUp(from: base, to: model.columns[column].table) == nil,
            let entry = pieces[piece].entries.first(where: { $0.sense == .column(column) }), entry.quality < 0.8,
            let word = pieces[piece].words.last.map(NameWords.base),
            model.columns(of: base).contains(where: { $0.words.map(NameWords.base).contains(word) })
        else { return }
        throw ReadFailure.unplaced([piece])
    }

    /// "is a no-show", "is active", "was Germany": a value of the column named before.
    mutating func readPredicateValue(_ phrase: Phrase, isNegated: Bool, isOr: Bool) throws -> Bool {
        guard let pending, phrase.terms.count == 1, let piece = phrase.terms.first else { return false }
        let column = model.columns[pending.column]
        let match = pieces[piece].entries.first { entry in
            if case .value(pending.column, _) = entry.sense { return true }
            return false
        }
        if let match, case .value(_, let values) = match.sense {
            use(piece, "\(title(pending.column)) = \(values.joined(separator: ", "))", .value)
            self.pending = nil
            add(
                [.init(table: column.table, condition: .oneOf(column.id, values))], isNegated: isNegated, isOr: isOr)
            return true
        }
        if case .quoted(let text) = pieces[piece].kind {
            use(piece, "\(title(pending.column)) is “\(text)”", .value)
            self.pending = nil
            add(
                [.init(table: column.table, condition: .text(column.id, .equals, text))], isNegated: isNegated,
                isOr: isOr)
            return true
        }
        return false
    }

    /// A column that nothing was said about: that it is there, or not.
    mutating func settlePending(unless phrase: Phrase?) throws {
        guard let pending else { return }
        if let phrase {
            if phrase.quantity != nil && phrase.terms.isEmpty || textMatch(phrase) != nil { return }
            if phrase.links(.be) || phrase.links == [.of] || phrase.links(.later) || phrase.links(.earlier) { return }
            if phrase.links.isEmpty, phrase.terms.count == 1 { return }
        }
        self.pending = nil
        let column = model.columns[pending.column]
        if pending.isHeld, !pending.isOr, let base = scope ?? draft.subject ?? base, column.table != base,
            relations.stepsUp(from: base, to: column.table) == nil,
            relations.stepsUp(from: column.table, to: base) != nil
        {
            // "clubs with no sponsor", where each sponsor is a row of its own.
            var relation = Draft.Relation(table: column.table, isNegated: pending.isNegated)
            if mayBeAbsent(pending.column) {
                relation.filters = [
                    .init(table: column.table, condition: presence(of: pending.column, isNegated: false))
                ]
            }
            draft.relations.append(relation)
            role = .relation
            return
        }
        guard pending.isHeld, mayBeAbsent(pending.column) else {
            throw ReadFailure.unplaced(pending.piece.map { [$0] } ?? [])
        }
        let filter = Draft.Filter(
            table: column.table, condition: presence(of: pending.column, isNegated: pending.isNegated))
        add([filter], isOr: pending.isOr)
    }

    /// "is empty", "is on record": that the pending column has a value, or none.
    mutating func applyEmptiness(_ grammar: Grammar, _ piece: Int) throws {
        if pending == nil, ["on record", "on file"].contains(pieces[piece].words.joined(separator: " ")) {
            // Of rows, that they are there.
            return use(piece)
        }
        guard let pending else { throw ReadFailure.unplaced([piece]) }
        use(piece)
        let column = model.columns[pending.column]
        self.pending = nil
        let isEmpty = (grammar == .empty) != pending.isNegated
        add(
            [.init(table: column.table, condition: isEmpty ? .isEmpty(column.id) : .not(.isEmpty(column.id)))],
            isOr: pending.isOr)
    }
}

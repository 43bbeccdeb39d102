/// "upgraded and downgraded": rows of both kinds must be there, which no one row is.
extension QuestionReader {
    /// Whether many rows of the table belong to one of what is asked for.
    func isBelow(_ table: Int) -> Bool {
        guard let base = draft.subject ?? base, base != table else { return false }
        return relations.stepsUp(from: base, to: table) == nil && relations.stepsUp(from: table, to: base) != nil
    }

    /// Each of the two is a row of its own.
    mutating func needBoth(_ first: Draft.Filter, _ second: Draft.Filter) throws {
        guard first.scope == nil, scope == nil, draft.filters.last == first, draft.relations.isEmpty, !needsBoth else {
            throw ReadFailure.unsound(
                "That both are there takes two conditions on \(model.tables[first.table].title).")
        }
        draft.filters.removeLast()
        needsBoth = true
        for filter in [first, second] {
            draft.relations.append(.init(table: filter.table, isNegated: false, filters: [filter]))
        }
        role = .filter
    }

    func checkBoth() throws {
        guard needsBoth else { return }
        guard draft.time == nil, draft.timeColumn == nil, draft.grain == nil, draft.relations.count == 2 else {
            throw ReadFailure.unsound("It is not said of which of the two the rest is meant.")
        }
    }

    /// "and then cancelled": which came first is more than that both did.
    func checkSequence(_ phrase: Phrase) throws {
        let isThen = zip(phrase.links, phrase.linkPieces).contains { link, piece in
            link == .and && pieces[piece].words.contains("then")
        }
        guard isThen, hasHead else { return }
        throw ReadFailure.notSupported("Which of them came first is not held against each other yet.")
    }
}

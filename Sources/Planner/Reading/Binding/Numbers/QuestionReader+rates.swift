/// "The success rate of launches": the part of all rows that are in the state.
extension QuestionReader {
    /// False where no rate of a state is asked for.
    mutating func readRate(_ phrase: Phrase) throws -> Bool {
        let isRanked = phrase.superlative.map { $0.quality == nil } ?? false
        guard isRanked ? hasHead : !phrase.hasDeterminer, draft.numbers.isEmpty, draft.rank == nil,
            isRanked || draft.subject == nil, part == nil, phrase.terms.count == 1, phrase.limit == nil,
            phrase.count == nil, phrase.aggregate == nil, phrase.total == nil, position < phrases.count,
            let percent = phrases[position].percent,
            ["rate", "rates"].contains(pieces[percent].words[0])
        else { return false }
        let next = phrases[position]
        let piece = phrase.terms[0]
        var whole: [Draft.Filter] = []
        var rows: Int?
        if !next.terms.isEmpty {
            position += 1
            let noun = try noun(next, wants: .table)
            guard case .table(let table) = noun.head, noun.event == nil else { throw ReadFailure.unplaced(next.terms) }
            (rows, whole) = (table, noun.filters)
        } else {
            position += 1
        }
        guard let state = try state(piece, of: rows), rows == nil || rows == state.table else {
            throw ReadFailure.unsound("It is not said of what the rate is taken.")
        }
        use(percent, "the share of such rows", .grammar)
        let count = Measure.count(model.tables[state.table].id)
        draft.filters += whole
        // The part is complete: what stands behind holds for the whole.
        part = Part(isPercent: true, start: draft.filters.count)
        draft.isShare = true
        let rate = Draft.Number.built(.ratio(.filtered(count, [state.condition]), count), state.table)
        guard let superlative = phrase.superlative else {
            add(rate)
            return true
        }
        // "which venue has the highest cancellation rate".
        useDeterminers(phrase)
        draft.rank = .init(isDescending: superlative.isDescending, limit: isAskedPlural ? nil : 1)
        draft.rankNumber = rate
        role = .rank
        return true
    }

    private mutating func state(_ piece: Int, of table: Int?) throws -> Draft.Filter? {
        if let filter = try modifierFilter(piece, table) { return filter }
        let events = pieces[piece].entries.compactMap { entry -> ColumnModel? in
            guard case .event(let column) = entry.sense, entry.quality >= 0.75, model.columns[column].isNullable,
                table == nil || model.columns[column].table == table
            else { return nil }
            return model.columns[column]
        }
        guard events.count == 1, let event = events.first, model.tables[event.table].mainTime != event.index else {
            return nil
        }
        use(piece, "\(title(event.index)) is there", .column)
        return Draft.Filter(table: event.table, condition: .not(.isEmpty(event.id)))
    }
}

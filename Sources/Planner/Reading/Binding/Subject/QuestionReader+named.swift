/// Curated numbers whose names are plain plurals: who asks for no number is shown the rows.
extension QuestionReader {
    /// "customers on trial right now", "tickets sorted by date": the rows, although their number has a name.
    func listedByName(_ metric: Int, _ phrase: Phrase, _ noun: Noun) -> (table: Int, filters: [Draft.Filter])? {
        guard let piece = noun.headPiece, !phrase.hasDeterminer, draft.subject == nil,
            draft.numbers.isEmpty, noun.event == nil,
            phrase.links.allSatisfy({ [.show, .sentence].contains($0) }),
            case .aggregate(_, isAdditive: true) = model.source.metrics[metric].computation,
            let rows = model.metricRows[metric], rows.isCount, !rows.isStock, let table = model.table(rows.table),
            isCalled(piece, table), asksForNoNumber(piece)
        else { return nil }
        let isOrdered = pieces.contains { isOrder($0.grammar) }
        // A state has names to be told; a bare number of events has none.
        guard isOrdered || hasClause || !rows.conditions.isEmpty && !table.labels.isEmpty && isOfNow else { return nil }
        return (table.index, rows.conditions.map { .init(table: table.index, condition: $0) })
    }

    /// "tickets that are …", "with a rating below 3": which of them. "With critical priority" picks kinds, as of a number.
    private var hasClause: Bool {
        guard position < phrases.count else { return false }
        let phrase = phrases[position]
        if phrase.links.contains(.with) { return pieces.contains { $0.quantity != nil } }
        return phrase.links.contains { [.relative, .whose, .without].contains($0) }
    }

    private var isOfNow: Bool {
        pieces.contains { piece in
            let words = piece.words.joined(separator: " ")
            return piece.grammar == .current
                || ["right now", "currently", "now", "at the moment", "at present", "these days", "presently"].contains(
                    words)
        }
    }

    private func isCalled(_ piece: Int, _ table: TableModel) -> Bool {
        let plurals = pieces[piece].words.filter { NameWords.base($0) != $0 }.map(NameWords.base)
        return table.names.contains { name in name.words.last.map { plurals.contains(NameWords.base($0)) } ?? false }
    }

    private func asksForNoNumber(_ head: Int) -> Bool {
        !pieces.indices.contains { index in
            if index != head, pieces[index].time.map({ $0.grain != nil }) ?? false { return true }
            switch pieces[index].grammar {
            case .group?, .each?, .by?, .howMany?, .howMuch?, .howLong?, .countDistinct?, .aggregate?, .total?,
                .percent?, .ratio?, .difference?, .versus?, .compare?, .rankedGrain?, .whichGrain?, .overTime?,
                .running?, .distribution?, .chart?, .average?, .define?, .describe?:
                return true
            default: return false
            }
        }
    }

    private func isOrder(_ grammar: Grammar?) -> Bool {
        switch grammar {
        case .orderBy?, .ordered?, .descending?, .ascending?, .alphabetical?, .first?: true
        default: false
        }
    }
}

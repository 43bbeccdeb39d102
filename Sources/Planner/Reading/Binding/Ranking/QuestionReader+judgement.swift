/// Words that rank by what is good, by what is newest, or by how often.
extension QuestionReader {
    /// The worst of what had better be low is the highest.
    mutating func judge() {
        guard isJudged, let rank = draft.rank, case .metric(let metric)? = draft.rankNumber ?? draft.numbers.first,
            model.source.metrics[metric].higherIsBetter == false
        else { return }
        draft.rank?.isDescending = !rank.isDescending
        assume("The lower the \(model.source.metrics[metric].name), the better.")
    }

    /// "most of our revenue" is the greater part of it, and no maximum.
    func isMajority(_ superlative: Phrase.Superlative) -> Bool {
        let next = superlative.piece + 1
        return pieces[superlative.piece].words.last == "most" && pieces.indices.contains(next)
            && pieces[next].grammar == .of
    }

    /// "the latest MRR": a stock as it is now. Of anything else it is not said which one that would be.
    mutating func readNewest(_ phrase: Phrase, _ superlative: Phrase.Superlative) throws {
        guard superlative.quality == .time, superlative.isDescending, let piece = phrase.terms.last,
            let metric = stock(piece)
        else { throw ReadFailure.unplaced([superlative.piece]) }
        use(piece, "metric “\(model.source.metrics[metric].name)”", .metric, score: pieces[piece].quality)
        assume("It is as of now.")
        add(.metric(metric))
    }

    private func stock(_ piece: Int) -> Int? {
        for case .metric(let metric) in pieces[piece].entries.filter({ $0.quality >= 0.8 }).map(\.sense) {
            if case .snapshot = model.source.metrics[metric].computation { return metric }
        }
        return nil
    }

    /// A group of rows without a value is not among the most common ones.
    mutating func dropEmpty(_ column: ColumnModel) throws {
        guard column.isNullable else { return }
        draft.filters.append(.init(table: column.table, condition: .not(.isEmpty(column.id))))
    }

    /// Whether the metric is the number of rows of the table, or of some of them.
    func counts(_ metric: SemanticSource.Metric, rowsOf table: Int) -> Bool {
        guard case .aggregate(let part, isAdditive: true) = metric.computation, part.table == model.tables[table].id
        else { return false }
        return part.expression.filter { !$0.isWhitespace }.lowercased() == "count(*)"
    }

    /// "how many customers signed up": the number that is declared for it. False where the phrase is something else.
    mutating func readDone(_ phrase: Phrase) throws -> Bool {
        guard phrase.count != nil, phrase.terms.count == 2, let last = phrase.terms.last, isVerbForm(last),
            !pieces[last].isNegated
        else { return false }
        for case .table(let table) in pieces[phrase.terms[0]].entries.filter({ $0.quality >= 0.8 }).map(\.sense) {
            for case .metric(let metric) in pieces[last].entries.filter({ $0.quality >= 0.8 }).map(\.sense)
            where counts(model.source.metrics[metric], rowsOf: table) {
                use(phrase.terms[0], "table \(model.tables[table].id.name)", .table)
                use(last, "metric “\(model.source.metrics[metric].name)”", .metric, score: pieces[last].quality)
                useDeterminers(phrase)
                add(.metric(metric))
                return true
            }
        }
        return false
    }
}

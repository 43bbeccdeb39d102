/// What groups are ranked by where no number is said.
extension QuestionReader {
    /// "most common" counts: what holds now where that is declared, else the one declared count, else rows.
    ///
    /// "best" and "lowest" need a number: where several are declared for the groups it is asked which.
    mutating func countRanked() throws {
        guard draft.numbers.isEmpty, draft.rankNumber == nil, draft.rankColumn == nil, draft.rank != nil,
            draft.entities.isEmpty, draft.having.isEmpty, draft.groups.count == 1,
            case .column(let id) = draft.groups[0], let column = model.column(id), column.role == .category
        else { return }
        let superlative = phrases.compactMap(\.superlative).first
        if let superlative, superlative.quality != .frequency, try readChosenRank(superlative, column) { return }
        let stocks = model.source.metrics.indices.filter { isStockCount($0, by: column) }
        let declared = model.source.metrics.indices.filter { isCount($0, by: column) }
        if stocks.count == 1 {
            draft.rankNumber = .metric(stocks[0])
            assume("It is ranked by \(model.source.metrics[stocks[0]].name).")
        } else if declared.count == 1, isOfSuch(declared[0], column) {
            draft.rankNumber = .metric(declared[0])
        } else {
            draft.rankNumber = .count(base ?? column.table)
            try dropEmpty(column)
            assume("It is ranked by the number of \(model.tables[base ?? column.table].title).")
        }
    }

    /// Takes the number that was chosen, or asks for it; false where rows may be counted.
    private mutating func readChosenRank(_ superlative: Phrase.Superlative, _ column: ColumnModel) throws -> Bool {
        if case .metric(let metric)? = forced[superlative.piece] {
            draft.rankNumber = .metric(metric)
            judge()
            return true
        }
        let declared = model.source.metrics.indices.filter { mayRank($0, column) }
        // "the top reasons": of what alone has them, how many there are of each.
        if declared.count(where: { isCount($0, by: column) || isStockCount($0, by: column) }) == 1, column.isNullable {
            return false
        }
        if declared.count > 1 { throw ReadFailure.ambiguous(piece: superlative.piece, declared.map { .metric($0) }) }
        let word = pieces[superlative.piece].words.last ?? ""
        guard Self.judging.contains(word) else { return false }
        throw ReadFailure.unsound("It is not said by what number \(column.title) is the \(word).")
    }

    /// Words that say nothing of how many.
    private static let judging: Set<String> = ["best", "worst", "highest", "lowest"]

    private func mayRank(_ metric: Int, _ column: ColumnModel) -> Bool {
        guard metricTable(metric) == column.table else { return false }
        if case .statement = model.source.metrics[metric].computation { return false }
        return model.source.metrics[metric].dimensions.contains(column.id.name)
    }

    /// Whether the metric counts rows of the column's own table, and may be split by it.
    private func isCount(_ metric: Int, by column: ColumnModel) -> Bool {
        let metric = model.source.metrics[metric]
        guard metric.dimensions.contains(column.id.name) else { return false }
        return model.table(column.id.table).map { counts(metric, rowsOf: $0.index) } ?? false
    }

    private func isStockCount(_ metric: Int, by column: ColumnModel) -> Bool {
        guard case .snapshot(let part, _, _, isAdditive: true) = model.source.metrics[metric].computation,
            part.table == column.id.table, model.source.metrics[metric].dimensions.contains(column.id.name)
        else { return false }
        return model.metricRows[metric]?.isCount == true
    }

    /// What was lost makes nothing popular, unless it alone has what is asked for.
    private func isOfSuch(_ metric: Int, _ column: ColumnModel) -> Bool {
        model.source.metrics[metric].higherIsBetter != false || column.isNullable
    }

    /// "most active members": to what degree somebody is in a state is nothing that the state tells.
    func gradesState(_ superlative: Phrase.Superlative) -> Bool {
        guard superlative.quality == nil, ["most", "least"].contains(pieces[superlative.piece].words.last ?? ""),
            let next = pieces.indices.first(where: { $0 > superlative.piece }),
            let word = pieces[next].words.first, !pieces[next].entries.isEmpty
        else { return false }
        let isFollowed = pieces[next].words.count > 1 || next + 1 < pieces.count && !pieces[next + 1].entries.isEmpty
        return isFollowed && isOnlyState(word)
    }

    /// "lowest rating by category": the groups are ranked, where the word is the very name of a curated average.
    func rankedByGroup(_ noun: Noun) -> Int? {
        guard let piece = noun.headPiece, noun.filters.isEmpty, position < phrases.count else { return nil }
        let next = phrases[position]
        guard isGroup(next), next.time == nil, !next.terms.isEmpty, !isOfEach(next) else { return nil }
        for entry in pieces[piece].entries where entry.quality >= 0.95 {
            if case .metric(let metric) = entry.sense, isAverage(metric), model.metricRows[metric] != nil {
                return metric
            }
        }
        return nil
    }

    /// Whether the word alone is the name of a state, and of nothing else.
    private func isOnlyState(_ word: String) -> Bool {
        let hits = model.lexicon.hits(
            at: 0, matches: [model.lexicon.vocabulary.matches(word)], isOf: [false], isArticle: [false],
            isBreak: [false])
        let entries = (hits.first?.entries ?? []).filter { $0.quality >= 0.9 }
        return !entries.isEmpty
            && entries.allSatisfy { entry in
                switch entry.sense {
                case .value, .flag: true
                default: false
                }
            }
    }
}

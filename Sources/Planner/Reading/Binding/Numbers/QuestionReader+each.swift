/// "average price per shop by country": whether the shops are averaged over, or every one of them is a group.
extension QuestionReader {
    /// "per shop", "for each shop", which "by shop" is not.
    func isOfEach(_ phrase: Phrase) -> Bool {
        phrase.isEach
            || zip(phrase.links, phrase.linkPieces).contains { grammar, piece in
                grammar == .group && pieces[piece].words.contains { ["per", "each", "every"].contains($0) }
            }
    }

    /// What is averaged over is no group beside what it is split by.
    mutating func settleAverage(_ numbers: inout [Draft.Number]) throws {
        guard draft.rank == nil, draft.having.isEmpty, isSplitAgain, numbers.count == 1, draft.entities.count == 1,
            each.contains(draft.entities[0])
        else { return }
        let entity = draft.entities[0]
        guard draft.groups.allSatisfy({ isAttribute($0, of: entity) }) else {
            if isMean(numbers[0]) { throw Self.unsaid(model.tables[entity].title) }
            return
        }
        switch numbers[0] {
        case .metric(let metric) where isAverage(metric):
            guard isSaid(metric, per: entity) else { throw Self.unsaid(model.tables[entity].title) }
        case .aggregate(.average, let column):
            guard model.columns[column].table == entity else { throw Self.unsaid(model.tables[entity].title) }
        case .built(.aggregate(.average, _), let table), .built(.filtered(.aggregate(.average, _), _), let table):
            guard table == entity else { throw Self.unsaid(model.tables[entity].title) }
        case .metric, .count, .aggregate(.sum, _): return try takePerHead(entity, &numbers)
        default: return
        }
        draft.entities = []
        let shown = draft.columns
        draft.columns = shown.filter { model.columns[$0].table != entity }
    }

    private func isMean(_ number: Draft.Number) -> Bool {
        switch number {
        case .metric(let metric): isAverage(metric) && model.metricRows[metric]?.aggregate == .average
        case .aggregate(.average, _), .built(.aggregate(.average, _), _),
            .built(.filtered(.aggregate(.average, _), _), _):
            true
        default: false
        }
    }

    private static func unsaid(_ title: String) -> ReadFailure {
        .unsound("It is not said whether single rows are averaged, or what each of \(title) comes to.")
    }

    private func isAttribute(_ group: Dimension, of entity: Int) -> Bool {
        guard case .column(let id) = group, let column = model.column(id) else { return false }
        return describes(entity, column.index)
    }

    /// Whether its definition says that it is an average of such rows: "average spend per member".
    private func isSaid(_ metric: Int, per table: Int) -> Bool {
        let definition = model.source.metrics[metric]
        let names = Set(
            model.tables[table].title.split(separator: " ").suffix(1).map { NameWords.base($0.lowercased()) })
        return ([definition.name, definition.definition] + definition.synonyms).contains { text in
            let words = Tokenizer.tokens(of: text).map(\.word)
            return words.indices.contains { index in
                words[index] == "per"
                    && words[index...].dropFirst().prefix(2).contains { names.contains(NameWords.base($0)) }
            }
        }
    }
}

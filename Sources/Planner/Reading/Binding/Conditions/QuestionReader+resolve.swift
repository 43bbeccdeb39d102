/// Which of its senses a word has here.
extension QuestionReader {
    struct Choice {
        var sense: Lexicon.Sense
        var score: Double
        var isTaught = false
        var isQualified = false
    }

    mutating func findMentioned() {
        for phrase in phrases {
            for piece in phrase.terms {
                guard let best = pieces[piece].entries.first else { continue }
                for entry in pieces[piece].entries where entry.quality >= 0.7 && entry.quality >= best.quality - 0.06 {
                    switch entry.sense {
                    case .table(let table): mention(table)
                    case .column(let column) where entry.isQualified: mention(model.columns[column].table)
                    default: break
                    }
                }
            }
        }
    }

    /// Where no table is named, the one that a value belongs to.
    mutating func findMentionedByValue() {
        guard mentioned.isEmpty else { return }
        for phrase in phrases {
            for piece in phrase.terms {
                // A foreign key's values are those of the table that it leads to.
                let owners = pieces[piece].entries.map { entry -> Int? in
                    switch entry.sense {
                    case .value(let column, let values) where isPlural(piece):
                        // "all barbers": the things that are of the kind.
                        bearer(
                            of: .init(
                                table: model.columns[owner(ofCopy: column)].table,
                                condition: .oneOf(model.columns[owner(ofCopy: column)].id, values)))
                    case .value(let column, _), .flag(let column): model.columns[owner(ofCopy: column)].table
                    default: nil
                    }
                }
                let tables = Set(owners.compactMap { $0 })
                if tables.count == 1, owners.allSatisfy({ $0 != nil }),
                    let table = tables.first
                {
                    mention(table)
                }
            }
        }
    }

    mutating func mention(_ table: Int) {
        if !mentioned.contains(table) { mentioned.append(table) }
    }

    func table(of number: Draft.Number) -> Int? {
        switch number {
        case .metric(let index): metricTable(index)
        case .count(let table), .part(let table, _), .ratio(_, _, let table): table
        case .countDistinct(let column), .aggregate(_, let column): model.columns[column].table
        case .duration(_, let from, _, _): model.columns[from].table
        case .averagePerGroup(let table, _): table
        case .built(_, let table): table
        case .share(let table, let column): table ?? column.map { model.columns[$0].table }
        }
    }

    func metricTable(_ index: Int) -> Int? {
        let id: TableID? =
            switch model.source.metrics[index].computation {
            case .aggregate(let part, _), .snapshot(let part, _, _, _): part.table
            case .ratio(let numerator, _): numerator.table
            case .statement(_, let tables): tables.first
            }
        return id.flatMap { model.table($0)?.index }
    }

    /// How well a table fits what is spoken of.
    func closeness(of table: Int) -> Double {
        var score = 0.0
        if let index = mentioned.firstIndex(of: table) { score += 0.15 - 0.005 * Double(min(index, 5)) }
        if let scope, scope == table { score += 0.3 }
        if let lastTable, lastTable == table { score += 0.1 }
        if let scope, let steps = relations.stepsUp(from: scope, to: table) {
            return score + 0.25 - 0.04 * Double(steps)
        }
        if let base {
            if let steps = relations.stepsUp(from: base, to: table) { return score + 0.3 - 0.06 * Double(steps) }
            if relations.stepsUp(from: table, to: base) != nil { return score + 0.08 }
            return relations.distance(base, table) == nil ? -0.8 : score - 0.15
        }
        // "the capital of Oregon": of the table that has capitals.
        if let asked = (asked + draft.columns).first.map({ model.columns[$0].table }),
            let steps = relations.stepsUp(from: asked, to: table)
        {
            return score + 0.3 - 0.06 * Double(steps)
        }
        guard !mentioned.isEmpty, !mentioned.contains(table) else { return score }
        var best = -0.5
        for other in mentioned {
            if relations.stepsUp(from: other, to: table) == 1 || relations.stepsUp(from: table, to: other) != nil {
                return score + 0.08
            }
            if best < -0.1, relations.distance(other, table) != nil { best = -0.1 }
        }
        return score + best
    }

    /// The senses of a piece that the rule can use, best first.
    func choices(_ piece: Int, _ bonus: (Lexicon.Entry) -> Double?) -> [Choice] {
        if let sense = forced[piece] {
            let entry = pieces[piece].entries.first { $0.sense == sense } ?? Lexicon.Entry(sense: sense, quality: 1)
            return bonus(entry) == nil ? [] : [Choice(sense: sense, score: 9, isTaught: true)]
        }
        let found = pieces[piece].entries.compactMap { entry -> Choice? in
            guard let extra = bonus(entry) else { return nil }
            var score = entry.quality + extra
            if let table = table(of: entry.sense) { score += closeness(of: table) }
            return Choice(sense: entry.sense, score: score, isTaught: entry.isTaught, isQualified: entry.isQualified)
        }
        // What was decided about the word is not weighed again.
        let taught = found.filter(\.isTaught)
        return (taught.isEmpty ? found : taught)
            .sorted { $0.score == $1.score ? $0.sense < $1.sense : $0.score > $1.score }
    }

    func table(of sense: Lexicon.Sense) -> Int? {
        switch sense {
        case .metric(let index): metricTable(index)
        case .table(let table): table
        case .column(let column), .flag(let column), .event(let column), .value(let column, _),
            .duration(let column, _):
            model.columns[column].table
        }
    }

    /// The one sense that fits; two that fit alike are a question back.
    func resolve(_ piece: Int, _ bonus: (Lexicon.Entry) -> Double?) throws -> Lexicon.Sense? {
        let choices = choices(piece, bonus)
        guard let best = choices.first, best.score > 0.3 else { return nil }
        let rivals = choices.dropFirst().filter { best.score - $0.score < 0.035 && !isSame($0.sense, best.sense) }
        if !rivals.isEmpty, !best.isTaught {
            throw ReadFailure.ambiguous(piece: piece, [best.sense] + rivals.prefix(4).map(\.sense))
        }
        return best.sense
    }

    /// A foreign key and the key it names hold the same values.
    private func isSame(_ left: Lexicon.Sense, _ right: Lexicon.Sense) -> Bool {
        if case .table(let table) = left, case .column(let column) = right {
            return model.columns[column].table == table || model.columns[column].targets.contains(table)
        }
        if case .column = left, case .table = right { return isSame(right, left) }
        if case .value(let left, let ours) = left, case .value(let right, let others) = right {
            return ours == others && owner(ofCopy: left) == owner(ofCopy: right)
        }
        guard case .column(let left) = left, case .column(let right) = right else { return false }
        return refers(left, right) || refers(right, left)
    }

    /// The column that a foreign key holds the values of; any other column itself.
    func owner(ofCopy column: Int) -> Int {
        let own = model.columns[column]
        guard own.targets.count == 1, let target = own.targets.first, target != own.table,
            let key = keyNamed(by: own, in: target)
        else { return column }
        return key
    }

    private func keyNamed(by column: ColumnModel, in target: Int) -> Int? {
        let edge = relations.graph.edges(from: column.id.table).first {
            $0.isForward && $0.fromColumns == [column.id.name] && $0.to == model.tables[target].id
        }
        return edge?.toColumns.first.flatMap { model.column(ColumnID(model.tables[target].id, $0))?.index }
    }

    private func refers(_ from: Int, _ to: Int) -> Bool {
        let column = model.columns[from]
        return column.targets.contains(model.columns[to].table) && model.tables[model.columns[to].table].key == to
    }

    func resolveTable(_ piece: Int) throws -> Int? {
        let sense = try resolve(piece) { entry in
            if case .table = entry.sense { return 0.05 }
            return nil
        }
        if case .table(let table)? = sense { return table }
        return nil
    }

    func title(_ column: Int) -> String {
        let column = model.columns[column]
        return "\(column.id.table.name).\(column.id.name)"
    }

    /// A column's name in a plan.
    func id(_ column: Int) -> ColumnID { model.columns[column].id }
}

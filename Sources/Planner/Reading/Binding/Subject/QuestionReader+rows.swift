/// Names of some of a table's rows: "failed invoices", "paying customers", "upgrades".
extension QuestionReader {
    struct NamedRows {
        var table: Int
        var filters: [Draft.Filter]
    }

    /// The rows that a curated number is called after, where they are meant and not the number.
    mutating func namedRows(_ piece: Int, _ metric: Int, _ phrase: Phrase) throws -> NamedRows? {
        guard let last = pieces[piece].words.last, pieces[piece].words.count > 1, isPlural(piece),
            let table = tableCalled(last), meansRows(metric, phrase)
        else { return nil }
        let rows = model.metricRows[metric]
        if let rows, rows.table == model.tables[table].id {
            return NamedRows(table: table, filters: rows.conditions.map { Draft.Filter(table: table, condition: $0) })
        }
        if let condition = ownState(pieces[piece].words.dropLast(), of: table) {
            return NamedRows(table: table, filters: [.init(table: table, condition: condition)])
        }
        guard let rows, let child = model.table(rows.table)?.index, relations.stepsUp(from: child, to: table) != nil,
            draft.subject ?? base ?? table == table, part == nil, phrase.percent == nil, phrase.count == nil
        else { throw ReadFailure.unplaced([piece]) }
        draft.relations.append(
            .init(
                table: child, isNegated: false,
                filters: rows.conditions.map { .init(table: child, condition: $0) }))
        return NamedRows(table: table, filters: [])
    }

    /// For the evidence.
    func described(_ rows: NamedRows, _ metric: Int) -> String {
        "table \(model.tables[rows.table].id.name), those of “\(model.source.metrics[metric].name)”"
    }

    private func meansRows(_ metric: Int, _ phrase: Phrase) -> Bool {
        let asksFor = asksForList(phrase) || hasHead && isClause(phrase)
        if isCount(metric) { return asksFor && phrase.quantity == nil }
        switch model.source.metrics[metric].computation {
        case .statement: return false
        case .aggregate(_, isAdditive: true), .snapshot(_, _, _, isAdditive: true):
            // A sum may be called after what is added up: "unpaid invoices".
            return asksFor || phrase.count != nil || phrase.quantity != nil
        case .ratio: return true
        case .aggregate, .snapshot: return model.metricRows[metric]?.conditions.isEmpty == false
        }
    }

    private func isClause(_ phrase: Phrase) -> Bool {
        phrase.links.contains { [.with, .have, .relative, .whose, .without, .not, .from, .of, .by, .be].contains($0) }
    }

    /// "list churned customers", "which accounts": rows and not their number.
    func asksForList(_ phrase: Phrase) -> Bool {
        guard !pieces.contains(where: splits) else { return false }
        return zip(phrase.links, phrase.linkPieces).contains { link, piece in
            switch link {
            case .which: ["which", "who"].contains(pieces[piece].words.first ?? "")
            case .show:
                pieces[piece].words.contains { ["list", "find", "identify"].contains($0) }
                    || piece + 1 < pieces.count && pieces[piece + 1].words == ["all"]
            default: false
            }
        }
    }

    func splits(_ piece: Piece) -> Bool {
        piece.grammar == .group || piece.grammar == .each || piece.grammar == .by || piece.time?.grain != nil
    }

    func tableOfRows(_ piece: Int) -> Int? {
        let tables = pieces[piece].entries.compactMap { entry -> Int? in
            if case .table(let table) = entry.sense, entry.quality >= 0.9 { return table }
            return nil
        }
        return tables.count == 1 ? tables[0] : nil
    }

    /// The table that the word alone is a name of.
    func tableCalled(_ word: String) -> Int? {
        let matches = [model.lexicon.vocabulary.matches(word)]
        let hits = model.lexicon.hits(at: 0, matches: matches, isOf: [false], isArticle: [false], isBreak: [false])
        for entry in hits.first?.entries ?? [] where entry.quality >= 0.93 {
            if case .table(let table) = entry.sense { return table }
        }
        return nil
    }

    /// "churned" as the table's own column has it.
    private func ownState(_ words: ArraySlice<String>, of table: Int) -> Condition? {
        let said = words.map(NameWords.base)
        var found: [Condition] = []
        for column in model.columns(of: table) {
            if column.kind == .flag,
                column.words.filter({ !Thesaurus.flagHeads.contains($0) }).map(NameWords.base) == said
            {
                found.append(.isTrue(column.id))
            }
            for value in column.values where Words.plain(value).map(NameWords.base) == said {
                found.append(.oneOf(column.id, [value]))
            }
        }
        return found.count == 1 ? found[0] : nil
    }

    // MARK: Tables that hold several kinds

    /// "upgrades", where they are only some of the rows of the table that is called so.
    func kind(_ piece: Int, of table: Int) -> Draft.Filter? {
        guard let word = pieces[piece].words.last, !pieces[piece].isNegated,
            !model.tables[table].words.contains(where: { NameWords.base($0) == NameWords.base(word) })
        else { return nil }
        let isDeed = WordFamily.isDeed(word)
        let family = isDeed ? WordFamily.keys(of: word) : []
        var found: [Int: Set<String>] = [:]
        for entry in pieces[piece].entries + pieces[piece].kin {
            guard case .value(let column, let values) = entry.sense, model.columns[column].table == table,
                entry.quality >= 0.8, values.count == 1
            else { continue }
            found[column, default: []].formUnion(values)
        }
        for column in model.columns(of: table) where column.role == .category {
            for value in column.values {
                let isSame =
                    NameWords.base(value.lowercased()) == NameWords.base(word)
                    || isDeed && !family.isDisjoint(with: WordFamily.keys(of: value.lowercased()))
                if isSame { found[column.index, default: []].insert(value) }
            }
        }
        guard found.count == 1, let (column, values) = found.first, values.count == 1 else { return nil }
        return .init(table: table, condition: .oneOf(id(column), values.sorted()))
    }

    /// "customers upgraded": which of the changes, and not only that there are some.
    func tellsKind(_ piece: Int, of head: Int) -> Bool {
        pieces[piece].entries.contains { entry in
            guard case .table(let table) = entry.sense, relations.stepsUp(from: table, to: head) != nil else {
                return false
            }
            return kind(piece, of: table) != nil
        }
    }

    /// "customers treated", "ordered products": rows of the deed are there; false where the word only joins.
    mutating func relateDeed(_ piece: Int, to head: Int) throws -> Bool {
        let tables = pieces[piece].entries.compactMap { entry -> Int? in
            if case .table(let table) = entry.sense { return table }
            return nil
        }
        guard let table = tables.first, table != head, relations.stepsUp(from: table, to: head) != nil else {
            return false
        }
        // What somebody is doing is not what has been done.
        guard let word = pieces[piece].words.last, !word.hasSuffix("ing"), !WordFamily.isPresent(word) else {
            throw ReadFailure.unplaced([piece])
        }
        guard tables.count == 1 else { throw ReadFailure.unplaced([piece]) }
        use(piece, "table \(model.tables[table].id.name)", .table, score: pieces[piece].quality)
        var relation = Draft.Relation(table: table, isNegated: false)
        relation.filters = kind(piece, of: table).map { [$0] } ?? []
        draft.relations.append(relation)
        return true
    }
}

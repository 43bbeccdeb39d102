/// What numbers are split by.
extension QuestionReader {
    func isGroup(_ phrase: Phrase) -> Bool {
        if phrase.isEach { return true }
        if phrase.links(.group) { return true }
        guard phrase.links(.by) else { return false }
        if mode != .main || phrase.superlative != nil { return false }
        // "made by customers from Spain" names who did it.
        return phrase.verbs.isEmpty && !previousVerbEndsIn(phrase)
    }

    private func previousVerbEndsIn(_ phrase: Phrase) -> Bool {
        guard let by = zip(phrase.links, phrase.linkPieces).first(where: { $0.0 == .by })?.1, by > 0 else {
            return false
        }
        var before = by - 1
        while before > 0, case .filler = pieces[before].kind { before -= 1 }
        switch pieces[before].kind {
        case .relation: return true
        case .term(let entries):
            return entries.contains { if case .event = $0.sense { true } else { false } }
                && pieces[before].words.last.map { $0.hasSuffix("ed") } == true
        default: return false
        }
    }

    mutating func readGroup(_ phrase: Phrase) throws {
        noteShareGroups()
        for (grammar, piece) in zip(phrase.links, phrase.linkPieces) where grammar == .group { use(piece) }
        // "the top 5 by amount" says what they are ranked by.
        if phrase.links(.by), !phrase.isEach, draft.rank != nil, draft.rankNumber == nil, draft.rankColumn == nil {
            return try readRankKey(phrase)
        }
        if phrase.links(.by), !phrase.isEach, isAgent() { return try readCondition(phrase) }
        guard phrase.time == nil else { return try readTime(phrase) }
        if try readCountedGroup(phrase) { return }
        if phrase.count != nil || phrase.aggregate != nil || phrase.total != nil {
            return try readNumber(phrase)
        }
        let noun = try noun(phrase, wants: .dimension, allowsEvent: true)
        useDeterminers(phrase)
        draft.filters += noun.filters
        if try isByThose(noun, phrase) {
            role = .filter
            return
        }
        if try readPerUnit(noun, phrase) { return }
        switch noun.head {
        case .column(let column):
            try checkSplit(by: column, noun)
            if isOrder(column, phrase) {
                draft.order.append((.column(column), false))
                role = .order
                return
            }
            if !addNamed(column, noun.headPiece) { addGroup(column) }
            isSplitAgain = isSplitAgain || !phrase.links(.and)
        case .table(let table) where noun.event.map({ isOfCounted($0, each: table) }) == true:
            if let event = noun.event { happened(event) }
            addEntity(table)
        case .table(let table) where noun.event != nil: return try relate(table, noun, phrase)
        case .table(let table):
            addEntity(table)
            if isOfEach(phrase) { each.insert(table) }
        case .metric, .duration: throw ReadFailure.unplaced(phrase.terms)
        case .none:
            // "for Italian films" behind "each".
            guard !noun.filters.isEmpty else { throw ReadFailure.unplaced(phrase.terms) }
        }
        role = .group
    }

    /// Nobody splits by a number that is hardly called so.
    private func checkSplit(by column: Int, _ noun: Noun) throws {
        guard model.columns[column].role == .measure, let piece = noun.headPiece,
            !pieces[piece].entries.contains(where: { $0.sense == .column(column) && $0.quality >= 0.9 })
        else { return }
        throw ReadFailure.unplaced([piece])
    }

    /// "animals by weight": rows in that order.
    private func isOrder(_ column: Int, _ phrase: Phrase) -> Bool {
        guard draft.subject != nil, draft.numbers.isEmpty, draft.groups.isEmpty, draft.rank == nil, draft.grain == nil,
            phrase.links(.by), !phrase.isEach, !draft.isDistribution
        else { return false }
        return model.columns[column].role == .measure || model.columns[column].isTime
    }

    /// "how many broadcasts has each programme aired": the time is one of what is counted.
    private func isOfCounted(_ event: Int, each table: Int) -> Bool {
        let counted = model.columns[event].table
        return draft.numbers == [.count(counted)] && counted != table && draft.timeColumn == nil
            && relations.stepsUp(from: counted, to: table) != nil
    }

    /// "by users who joined last month": they did it, they do not split it.
    private func isAgent() -> Bool {
        guard position < phrases.count else { return false }
        let next = phrases[position]
        return next.links(.relative) || next.links(.whose) || (next.links(.from) && next.time == nil)
            || next.links(.with) && next.quantity != nil
    }

    /// "by French artists": some of them did it; whether it is to be split by them as well is not said.
    private func isByThose(_ noun: Noun, _ phrase: Phrase) throws -> Bool {
        guard case .table = noun.head, noun.isPlural, noun.event == nil, !noun.filters.isEmpty, phrase.links(.by),
            !phrase.isEach, draft.rank == nil
        else { return false }
        let isSplit = !draft.groups.isEmpty || !draft.entities.isEmpty || draft.grain != nil
        let isSplitLater = phrases[min(position, phrases.count)...].contains { $0.isEach || $0.links(.group) }
        guard isSplit || isSplitLater || draft.subject != nil && phrases.count <= position else {
            throw ReadFailure.unplaced(phrase.terms)
        }
        return true
    }

    mutating func addGroup(_ column: Int) {
        if model.columns[column].isTime, draft.time != nil || draft.grain != nil, draft.timeColumn == nil {
            // "…, by the date of the visit".
            draft.timeColumn = column
            return
        }
        let model = model.columns[column]
        if let target = model.targets.first, model.role == .foreignKey,
            draft.entities.isEmpty || !draft.entities.contains(target)
        {
            if !draft.groups.contains(.column(id(column))) { draft.groups.append(.column(id(column))) }
            return
        }
        if model.isTime {
            draft.groups.append(.time(id(column), model.kind == .date ? .day : .day))
            return
        }
        if !draft.groups.contains(.column(id(column))) { draft.groups.append(.column(id(column))) }
    }

    /// "average area by number of rooms": each number that a column has is a group.
    private mutating func readCountedGroup(_ phrase: Phrase) throws -> Bool {
        guard phrase.count != nil, !phrase.isDistinct, phrase.links(.by) || phrase.links(.group),
            !draft.numbers.isEmpty,
            draft.rank == nil, phrase.terms.count == 1, let base
        else { return false }
        let found = pieces[phrase.terms[0]].entries.compactMap { entry -> Int? in
            guard case .column(let column) = entry.sense, entry.quality >= 0.95 else { return nil }
            let model = model.columns[column]
            return model.role == .measure && model.isWhole && model.table == base ? column : nil
        }
        guard found.count == 1, let column = found.first else { return false }
        use(phrase.terms[0], "column \(title(column))", .column)
        useDeterminers(phrase)
        addGroup(column)
        role = .group
        return true
    }

    /// Groups by a key: of a key into the same table by name, and without the rows that name nobody where groups are ranked.
    func nameKeys(_ plan: inout Plan, base: Int) {
        for case .column(let group) in draft.groups {
            guard let key = model.column(group), key.role == .foreignKey, key.table == base else { continue }
            let isOwn = key.targets == [base]
            if key.isNullable, !isOwn, draft.rank != nil || !draft.having.isEmpty {
                plan.conditions.append(.not(.isEmpty(key.id)))
            }
            guard isOwn, plan.columns.isEmpty, let named = model.tables[base].key,
                let place = plan.dimensions.firstIndex(of: .column(key.id))
            else { continue }
            plan.dimensions[place] = .column(ColumnID(model.tables[base].id, id(named).name, role: key.id.name))
            for label in model.tables[base].labels {
                plan.columns.append(ColumnID(model.tables[base].id, id(label).name, role: key.id.name))
            }
        }
    }

    /// "by manufacturer": those that the key leads to, by name.
    private mutating func addNamed(_ column: Int, _ piece: Int?) -> Bool {
        let key = model.columns[column]
        guard key.role == .foreignKey, key.targets.count == 1, let target = key.targets.first, target != key.table,
            !model.tables[target].labels.isEmpty, model.tables[target].key != nil, !draft.entities.contains(target),
            roleHints[target] == nil || roleHints[target] == key.id.name, let piece,
            !pieces[piece].words.contains(where: { Thesaurus.keyTails.contains(NameWords.base($0)) })
        else { return false }
        roleHints[target] = key.id.name
        addEntity(target)
        return true
    }

    mutating func addEntity(_ table: Int) {
        if !draft.entities.contains(table) { draft.entities.append(table) }
        if draft.subject == nil, draft.numbers.isEmpty { draft.subject = table }
    }
}

/// Rows of other tables that must be there, or not.
extension QuestionReader {
    mutating func relate(_ table: Int, _ noun: Noun, _ phrase: Phrase, isNegated: Bool = false) throws {
        guard
            let base = draft.subject ?? base ?? asked.first.map({ model.columns[$0].table })
                ?? draft.columns.first.map({ model.columns[$0].table })
        else {
            draft.subject = table
            draft.filters += noun.filters
            return
        }
        if table == base {
            if draft.subject == nil { draft.subject = table }
            add(noun.filters, isNegated: isNegated, isOr: phrase.links(.or))
            if isNegated || phrase.links(.or), noun.filters.isEmpty { throw ReadFailure.unplaced(phrase.terms) }
            if let event = noun.event { try readEvent(event, isNegated: isNegated) }
            return
        }
        try checkSharedPlace(table, base: base, phrase)
        if !isNegated, isOwnerOfAsked(table, phrase) {
            draft.subject = table
            draft.filters += noun.filters
            role = .subject
            if let event = noun.event { try readEvent(event, isNegated: false) }
            return
        }
        if relations.stepsUp(from: base, to: table) != nil {
            try readParent(table, noun, base: base, isNegated: isNegated, phrase)
            return
        }
        if !isNegated, noun.event == nil, isObject(table, phrase) {
            draft.relations[draft.relations.count - 1].filters += noun.filters
            return
        }
        guard !phrase.links(.or) else { throw ReadFailure.unplaced(phrase.terms) }
        if phrase.links == [.of], noun.filters.isEmpty, noun.event == nil, let piece = noun.headPiece, piece > 0,
            ["a", "an"].contains(pieces[piece - 1].words.first ?? ""), !draft.numbers.isEmpty
        {
            // "the cost of a launch": of each of them, not of what has some.
            throw ReadFailure.unplaced(phrase.terms)
        }
        if try countDeeds(table, noun, phrase, base: base, isNegated: isNegated) { return }
        try need(table, noun, base: base, isNegated: isNegated)
    }

    /// "which cities have both a bar and a brewery": each of them has a city of its own.
    private func checkSharedPlace(_ table: Int, base: Int, _ phrase: Phrase) throws {
        guard draft.subject == nil, draft.numbers.isEmpty, let place = asked.first,
            model.columns[place].role == .category, relations.stepsUp(from: base, to: table) == nil,
            !phrase.links(.of), model.columns(of: table).contains(where: { $0.words == model.columns[place].words })
        else { return }
        throw ReadFailure.unplaced(phrase.terms)
    }

    /// "name and city of the members": what is asked for are columns, of this table.
    private func isOwnerOfAsked(_ table: Int, _ phrase: Phrase) -> Bool {
        draft.subject == nil && draft.numbers.isEmpty && draft.rank == nil && !asked.isEmpty
            && (phrase.links(.of) || phrase.links(.within))
            && asked.allSatisfy { relations.stepsUp(from: table, to: model.columns[$0].table) != nil }
    }

    /// "never visited a site": what the verb's rows always have, or only some of it.
    private func isObject(_ table: Int, _ phrase: Phrase) -> Bool {
        guard let scope, role == .relation, draft.relations.last?.table == scope, scope != table else { return false }
        return relations.stepsUp(from: scope, to: table) != nil && phrase.links.isEmpty
    }

    /// Rows of the table, or of the one that joins it to the subject, must be there or not.
    private mutating func need(_ table: Int, _ noun: Noun, base: Int, isNegated: Bool) throws {
        // That there are any of a sibling's rows says little, and may be said by chance.
        let isSibling = (isNegated || !noun.filters.isEmpty) && hasSameOwner(base, table)
        let isReached = relations.stepsUp(from: table, to: base) != nil || isSibling
        let fact = isReached ? table : try between(base, table)
        var relation = Draft.Relation(table: fact, isNegated: isNegated)
        relation.filters = noun.filters
        if fact != table, noun.filters.isEmpty, let key = reference(fact, table) {
            // A row that names none of them leads to none.
            relation.filters.append(.init(table: fact, condition: .not(.isEmpty(key))))
        }
        relation.timeColumn = noun.event
        draft.relations.append(relation)
        scope = fact
        role = .relation
    }

    private mutating func readParent(_ table: Int, _ noun: Noun, base: Int, isNegated: Bool, _ phrase: Phrase) throws {
        if noun.filters.isEmpty, isNegated {
            let edge = relations.graph.edges(from: model.tables[base].id).first {
                $0.to == model.tables[table].id && $0.isForward && $0.fromColumns.count == 1
            }
            guard let name = edge?.fromColumns.first else { throw ReadFailure.unplaced(phrase.terms) }
            add([.init(table: base, condition: .isEmpty(ColumnID(model.tables[base].id, name)))])
            return
        }
        if noun.filters.isEmpty, noun.event == nil, !isNegated, phrase.links == [.with], let piece = noun.headPiece,
            isDefinite(piece), draft.numbers.isEmpty, asked.isEmpty, draft.rank == nil,
            phrases.first?.links(.show) == true
        {
            // "every tool with the branch it is at": both are shown.
            if draft.columns.isEmpty { draft.columns += try identity(of: base) }
            draft.columns += try identity(of: table).filter { !draft.columns.contains($0) }
            role = .output
            return
        }
        let isHeld = [.have, .with, .within, .on].contains(where: phrase.links.contains)
        if noun.filters.isEmpty, noun.event == nil, isHeld, let key = reference(base, table) {
            add([.init(table: base, condition: .not(.isEmpty(key)))], isOr: phrase.links(.or))
            return
        }
        add(noun.filters, isNegated: isNegated, isOr: phrase.links(.or))
        if let event = noun.event {
            parentEvent = event
        }
        parent = table
        if role != .filter { role = .subject }
    }

    /// "the branch", "its branch": the one that it has.
    private func isDefinite(_ piece: Int) -> Bool {
        piece > 0 && ["the", "its", "their", "his", "her"].contains(pieces[piece - 1].words.first ?? "")
    }

    /// The foreign key that may be empty, where there is one from the table to the other.
    private func reference(_ base: Int, _ table: Int) -> ColumnID? {
        let edges = relations.graph.edges(from: model.tables[base].id).filter {
            $0.to == model.tables[table].id && $0.isForward && $0.isOptional && $0.fromColumns.count == 1
        }
        guard edges.count == 1, let name = edges.first?.fromColumns.first else { return nil }
        return ColumnID(model.tables[base].id, name)
    }

    /// The one table that names both.
    func between(_ left: Int, _ right: Int) throws -> Int {
        let facts = model.tables.indices.filter { table in
            table != left && table != right && relations.stepsUp(from: table, to: left) != nil
                && relations.stepsUp(from: table, to: right) != nil
        }
        let best = facts.map { table in
            (table, (relations.stepsUp(from: table, to: left) ?? 9) + (relations.stepsUp(from: table, to: right) ?? 9))
        }
        if let joinedBy, facts.contains(joinedBy) { return joinedBy }
        guard let least = best.map(\.1).min() else {
            throw ReadFailure.unsound(
                "Nothing leads from \(model.tables[left].title) to \(model.tables[right].title).")
        }
        let nearest = best.filter { $0.1 == least }
        guard nearest.count == 1 else {
            throw ReadFailure.unsound(
                "\(model.tables[left].title) and \(model.tables[right].title) hang together in several ways.")
        }
        return nearest[0].0
    }
}

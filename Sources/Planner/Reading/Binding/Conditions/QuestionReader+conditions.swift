/// Which rows count.
extension QuestionReader {
    mutating func readCondition(_ phrase: Phrase) throws {
        try settlePending(unless: phrase)
        try checkSequence(phrase)
        noteShareCondition(phrase)
        let (isNegated, isOr) = (phrase.negation != nil, phrase.links(.or))
        use(phrase.negation)
        if isOr { use(zip(phrase.links, phrase.linkPieces).first { $0.0 == .or }?.1) }
        if let match = textMatch(phrase) { return try readTextMatch(match, phrase, isNegated: isNegated, isOr: isOr) }
        if phrase.count != nil || phrase.aggregate != nil || phrase.total != nil {
            guard hasHead, draft.numbers.isEmpty || !draft.groups.isEmpty || !draft.entities.isEmpty else {
                return try readNumber(phrase)
            }
            return try readNumberOfGroup(phrase)
        }
        if try readOtherTime(phrase) { return }
        if readDirected(phrase, isNegated: isNegated, isOr: isOr) { return }
        if phrase.links(.later) || phrase.links(.earlier), phrase.quantity == nil {
            throw ReadFailure.notSupported("What happened before or after something else is not computed yet.")
        }
        if try readSameColumn(phrase, isNegated: isNegated, isOr: isOr) { return }
        if try readPredicateValue(phrase, isNegated: isNegated, isOr: isOr) { return }
        try readNamed(phrase, isNegated: isNegated, isOr: isOr)
    }

    /// What the phrase's own words name: rows that must be there, a column, a number, or values and events alone.
    private mutating func readNamed(_ phrase: Phrase, isNegated: Bool, isOr: Bool) throws {
        let isClause = phrase.links.contains { [.with, .have, .relative, .without, .not].contains($0) }
        let noun = try noun(
            phrase, wants: isCompared(phrase) ? .dimension : isClause || !draft.numbers.isEmpty ? .table : .any,
            allowsEvent: true)
        useDeterminers(phrase)
        if isClause, !isNegated, !isOr, let metric = groupMetric(noun) {
            pendingNumber = .metric(metric)
            return
        }
        switch noun.head {
        case .table(let table): try relate(table, noun, phrase, isNegated: isNegated)
        case .column where noun.event != nil: throw ReadFailure.unplaced(phrase.terms)
        case .column(let column): try readConditionColumn(column, noun, phrase, isNegated: isNegated, isOr: isOr)
        case .metric(let metric):
            try readConditionMetric(metric, noun, phrase, isClause: isClause, isNegated: isNegated, isOr: isOr)
        case .duration: throw ReadFailure.unplaced(phrase.terms)
        case .none: try readBareFilters(noun, phrase, isNegated: isNegated, isOr: isOr)
        }
    }

    /// Where a curated number stands as a condition: rows left out, a value of each row, rows of its own.
    private mutating func readConditionMetric(
        _ metric: Int, _ noun: Noun, _ phrase: Phrase, isClause: Bool, isNegated: Bool, isOr: Bool
    ) throws {
        if isNegated, !isOr, let filter = leftOut(metric) {
            // "customers except trials": rows that another number is taken over.
            guard noun.filters.isEmpty else { throw ReadFailure.unplaced(phrase.terms) }
            return add([filter], isNegated: true)
        }
        if isClause, !phrase.isAnd {
            // "without a satisfaction score": of every row.
            guard let column = ownColumn(metric) else { throw ReadFailure.unplaced(phrase.terms) }
            return try readConditionColumn(column, noun, phrase, isNegated: isNegated, isOr: isOr)
        }
        if role == .relation, draft.numbers.isEmpty, phrase.isAnd {
            // "an upgrade and a downgrade": rows of their own, and no number beside them.
            guard let piece = noun.headPiece, noun.filters.isEmpty, !isNegated, !isOr,
                let table = tableOfRows(piece), let kind = kind(piece, of: table)
            else { throw ReadFailure.unplaced(phrase.terms) }
            draft.relations.append(.init(table: table, isNegated: false, filters: [kind]))
            return
        }
        guard draft.numbers.isEmpty || !draft.groups.isEmpty else { throw ReadFailure.unplaced(phrase.terms) }
        add(.metric(metric))
    }

    /// "delivered to Bern", "not resolved": values and events with nothing that they are said of.
    private mutating func readBareFilters(_ noun: Noun, _ phrase: Phrase, isNegated: Bool, isOr: Bool) throws {
        if let event = noun.event {
            guard !isOr else { throw ReadFailure.unplaced(phrase.terms) }
            try readEvent(event, isNegated: isNegated)
        }
        try checkNever(phrase, noun)
        if isNegated, let base,
            let far = noun.filters.first(where: { relations.stepsUp(from: base, to: $0.table) == nil })
        {
            // "fed no otters": nothing of the kind is there.
            let fact = relations.stepsUp(from: far.table, to: base) != nil ? far.table : try between(base, far.table)
            draft.relations.append(.init(table: fact, isNegated: true, filters: noun.filters))
            scope = fact
            role = .relation
            return
        }
        if isNegated, phrase.terms.count == 1, noun.filters.count == 1,
            let time = pastTime(phrase.terms[0], noun.filters[0])
        {
            return add([.init(table: noun.filters[0].table, condition: .isEmpty(time))], isOr: isOr)
        }
        add(
            try belonging(directed(noun.filters, phrase), phrase), isNegated: isNegated, isOr: isOr,
            isAnd: phrase.isAnd)
    }

    /// The one condition that tells a metric's rows from the others that are spoken of.
    private func leftOut(_ metric: Int) -> Draft.Filter? {
        guard let rows = model.metricRows[metric], !rows.isStock, rows.isCount, rows.conditions.count == 1,
            let table = model.table(rows.table)?.index, let base = scope ?? base,
            table == base || relations.stepsUp(from: base, to: table) != nil
        else { return nil }
        return .init(table: table, condition: rows.conditions[0])
    }

    /// "never paid" denies a deed, which where somebody came from does not tell.
    private func checkNever(_ phrase: Phrase, _ noun: Noun) throws {
        guard let negation = phrase.negation, pieces[negation].words.contains("never"), let base,
            phrase.terms.contains(where: isVerbForm)
        else { return }
        let tellsDeed = noun.filters.allSatisfy { filter in
            filter.table != base
                || Self.columns(filter.condition).compactMap(model.column).allSatisfy {
                    $0.kind == .flag || $0.isTime || $0.words.contains(where: Self.states.contains)
                }
        }
        guard tellsDeed else { throw ReadFailure.unplaced(phrase.terms) }
    }

    /// "not resolved": where rows say when that was, it has not been; the state may have gone on to another one.
    private func pastTime(_ piece: Int, _ filter: Draft.Filter) -> ColumnID? {
        let times = pieces[piece].entries.compactMap { entry -> ColumnModel? in
            guard case .event(let event) = entry.sense, model.columns[event].table == filter.table,
                model.columns[event].isNullable
            else { return nil }
            return model.columns[event]
        }
        return times.count == 1 ? times[0].id : nil
    }

    /// "with an average rating under 3.8": a number of each group, held against another.
    mutating func readComparedNumber(_ phrase: Phrase) throws -> Bool {
        guard hasHead, draft.numbers.isEmpty, position < phrases.count, !phrase.terms.isEmpty else { return false }
        let next = phrases[position]
        guard next.quantity != nil, next.terms.isEmpty, next.links.isEmpty || next.links == [.be] else { return false }
        guard let number = try number(of: phrase) else { return false }
        pendingNumber = number
        return true
    }

    /// "whose total amount is over 100": what stands behind holds for groups.
    private mutating func readNumberOfGroup(_ phrase: Phrase) throws {
        guard let number = try number(of: phrase) else { return }
        let next = position < phrases.count ? phrases[position] : nil
        if let next, next.quantity != nil, next.terms.isEmpty {
            pendingNumber = number
            return
        }
        add(number)
    }

    /// "in Bern or Basel", "in Bern and Basel": another value of the column named last.
    private mutating func readSameColumn(_ phrase: Phrase, isNegated: Bool, isOr: Bool) throws -> Bool {
        guard isOr || phrase.isAnd, role == .filter, phrase.terms.count == 1, !phrase.hasDeterminer,
            phrase.quantity == nil, let piece = phrase.terms.first, let last = draft.filters.last
        else { return false }
        let columns = Self.columns(last.condition).compactMap { model.column($0)?.index }
        for entry in pieces[piece].entries {
            guard case .value(let column, let values) = entry.sense, columns == [column] else { continue }
            // Of rows further down, none that is so is another thing than one that is not so.
            if isNegated, let base, relations.stepsUp(from: base, to: model.columns[column].table) == nil {
                return false
            }
            if !isNegated, !isOr, isBelow(last.table), part == nil {
                use(piece, "\(title(column)) = \(values.joined(separator: ", "))", .value)
                try needBoth(last, .init(table: last.table, condition: .oneOf(id(column), values)))
                return true
            }
            use(piece, "\(title(column)) = \(values.joined(separator: ", "))", .value, score: pieces[piece].quality)
            add(
                [.init(table: model.columns[column].table, condition: .oneOf(id(column), values))],
                isNegated: isNegated, isOr: isOr, isAnd: true)
            return true
        }
        return false
    }
}

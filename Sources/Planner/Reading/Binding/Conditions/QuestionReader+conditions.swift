/// Which rows count.
extension QuestionReader {
    mutating func readCondition(_ phrase: Phrase) throws {
        try settlePending(unless: phrase)
        try checkSequence(phrase)
        noteShareCondition(phrase)
        let isNegated = phrase.negation != nil
        if let negation = phrase.negation { use(negation) }
        let isOr = phrase.links(.or)
        if isOr, let piece = zip(phrase.links, phrase.linkPieces).first(where: { $0.0 == .or })?.1 { use(piece) }
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
        case .metric(let metric) where isNegated && !isOr && leftOut(metric) != nil:
            // "customers except trials": rows that another number is taken over.
            if let filter = leftOut(metric), noun.filters.isEmpty {
                add([filter], isNegated: true, isOr: false, isAnd: false)
            } else {
                throw ReadFailure.unplaced(phrase.terms)
            }
        case .metric(let metric) where isClause && !phrase.isAnd:
            // "without a satisfaction score": of every row.
            guard let column = ownColumn(metric) else { throw ReadFailure.unplaced(phrase.terms) }
            try readConditionColumn(column, noun, phrase, isNegated: isNegated, isOr: isOr)
        case .metric where role == .relation && draft.numbers.isEmpty && phrase.isAnd:
            // "an upgrade and a downgrade": rows of their own, and no number beside them.
            guard let piece = noun.headPiece, noun.filters.isEmpty, !isNegated, !isOr,
                let table = tableOfRows(piece), let kind = kind(piece, of: table)
            else { throw ReadFailure.unplaced(phrase.terms) }
            draft.relations.append(.init(table: table, isNegated: false, filters: [kind]))
        case .metric(let metric):
            guard !isClause || phrase.isAnd else { throw ReadFailure.unplaced(phrase.terms) }
            guard draft.numbers.isEmpty || !draft.groups.isEmpty else { throw ReadFailure.unplaced(phrase.terms) }
            add(.metric(metric))
        case .duration: throw ReadFailure.unplaced(phrase.terms)
        case .none:
            if let event = noun.event {
                guard !isOr else { throw ReadFailure.unplaced(phrase.terms) }
                try readEvent(event, isNegated: isNegated)
            }
            try checkNever(phrase, noun)
            if isNegated, let base,
                let far = noun.filters.first(where: { relations.stepsUp(from: base, to: $0.table) == nil })
            {
                // "fed no otters": nothing of the kind is there.
                let fact =
                    relations.stepsUp(from: far.table, to: base) != nil ? far.table : try between(base, far.table)
                draft.relations.append(.init(table: fact, isNegated: true, filters: noun.filters))
                scope = fact
                role = .relation
                return
            }
            if isNegated, phrase.terms.count == 1, noun.filters.count == 1,
                let time = pastTime(phrase.terms[0], noun.filters[0])
            {
                return add(
                    [.init(table: noun.filters[0].table, condition: .isEmpty(time))], isNegated: false, isOr: isOr,
                    isAnd: false)
            }
            add(
                try belonging(directed(noun.filters, phrase), phrase), isNegated: isNegated, isOr: isOr,
                isAnd: phrase.isAnd)
        }
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

    /// "is a no-show", "is active", "was Germany": a value of the column named before.
    private mutating func readPredicateValue(_ phrase: Phrase, isNegated: Bool, isOr: Bool) throws -> Bool {
        guard let pending, phrase.terms.count == 1, let piece = phrase.terms.first else { return false }
        let column = model.columns[pending.column]
        let match = pieces[piece].entries.first { entry in
            if case .value(pending.column, _) = entry.sense { return true }
            return false
        }
        if let match, case .value(_, let values) = match.sense {
            use(piece, "\(title(pending.column)) = \(values.joined(separator: ", "))", .value)
            self.pending = nil
            add(
                [.init(table: column.table, condition: .oneOf(column.id, values))], isNegated: isNegated, isOr: isOr,
                isAnd: false)
            return true
        }
        if case .quoted(let text) = pieces[piece].kind {
            use(piece, "\(title(pending.column)) is “\(text)”", .value)
            self.pending = nil
            add(
                [.init(table: column.table, condition: .text(column.id, .equals, text))], isNegated: isNegated,
                isOr: isOr, isAnd: false)
            return true
        }
        return false
    }

    private mutating func readConditionColumn(
        _ column: Int, _ noun: Noun, _ phrase: Phrase, isNegated: Bool, isOr: Bool
    ) throws {
        if phrase.links(.of), noun.filters.isEmpty, !isNegated, readNameOf(column) { return }
        if let piece = noun.headPiece, noun.owner == nil { try checkLoose(piece, column) }
        let model = model.columns[column]
        add(noun.filters, isNegated: isNegated, isOr: isOr, isAnd: phrase.isAnd)
        if model.kind == .flag {
            add(
                [.init(table: model.table, condition: .isTrue(model.id))], isNegated: isNegated, isOr: isOr,
                isAnd: false)
            return
        }
        guard noun.filters.isEmpty, let piece = noun.headPiece else { return }
        pending = Pending(
            column: column, piece: piece, isNegated: isNegated, isOr: isOr,
            isHeld: phrase.links(.with) || phrase.links(.have) || phrase.links(.without) || phrase.negation != nil)
        role = .filter
    }

    /// "students in grade 7": a column of other rows that is hardly called so, where their own may be meant.
    private func checkLoose(_ piece: Int, _ column: Int) throws {
        guard let base = draft.subject ?? base, relations.stepsUp(from: base, to: model.columns[column].table) == nil,
            let entry = pieces[piece].entries.first(where: { $0.sense == .column(column) }), entry.quality < 0.8,
            let word = pieces[piece].words.last.map(NameWords.base),
            model.columns(of: base).contains(where: { $0.words.map(NameWords.base).contains(word) })
        else { return }
        throw ReadFailure.unplaced([piece])
    }

    /// A column that nothing was said about: that it is there, or not.
    mutating func settlePending(unless phrase: Phrase?) throws {
        guard let pending else { return }
        if let phrase {
            if phrase.quantity != nil && phrase.terms.isEmpty || textMatch(phrase) != nil { return }
            if phrase.links(.be) || phrase.links == [.of] || phrase.links(.later) || phrase.links(.earlier) { return }
            if phrase.links.isEmpty, phrase.terms.count == 1 { return }
        }
        self.pending = nil
        let column = model.columns[pending.column]
        if pending.isHeld, !pending.isOr, let base = scope ?? draft.subject ?? base, column.table != base,
            relations.stepsUp(from: base, to: column.table) == nil,
            relations.stepsUp(from: column.table, to: base) != nil
        {
            // "clubs with no sponsor", where each sponsor is a row of its own.
            var relation = Draft.Relation(table: column.table, isNegated: pending.isNegated)
            if mayBeAbsent(pending.column) {
                relation.filters = [
                    .init(table: column.table, condition: presence(of: pending.column, isNegated: false))
                ]
            }
            draft.relations.append(relation)
            role = .relation
            return
        }
        guard pending.isHeld, mayBeAbsent(pending.column) else {
            throw ReadFailure.unplaced(pending.piece.map { [$0] } ?? [])
        }
        let filter = Draft.Filter(
            table: column.table, condition: presence(of: pending.column, isNegated: pending.isNegated))
        add([filter], isNegated: false, isOr: pending.isOr, isAnd: false)
    }

    mutating func applyEmptiness(_ grammar: Grammar, _ piece: Int) throws {
        if pending == nil, ["on record", "on file"].contains(pieces[piece].words.joined(separator: " ")) {
            // Of rows, that they are there.
            return use(piece)
        }
        guard let pending else { throw ReadFailure.unplaced([piece]) }
        use(piece)
        let column = model.columns[pending.column]
        self.pending = nil
        let isEmpty = (grammar == .empty) != pending.isNegated
        add(
            [.init(table: column.table, condition: isEmpty ? .isEmpty(column.id) : .not(.isEmpty(column.id)))],
            isNegated: false, isOr: pending.isOr, isAnd: false)
    }

    /// "that were delivered", "who left": by the time it happened, where no time is said.
    mutating func readEvent(_ event: Int, isNegated: Bool) throws {
        let column = model.columns[event]
        if !isNegated { lastEvent = event }
        if let base = draft.subject ?? base, relations.stepsUp(from: base, to: column.table) == nil,
            relations.stepsUp(from: column.table, to: base) != nil
        {
            if !isNegated, try countDeeds(column.table, column.event.last ?? "", base: base, event: event) { return }
            // "animals treated in 2025": what happened to them are rows of their own; "created" is what they were.
            if try readOrigin(event, of: base, isNegated: isNegated) { return }
            // "churned this year", where churned is a state of their own: when that began is not known.
            if let piece = eventPiece, isOwnState(piece, of: base) { throw ReadFailure.unplaced([piece]) }
            var relation = Draft.Relation(table: column.table, isNegated: isNegated)
            relation.timeColumn = event
            draft.relations.append(relation)
            scope = column.table
            role = .relation
            return
        }
        if position < phrases.count, phrases[position].time != nil, !isNegated {
            if let scope, relations.stepsUp(from: scope, to: column.table) != nil,
                let index = draft.relations.lastIndex(where: { $0.table == scope })
            {
                draft.relations[index].timeColumn = event
            } else if draft.time != nil || draft.timeColumn != nil && draft.timeColumn != event {
                // A second time has a period of its own.
                parentEvent = event
            } else {
                draft.timeColumn = event
            }
            return
        }
        if position < phrases.count,
            case .comparator? = phrases[position].quantity.flatMap({ pieces[$0].quantity?.meaning })
        {
            pending = Pending(column: event)
            return
        }
        if position < phrases.count, phrases[position].links(.later) || phrases[position].links(.earlier),
            phrases[position].time == nil
        {
            pending = Pending(column: event)
            return
        }
        guard column.isNullable else {
            draft.timeColumn = event
            return
        }
        add(
            [.init(table: column.table, condition: isNegated ? .isEmpty(column.id) : .not(.isEmpty(column.id)))],
            isNegated: false, isOr: false, isAnd: false)
    }

    /// "delivered after the promised date".
    private mutating func readOtherTime(_ phrase: Phrase) throws -> Bool {
        guard phrase.links(.later) || phrase.links(.earlier), let pending, model.columns[pending.column].isTime else {
            return false
        }
        self.pending = nil
        let noun = try noun(phrase, wants: .dimension)
        let left = model.columns[pending.column]
        guard case .column(let other) = noun.head, model.columns[other].isTime, noun.filters.isEmpty,
            model.columns[other].table == left.table
        else { throw ReadFailure.unplaced(phrase.terms) }
        add(
            [
                .init(
                    table: left.table, condition: .columns(left.id, phrase.links(.later) ? .greater : .less, id(other)))
            ],
            isNegated: false, isOr: false, isAnd: false)
        return true
    }
}

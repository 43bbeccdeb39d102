/// What a question is about, and what "and" goes on with.
extension QuestionReader {
    mutating func readHead(_ phrase: Phrase) throws {
        let noun = try noun(phrase, wants: draft.isDistribution ? .dimension : .any, allowsEvent: true)
        useDeterminers(phrase)
        if phrase.isDistinct { draft.isDistinct = true }
        draft.filters += noun.filters
        let isOfOthers = noun.event.map { happenedToOthers($0, noun.head) } ?? false
        if let event = noun.event, !isOfOthers { happened(event) }
        switch noun.head {
        case .metric(let metric):
            if let table = listed(phrase, noun) {
                draft.subject = table
                role = .subject
                return
            }
            if let rows = listedByName(metric, phrase, noun) {
                draft.subject = rows.table
                draft.filters += rows.filters
                role = .subject
                return
            }
            if asksWho(phrase) { return try listDoers(metric, phrase) }
            if asksForRows(phrase), position < phrases.count, phrases[position].superlative == nil {
                throw ReadFailure.unplaced(phrase.terms)
            }
            add(.metric(metric))
        case .table(let table):
            if draft.subject == nil, draft.numbers.isEmpty {
                draft.subject = table
                role = .subject
            } else {
                try relate(table, noun, phrase)
            }
            if let limit = phrase.limit { draft.rank = .init(isDescending: true, limit: limit.1) }
            if let event = noun.event, isOfOthers {
                try readEvent(event, isNegated: false)
                if !draft.relations.isEmpty { draft.relations[draft.relations.count - 1].isVerb = true }
            }
        case .column(let column):
            try readHeadColumn(column, noun, phrase)
        case .duration(let from, let to):
            assume("The average is shown.")
            add(.duration(.average, from, to, unit(from)))
        case .none:
            guard let filter = noun.filters.first else { return }
            if draft.subject == nil, draft.numbers.isEmpty, draft.columns.isEmpty, asked.isEmpty {
                draft.subject = phrase.terms.contains(where: isPlural) ? bearer(of: filter) : filter.table
                role = .subject
            }
        }
    }

    /// "members borrowed": a time of their loans, of which there are rows of their own.
    private func happenedToOthers(_ event: Int, _ head: Noun.Head) -> Bool {
        guard case .table(let table) = head else { return false }
        let other = model.columns[event].table
        return other != table && relations.stepsUp(from: table, to: other) == nil
            && relations.stepsUp(from: other, to: table) != nil
    }

    /// "which paying customers": not their number.
    private func asksForRows(_ phrase: Phrase) -> Bool {
        zip(phrase.links, phrase.linkPieces).contains { link, piece in
            link == .which && ["which", "who"].contains(pieces[piece].words.first ?? "")
        }
    }

    /// "who signed up": a question that begins so wants names.
    private func asksWho(_ phrase: Phrase) -> Bool {
        phrase.linkPieces.first.map { $0 == 0 && pieces[$0].words == ["who"] } ?? false
    }

    /// Those that a curated number counts, where they have names.
    private mutating func listDoers(_ metric: Int, _ phrase: Phrase) throws {
        guard case .aggregate(let part, isAdditive: true) = model.source.metrics[metric].computation,
            let rows = model.metricRows[metric], rows.isCount, let table = model.table(rows.table),
            !table.labels.isEmpty
        else { throw ReadFailure.unplaced(phrase.terms) }
        draft.subject = table.index
        draft.filters += rows.conditions.map { .init(table: table.index, condition: $0) }
        if let time = part.timeColumn { draft.timeColumn = model.column(ColumnID(part.table, time))?.index }
        role = .subject
    }

    /// "show all open tickets": rows, although their number has a name.
    private func listed(_ phrase: Phrase, _ noun: Noun) -> Int? {
        guard phrase.links(.show) || phrase.isWhich, let piece = noun.headPiece, noun.isPlural,
            !noun.filters.isEmpty || phrase.isWhich
        else { return nil }
        let splits = pieces.contains { piece in
            piece.grammar == .group || piece.grammar == .each || piece.grammar == .by || piece.time?.grain != nil
        }
        guard !splits else { return nil }
        for entry in pieces[piece].entries where entry.quality >= 0.8 {
            if case .table(let table) = entry.sense { return table }
        }
        return nil
    }

    private mutating func readHeadColumn(_ column: Int, _ noun: Noun, _ phrase: Phrase) throws {
        if isSumOfMany(column, noun) {
            assume("The sum of \(model.columns[column].title) is shown.")
            return add(.aggregate(.sum, column))
        }
        let model = model.columns[column]
        if model.role == .measure, [.minimum, .maximum].contains(model.defaultAggregate), asked.isEmpty,
            draft.subject == nil, draft.numbers.isEmpty, let piece = noun.headPiece, !isPlural(piece),
            pieces[piece].words.contains(where: { ["minimum", "maximum"].contains($0) }), !phrase.links(.show)
        {
            // "the maximum load" of columns that are called so is still the greatest of them.
            add(.aggregate(model.defaultAggregate, column))
            return
        }
        if model.role == .measure, !draft.isDistribution, !phrase.links(.show), !(phrase.isWhich && ownerFollows()),
            !ownerFollows() || isAmountOfPlace(model, noun)
        {
            assume("\(capitalised(model.defaultAggregate)) of \(model.title) is shown.")
            add(.aggregate(model.defaultAggregate, column))
            return
        }
        if model.kind == .flag, let piece = noun.headPiece, isPlural(piece), phrase.isWhich || phrase.links(.show),
            draft.subject == nil, draft.numbers.isEmpty, noun.owner == nil
        {
            // "which volunteers": rows that are so.
            draft.subject = model.table
            draft.filters.append(.init(table: model.table, condition: .isTrue(model.id)))
            role = .subject
            return
        }
        asked += named(column, noun.headPiece)
        if let target = model.targets.first, model.targets.count == 1, model.role == .foreignKey, target != model.table,
            let piece = noun.headPiece, !pieces[piece].words.contains("id"), draft.numbers.isEmpty,
            draft.subject == nil || draft.subject == model.table
        {
            // "who teaches", "the manager of": by name as well.
            let names = self.model.tables[target].labels.filter { !asked.contains($0) }
            if !names.isEmpty {
                asked += names
                roleHints[target] = model.id.name
                if pieces[piece].words == ["who"] { draft.subject = model.table }
            }
        }
        if let limit = phrase.limit, phrase.superlative == nil {
            draft.rank = .init(isDescending: true, limit: limit.1)
        }
        role = .which
        pending = nil
    }

    /// "the amount of invoices paid in May": of all of them together.
    private func isSumOfMany(_ column: Int, _ noun: Noun) -> Bool {
        guard model.columns[column].role == .measure, model.columns[column].defaultAggregate == .sum,
            let piece = noun.headPiece, noun.filters.isEmpty, !isPlural(piece), draft.numbers.isEmpty, asked.isEmpty,
            ["amount", "value", "volume"].contains(pieces[piece].words.last ?? ""), position < phrases.count,
            !pieces.contains(where: { $0.grammar == .each })
        else { return false }
        let next = phrases[position]
        guard next.links == [.of], !next.hasDeterminer, !next.isEach,
            let owner = next.terms.first(where: { isPlural($0) })
        else { return false }
        return pieces[owner].entries.contains { entry in
            entry.sense == .table(model.columns[column].table) && entry.quality >= 0.9
        }
    }

    /// Whether "of", and one thing with it, stands behind: "the unit price of Dolorin".
    private func ownerFollows() -> Bool {
        guard position < phrases.count else { return false }
        let next = phrases[position]
        return next.links(.of) || next.links(.within) && !next.terms.isEmpty
    }

    /// Another of what stood before; false where the phrase is something else.
    mutating func readContinuation(_ phrase: Phrase) throws -> Bool {
        switch role {
        case .number:
            guard !phrase.links(.or) else { return false }
            if isOnlyValue(phrase) {
                try readCondition(phrase)
                return true
            }
            try readNextNumber(phrase)
            return true
        case .which:
            if isOnlyValue(phrase) { return false }
            try readNextAsked(phrase)
            return true
        case .group:
            if isOnlyValue(phrase) { return false }
            try readGroup(phrase)
            return true
        case .filter, .having, .relation:
            try readCondition(phrase)
            return true
        case .subject:
            if isOnlyValue(phrase) { return false }
            if try readSameSubject(phrase) { return true }
            // "technicians and their phone numbers": both are wanted.
            if let subject = draft.subject, draft.columns.isEmpty, asked.isEmpty, phrase.count == nil,
                phrase.aggregate == nil, phrase.total == nil
            {
                draft.columns += try identity(of: subject)
            }
            try readOutput(phrase)
            return true
        default: return false
        }
    }

    /// "average price and weight": another number, put together as the one before.
    private mutating func readNextNumber(_ phrase: Phrase) throws {
        let before = draft.numbers.last
        let noun = try noun(phrase, wants: .number)
        useDeterminers(phrase)
        draft.filters += noun.filters
        switch noun.head {
        case .metric(let metric): add(.metric(metric))
        case .table(let table): add(.count(table))
        case .column(let column) where model.columns[column].role != .measure: asked.append(column)
        case .column(let column):
            if case .aggregate(let aggregate, _)? = before {
                add(.aggregate(aggregate, column))
            } else {
                add(.aggregate(model.columns[column].defaultAggregate, column))
            }
        case .duration(let from, let to): add(.duration(.average, from, to, unit(from)))
        case .none: break
        }
    }

    /// "which city and country": another column that is asked for.
    private mutating func readNextAsked(_ phrase: Phrase) throws {
        let noun = try noun(phrase, wants: .any)
        useDeterminers(phrase)
        draft.filters += noun.filters
        if case .column(let column) = noun.head {
            asked += named(column, noun.headPiece)
        } else if case .table(let table) = noun.head {
            guard draft.subject == nil else { throw ReadFailure.unplaced(phrase.terms) }
            asked += try identity(of: table)
        }
    }

    /// "organic and paid customers": more of the same table.
    private mutating func readSameSubject(_ phrase: Phrase) throws -> Bool {
        guard let subject = draft.subject, phrase.terms.count > 1, !phrase.hasDeterminer, let last = phrase.terms.last,
            let value = draft.filters.last, value.table == subject, draft.filters.count == 1,
            pieces[last].entries.contains(where: { $0.sense == .table(subject) && $0.quality >= 0.9 }),
            case .oneOf(let column, _) = value.condition, let known = model.column(column)?.index,
            pieces[phrase.terms[0]].entries.contains(where: {
                if case .value(known, _) = $0.sense { true } else { false }
            })
        else { return false }
        let noun = try noun(phrase, wants: .table)
        add(noun.filters, isAnd: true)
        return true
    }

    /// "the name" of people who have a first and a last one.
    func named(_ column: Int, _ piece: Int?) -> [Int] {
        guard let piece, pieces[piece].words.last.map(NameWords.base) == "name",
            !pieces[piece].words.contains(where: { ["first", "last", "given", "family"].contains($0) })
        else { return [column] }
        let labels = model.tables[model.columns[column].table].labels
        return labels.contains(column) && !pieces[piece].isShared ? labels : [column]
    }

    func isOnlyValue(_ phrase: Phrase) -> Bool {
        !phrase.terms.isEmpty
            && phrase.terms.allSatisfy { piece in
                pieces[piece].isQuoted
                    || pieces[piece].entries.first.map { if case .value = $0.sense { true } else { false } } == true
            }
    }

    /// What rows of the table are shown by: its label, else its key.
    func identity(of table: Int) throws -> [Int] {
        let table = model.tables[table]
        if !table.labels.isEmpty { return table.labels }
        if let key = table.key { return [key] }
        throw ReadFailure.unsound("Nothing tells the \(table.title) apart.")
    }
}

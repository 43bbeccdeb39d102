/// One number less another, and the time from one moment of a row to another.
extension QuestionReader {
    // MARK: Time between

    mutating func readElapsed(_ phrase: Phrase) throws {
        guard let piece = phrase.elapsed, let second = secondSide() else {
            throw ReadFailure.unplaced([phrase.elapsed].compactMap { $0 })
        }
        let starts = moments(phrase.terms)
        let ends = moments(second.terms)
        var pairs: [(from: Int, to: Int, score: Double)] = []
        for from in starts {
            for to in ends where from.column != to.column && isSameRow(from.column, to.column) {
                let table = model.columns[from.column].table
                pairs.append((from.column, to.column, from.score + to.score + closeness(of: table)))
            }
        }
        pairs.sort { ($1.score, $0.from, $0.to) < ($0.score, $1.from, $1.to) }
        guard let best = pairs.first, pairs.dropFirst().first.map({ best.score - $0.score > 0.05 }) ?? true else {
            throw ReadFailure.unsound("It is not said from which date to which the time is taken.")
        }
        try useSides([phrase, second], of: [best.from, best.to])
        use(piece, "time from \(title(best.from)) to \(title(best.to))", .grammar)
        var aggregate = phrase.aggregate?.1
        if let outer = phrase.outer, aggregate == nil { aggregate = outer.isDescending ? .maximum : .minimum }
        if phrase.total != nil { aggregate = .sum }
        if aggregate == nil { assume("The average is shown.") }
        let chosen: RowValue.DurationUnit
        if case .elapsed(let said?)? = pieces[piece].grammar { chosen = said } else { chosen = unit(best.from) }
        let number = Draft.Number.duration(aggregate ?? .average, best.from, best.to, chosen)
        try place(number, phrase)
    }

    private func isSameRow(_ left: Int, _ right: Int) -> Bool {
        let tables = (model.columns[left].table, model.columns[right].table)
        return tables.0 == tables.1 || relations.stepsUp(from: tables.0, to: tables.1) == 1
            || relations.stepsUp(from: tables.1, to: tables.0) == 1
    }

    private func moments(_ terms: [Int]) -> [(column: Int, score: Double)] {
        var found: [Int: Double] = [:]
        for piece in terms {
            for entry in pieces[piece].entries where entry.quality >= 0.6 {
                switch entry.sense {
                case .column(let column), .event(let column):
                    guard model.columns[column].isTime else { continue }
                    found[column] = max(found[column] ?? 0, entry.quality)
                default: continue
                }
            }
        }
        return found.map { ($0.key, $0.value) }
    }

    // MARK: Differences

    /// What stands on one side of a difference.
    private enum Side {
        case column(Int, Measure.Aggregate?)
        case number(Draft.Number)
    }

    mutating func readDifference(_ phrase: Phrase) throws {
        guard let piece = phrase.difference, draft.numbers.isEmpty, draft.comparison == nil else {
            throw ReadFailure.unplaced([phrase.difference].compactMap { $0 })
        }
        guard let second = secondSide() else {
            throw ReadFailure.notSupported("It is not said between which two numbers the difference is taken.")
        }
        let right = try side(second, beside: nil)
        let left = try side(phrase, beside: right)
        use(piece, "the difference", .grammar)
        useDeterminers(phrase)
        useDeterminers(second)
        switch (left, right) {
        case (.column(let one, nil), .column(let other, nil)) where model.columns[one].isTime:
            guard model.columns[other].isTime, isSameRow(one, other) else { throw ReadFailure.unplaced(phrase.terms) }
            assume("The average is shown.")
            let number = Draft.Number.duration(.average, one, other, unit(one))
            try place(number, phrase)
        case (.column(let one, nil), .column(let other, nil)):
            let table = model.columns[one].table
            guard one != other, model.columns[other].table == table else {
                throw ReadFailure.unsound("The two numbers do not belong to one row.")
            }
            let isRow = draft.subject == table || nextEntity == table
            let aggregate: Measure.Aggregate =
                phrase.outer != nil && !isRow && draft.subject == nil && nextEntity == nil
                ? (phrase.outer?.isDescending == true ? .maximum : .minimum) : model.columns[one].defaultAggregate
            let measure = Measure.aggregate(isRow ? .sum : aggregate, .difference(id(one), id(other)))
            if !isRow, phrase.outer == nil { assume("\(capitalised(aggregate)) of the differences is shown.") }
            try place(.built(measure, table), phrase)
        default:
            let (upper, lower) = (try number(left), try number(right))
            guard upper != lower, let table = table(of: upper) else { throw ReadFailure.unplaced(phrase.terms) }
            guard self.table(of: lower) == table || isMetric(upper) || isMetric(lower) else {
                throw ReadFailure.unsound("The two numbers are of different things.")
            }
            try place(.built(.difference(try measure(upper), try measure(lower)), table), phrase)
        }
    }

    private func isMetric(_ number: Draft.Number) -> Bool {
        if case .metric = number { true } else { false }
    }

    private func number(_ side: Side) throws -> Draft.Number {
        switch side {
        case .number(let number): return number
        case .column(let column, let aggregate):
            return .aggregate(aggregate ?? model.columns[column].defaultAggregate, column)
        }
    }

    private mutating func side(_ phrase: Phrase, beside other: Side?) throws -> Side {
        if phrase.terms.isEmpty, let superlative = phrase.superlative, case .column(let column, nil)? = other,
            let twin = twin(of: column, superlative)
        {
            return .column(twin, nil)
        }
        guard !phrase.terms.isEmpty, phrase.quantity == nil else { throw ReadFailure.unplaced(glue(of: phrase)) }
        let isAggregated = phrase.aggregate != nil || phrase.superlative != nil
        let noun = try noun(
            phrase, wants: phrase.count != nil ? .table : isAggregated ? .aggregated : .number)
        guard noun.filters.isEmpty, noun.event == nil else {
            throw ReadFailure.notSupported("Differences between parts of the rows are not computed.")
        }
        switch noun.head {
        case .metric(let metric):
            guard phrase.superlative == nil else { throw ReadFailure.unplaced(phrase.terms) }
            return .number(try phrase.aggregate.map { try aggregated(metric, $0.1) } ?? .metric(metric))
        case .column(let column):
            let isNumber = model.columns[column].role == .measure
            guard isNumber || model.columns[column].isTime else { throw ReadFailure.unplaced(phrase.terms) }
            if let superlative = phrase.superlative {
                return .column(column, superlative.isDescending ? .maximum : .minimum)
            }
            if phrase.total != nil { return .column(column, .sum) }
            return .column(column, phrase.aggregate?.1)
        case .table(let table) where phrase.count != nil: return .number(.count(table))
        case .table, .duration, .none: throw ReadFailure.unplaced(phrase.terms)
        }
    }

    /// "highest and lowest elevation" of columns that are called so.
    private func twin(of column: Int, _ superlative: Phrase.Superlative) -> Int? {
        let known = model.columns[column]
        guard let word = pieces[superlative.piece].words.last, known.words.count > 1 else { return nil }
        let wanted = [word] + known.words.dropFirst()
        return model.columns(of: known.table).first { $0.words == wanted }?.index
    }

    private func glue(of phrase: Phrase) -> [Int] {
        [phrase.difference, phrase.superlative?.piece, phrase.aggregate?.piece, phrase.count].compactMap { $0 }
            + phrase.terms
    }

    // MARK: Both

    /// The phrase behind "and" or "to".
    private mutating func secondSide() -> Phrase? {
        guard position < phrases.count else { return nil }
        let next = phrases[position]
        let joins: [Grammar] = [.and, .to, .versus]
        guard next.links.contains(where: joins.contains), !next.terms.isEmpty, next.time == nil, !isGroup(next) else {
            return nil
        }
        position += 1
        return next
    }

    /// The tables and words beside the two columns must fit them.
    private mutating func useSides(_ sides: [Phrase], of columns: [Int]) throws {
        for (side, column) in zip(sides, columns) {
            useDeterminers(side)
            for piece in side.terms {
                let isMoment = pieces[piece].entries.contains { entry in
                    switch entry.sense {
                    case .column(column), .event(column): true
                    default: false
                    }
                }
                let isOwner = pieces[piece].entries.contains { entry in
                    if case .table(let table) = entry.sense {
                        return columns.contains { model.columns[$0].table == table }
                    }
                    return false
                }
                guard isMoment || isOwner else { throw ReadFailure.unplaced([piece]) }
                use(piece, isMoment ? title(column) : "whose it is", .column, score: pieces[piece].quality)
            }
        }
    }

    /// Ranked where the largest or smallest is asked for.
    private mutating func place(_ number: Draft.Number, _ phrase: Phrase) throws {
        guard let outer = phrase.outer,
            draft.subject != nil || nextEntity != nil || askedGrain == .one || !asked.isEmpty
        else {
            return add(number)
        }
        if draft.subject == nil, let entity = nextEntity { draft.subject = entity }
        draft.rank = .init(isDescending: outer.isDescending, limit: phrase.limit?.1 ?? (isAskedPlural ? nil : 1))
        draft.rankNumber = number
        role = .rank
    }

    /// "… of each pier", "… per field" behind it.
    private var nextEntity: Int? {
        guard position < phrases.count, isGroup(phrases[position]) else { return nil }
        for piece in phrases[position].terms.reversed() {
            for case .table(let table) in pieces[piece].entries.prefix(1).map(\.sense) { return table }
        }
        return nil
    }
}

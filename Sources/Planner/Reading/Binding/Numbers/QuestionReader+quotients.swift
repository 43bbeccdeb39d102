/// One number of rows, or of what they are worth, held against another: "the ratio of paid to open invoices".
extension QuestionReader {
    private struct QuotientSide {
        var table: Int
        /// Nil where rows are counted.
        var number: Draft.Number?
        var filters: [Draft.Filter] = []
    }

    mutating func readQuotient(_ phrase: Phrase) throws {
        let end = phrases[position...].firstIndex { $0.links(.to) || $0.links(.outOf) || $0.links(.versus) }
        guard let end else { throw ReadFailure.unplaced([phrase.ratio].compactMap { $0 }) }
        let second = phrases[end]
        let table = namesNothing(phrase) ? headTable(of: second) : nil
        let start = draft.filters.count
        var head = try side(phrase, table)
        if draft.subject == nil { draft.subject = head.table }
        while position < end {
            let next = phrases[position]
            position += 1
            try readSide(next)
        }
        head.filters = try takeFilters(from: start)
        for (grammar, piece) in zip(second.links, second.linkPieces) where grammar == .outOf { use(piece) }
        position = end + 1
        let earlier = parent
        parent = nil
        var other = try side(second, table)
        role = .filter
        while position < phrases.count, !phrases[position].startsSentence {
            let next = phrases[position]
            if next.time != nil || isGroup(next) { break }
            position += 1
            try readSide(next)
        }
        other.filters = try takeFilters(from: start)
        // "to the population of the state": which one, and whether its own, is not said by its parts.
        guard parent == nil || !other.filters.isEmpty else {
            throw ReadFailure.unsound("It is not clear whose number the second side of the ratio is.")
        }
        parent = parent ?? earlier
        try check(head, against: other)
        try divide(head, by: other)
    }

    /// Whether the words are values and the like alone: "the ratio of paid to open invoices".
    private func namesNothing(_ phrase: Phrase) -> Bool {
        phrase.terms.allSatisfy { piece in
            !pieces[piece].entries.contains { entry in
                switch entry.sense {
                case .table, .column, .metric: true
                default: false
                }
            }
        }
    }

    /// The conditions of a side, which are its own and not those of the rows.
    private mutating func takeFilters(from start: Int) throws -> [Draft.Filter] {
        try settlePending(unless: nil)
        let filters = Array(draft.filters[start...])
        draft.filters.removeSubrange(start...)
        return filters
    }

    private func check(_ head: QuotientSide, against other: QuotientSide) throws {
        guard draft.relations.isEmpty else {
            throw ReadFailure.notSupported("A ratio of rows by what else belongs to them is not computed yet.")
        }
        guard head.filters != other.filters || head.table != other.table || head.number != other.number else {
            throw ReadFailure.unsound("Both sides of the ratio would be the same.")
        }
    }

    private mutating func readSide(_ phrase: Phrase) throws {
        if phrase.quantity != nil, phrase.terms.isEmpty { return try readQuantity(phrase) }
        if phrase.quantity != nil { return try readCounted(phrase) }
        if phrase.time != nil { return try readTime(phrase) }
        try readCondition(phrase)
    }

    private func headTable(of phrase: Phrase) -> Int? {
        for piece in phrase.terms.reversed() {
            for entry in pieces[piece].entries {
                if case .table(let table) = entry.sense, entry.quality >= 0.7 { return table }
            }
        }
        return nil
    }

    private mutating func side(_ phrase: Phrase, _ table: Int?) throws -> QuotientSide {
        let isNumber = phrase.aggregate != nil || phrase.total != nil && phrase.count == nil
        let noun = try noun(phrase, wants: isNumber ? .number : .table)
        useDeterminers(phrase)
        draft.filters += noun.filters
        role = .filter
        switch noun.head {
        case .table(let table): return QuotientSide(table: table)
        case .metric(let metric):
            guard let table = metricTable(metric) else { throw ReadFailure.unplaced(phrase.terms) }
            return QuotientSide(table: table, number: .metric(metric))
        case .column(let column):
            let model = model.columns[column]
            guard model.role == .measure else { throw ReadFailure.unplaced(phrase.terms) }
            return QuotientSide(table: model.table, number: .aggregate(phrase.aggregate?.1 ?? .sum, column))
        case .duration: throw ReadFailure.unplaced(phrase.terms)
        case .none:
            guard let table = table ?? noun.filters.first?.table else { throw ReadFailure.unplaced(phrase.terms) }
            return QuotientSide(table: table)
        }
    }

    private mutating func divide(_ head: QuotientSide, by other: QuotientSide) throws {
        var upper = head.filters
        var lower = other.filters
        // What stands at the end, about something else than the parts, holds for both.
        let columns = Set(upper.map(\.condition).flatMap(Self.columns))
        var whole: [Draft.Filter] = []
        if let last = lower.last, Set(Self.columns(last.condition)).isDisjoint(with: columns), !columns.isEmpty {
            lower.removeLast()
            whole.append(last)
        }
        upper.removeAll { whole.contains($0) }
        let table = head.table
        if head.number == nil, other.number == nil, other.table == table,
            let held = heldToday(table, (upper + lower + whole).map(\.condition))
        {
            whole.append(held)
        }
        guard other.table == table || head.number != nil || other.number != nil else {
            let ratio = Measure.ratio(
                try filtered(.count(model.tables[table].id), upper, table),
                try filtered(.count(model.tables[other.table].id), lower, other.table))
            draft.filters += whole
            return add(.built(ratio, table))
        }
        let numerator = try head.number.map { try measure($0) } ?? .count(model.tables[table].id)
        let denominator = try other.number.map { try measure($0) } ?? .count(model.tables[other.table].id)
        draft.filters += whole
        add(
            .built(
                .ratio(try filtered(numerator, upper, table), try filtered(denominator, lower, other.table)), table))
        if draft.subject == nil { draft.subject = table }
    }

    private func filtered(_ measure: Measure, _ filters: [Draft.Filter], _ table: Int) throws -> Measure {
        guard !filters.isEmpty else { return measure }
        let conditions = try filters.filter { !$0.givesWay(among: filters) }.map { filter in
            guard relations.stepsUp(from: table, to: filter.table) != nil else {
                throw ReadFailure.unsound("A part of \(model.tables[table].title) cannot be told by that.")
            }
            return filter.condition
        }
        return .filtered(measure, conditions)
    }
}

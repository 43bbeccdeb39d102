/// Shares and ratios.
extension QuestionReader {
    /// Where the conditions of the parts of a ratio begin.
    struct Part {
        var isPercent: Bool
        /// Conditions from here on make the part; those before hold for the whole.
        var start: Int
        /// Of the whole's own conditions, where a second side is named.
        var other: Int?
        var table: Int?
        /// Whether a clause ("that are …") has said what the part is.
        var clause: Int?
        var numerator: Draft.Number?
        var denominator: Draft.Number?
    }

    mutating func readRatio(_ phrase: Phrase) throws {
        use(phrase.percent)
        use(phrase.ratio)
        if phrase.terms.isEmpty {
            // "the percentage", "in percent": of what is computed already.
            if let number = draft.numbers.last, phrase.percent != nil {
                draft.isShare = draft.isShare || part == nil && !isRate(number)
                return
            }
            throw ReadFailure.unplaced([phrase.percent, phrase.ratio].compactMap { $0 })
        }
        guard draft.numbers.isEmpty, part == nil else { throw ReadFailure.unplaced(phrase.terms) }
        if let percent = phrase.percent {
            // "states that share a border": a verb.
            guard !phrase.links(.relative) else { throw ReadFailure.unplaced([percent]) }
            return try readShare(phrase)
        }
        try readQuotient(phrase)
    }

    /// What is a part of something already, or no number of its own.
    private func isRate(_ number: Draft.Number) -> Bool {
        switch number {
        case .metric(let index):
            if case .ratio = model.source.metrics[index].computation {
                true
            } else {
                model.source.metrics[index].unit == "%"
            }
        case .count, .countDistinct: false
        case .aggregate(let aggregate, _): aggregate != .sum
        default: true
        }
    }

    // MARK: Shares

    private mutating func readShare(_ phrase: Phrase) throws {
        let start = draft.filters.count
        let noun = try noun(phrase, wants: phrase.total != nil ? .number : .table)
        useDeterminers(phrase)
        switch noun.head {
        case .table(let table):
            draft.subject = table
            draft.filters += noun.filters
            part = Part(isPercent: true, start: start, table: table, clause: nil)
            part?.clause = noun.filters.isEmpty ? nil : draft.filters.count
        case .metric(let metric):
            draft.filters += noun.filters
            add(.metric(metric))
            draft.isShare = true
            numberShare = NumberShare(start: start)
        case .column(let column) where model.columns[column].role == .measure:
            draft.filters += noun.filters
            add(.aggregate(.sum, column))
            draft.isShare = true
            numberShare = NumberShare(start: start)
        case .column, .duration, .none: throw ReadFailure.unplaced(phrase.terms)
        }
        role = .subject
    }

    // MARK: Ratios

    private mutating func readQuotient(_ phrase: Phrase) throws {
        let end = phrases[position...].firstIndex { $0.links(.to) || $0.links(.outOf) || $0.links(.versus) }
        guard let end else { throw ReadFailure.unplaced([phrase.ratio].compactMap { $0 }) }
        let isBare = phrase.terms.allSatisfy { piece in
            !pieces[piece].entries.contains { entry in
                switch entry.sense {
                case .table, .column, .metric: true
                default: false
                }
            }
        }
        var table: Int?
        if isBare { table = try headTable(of: phrases[end]) }
        let start = draft.filters.count
        let head = try side(phrase, table)
        if draft.subject == nil { draft.subject = head.table }
        while position < end {
            let next = phrases[position]
            position += 1
            try readSide(next)
        }
        try settlePending(unless: nil)
        let upper = Array(draft.filters[start...])
        draft.filters.removeSubrange(start...)
        let second = phrases[end]
        for (grammar, piece) in zip(second.links, second.linkPieces) where grammar == .outOf { use(piece) }
        position = end + 1
        let earlier = parent
        parent = nil
        let other = try side(second, table)
        role = .filter
        while position < phrases.count, !phrases[position].startsSentence {
            let next = phrases[position]
            if next.time != nil || isGroup(next) { break }
            position += 1
            try readSide(next)
        }
        try settlePending(unless: nil)
        let lower = Array(draft.filters[start...])
        draft.filters.removeSubrange(start...)
        // "to the population of the state": which one, and whether its own, is not said by its parts.
        guard parent == nil || !lower.isEmpty else {
            throw ReadFailure.unsound("It is not clear whose number the second side of the ratio is.")
        }
        parent = parent ?? earlier
        guard draft.relations.isEmpty else {
            throw ReadFailure.notSupported("A ratio of rows by what else belongs to them is not computed yet.")
        }
        guard upper != lower || head.table != other.table || head.number != other.number else {
            throw ReadFailure.unsound("Both sides of the ratio would be the same.")
        }
        try build(head, upper, other, lower)
    }

    private mutating func readSide(_ phrase: Phrase) throws {
        if phrase.quantity != nil, phrase.terms.isEmpty { return try readQuantity(phrase) }
        if phrase.quantity != nil { return try readCounted(phrase) }
        if phrase.time != nil { return try readTime(phrase) }
        try readCondition(phrase)
    }

    private func headTable(of phrase: Phrase) throws -> Int? {
        for piece in phrase.terms.reversed() {
            for entry in pieces[piece].entries {
                if case .table(let table) = entry.sense, entry.quality >= 0.7 { return table }
            }
        }
        return nil
    }

    private mutating func side(_ phrase: Phrase, _ table: Int?) throws -> (table: Int, number: Draft.Number?) {
        let isNumber = phrase.aggregate != nil || phrase.total != nil && phrase.count == nil
        let noun = try noun(phrase, wants: isNumber ? .number : .table)
        useDeterminers(phrase)
        draft.filters += noun.filters
        role = .filter
        switch noun.head {
        case .table(let table): return (table, nil)
        case .metric(let metric):
            guard let table = metricTable(metric) else { throw ReadFailure.unplaced(phrase.terms) }
            return (table, .metric(metric))
        case .column(let column):
            let model = model.columns[column]
            guard model.role == .measure else { throw ReadFailure.unplaced(phrase.terms) }
            return (model.table, .aggregate(phrase.aggregate?.1 ?? .sum, column))
        case .duration: throw ReadFailure.unplaced(phrase.terms)
        case .none:
            guard let table = table ?? noun.filters.first?.table else { throw ReadFailure.unplaced(phrase.terms) }
            return (table, nil)
        }
    }

    private mutating func build(
        _ head: (table: Int, number: Draft.Number?), _ upper: [Draft.Filter],
        _ other: (table: Int, number: Draft.Number?), _ lower: [Draft.Filter]
    ) throws {
        var upper = upper
        var lower = lower
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

    /// Makes the share that the conditions behind it describe.
    mutating func finishPart() throws {
        guard let part, let table = part.table else { return }
        let all = Array(draft.filters[part.start...])
        var partial = all
        var whole: [Draft.Filter] = []
        if let clause = part.clause, clause < draft.filters.count {
            // "active customers in Germany": which of the two is the part is not said.
            throw ReadFailure.unsound("It is not said what the share is taken of.")
        }
        if let clauseStart = clauseStart, clauseStart > part.start, clauseStart < draft.filters.count {
            whole = Array(draft.filters[part.start..<clauseStart])
            partial = Array(draft.filters[clauseStart...])
        }
        // What the rows were called holds for the whole.
        guard !partial.contains(where: { $0.givesWay(among: partial) }) else {
            throw ReadFailure.unsound("It is not said what the share is taken of.")
        }
        whole += partial.filter(\.isImplied)
        partial.removeAll(where: \.isImplied)
        draft.filters.removeSubrange(part.start...)
        if let held = heldToday(table, all.map(\.condition)) { whole.append(held) }
        draft.filters += whole
        var conditions = partial.filter { relations.stepsUp(from: table, to: $0.table) != nil }.map(\.condition)
        let below = partial.filter { relations.stepsUp(from: table, to: $0.table) == nil }
        for filter in below {
            guard relations.stepsUp(from: filter.table, to: table) != nil else {
                throw ReadFailure.unsound("A part of \(model.tables[table].title) cannot be told by that.")
            }
            if let known = draft.relations.firstIndex(where: { $0.table == filter.table && !$0.isNegated }) {
                draft.relations[known].filters.append(filter)
            } else {
                draft.relations.append(.init(table: filter.table, isNegated: false, filters: [filter]))
            }
        }
        for index in draft.relations.indices { draft.relations[index] = holdingToday(draft.relations[index]) }
        for relation in draft.relations { conditions.append(try condition(of: relation, base: table)) }
        draft.relations = []
        if conditions.isEmpty, !draft.groups.isEmpty || !draft.entities.isEmpty {
            // "share of orders by channel": each group's part of all.
            self.part = nil
            draft.numbers = [.count(table)]
            draft.isShare = true
            draft.subject = nil
            return
        }
        guard !conditions.isEmpty else { throw ReadFailure.unsound("It is not said which part is meant.") }
        let count = Measure.count(model.tables[table].id)
        draft.numbers = [.built(.ratio(.filtered(count, conditions), count), table)]
        draft.isShare = true
        draft.subject = nil
    }

    /// "how much of the revenue is from abroad": the one condition says which part.
    mutating func takeShare(_ plan: inout Plan) throws -> Bool {
        guard plan.measures.count == 1, draft.filters.count == 1, draft.relations.isEmpty, draft.rank == nil,
            let base = draft.numbers.first.flatMap(table(of:)),
            relations.stepsUp(from: base, to: draft.filters[0].table) != nil
        else { return false }
        let condition = try routed(draft.filters[0].condition, base)
        plan.measures = [.ratio(.filtered(plan.measures[0], [condition]), plan.measures[0])]
        draft.filters = []
        return true
    }

    static func columns(_ condition: Condition) -> [ColumnID] { condition.columns }
}

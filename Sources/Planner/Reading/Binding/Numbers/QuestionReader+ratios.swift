/// Shares: which part of what.
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

    /// Makes the share that the conditions behind it describe.
    mutating func finishPart() throws {
        guard let part, let table = part.table else { return }
        let partial = try takePart(part, of: table)
        let conditions = try conditions(of: partial, table)
        if conditions.isEmpty, !draft.groups.isEmpty || !draft.entities.isEmpty {
            // "share of orders by channel": each group's part of all.
            self.part = nil
            draft.numbers = [.count(table)]
        } else {
            guard !conditions.isEmpty else { throw ReadFailure.unsound("It is not said which part is meant.") }
            let count = Measure.count(model.tables[table].id)
            draft.numbers = [.built(.ratio(.filtered(count, conditions), count), table)]
        }
        draft.isShare = true
        draft.subject = nil
    }

    /// What tells the part; what holds for the whole stays a condition of the rows.
    private mutating func takePart(_ part: Part, of table: Int) throws -> [Draft.Filter] {
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
        return partial
    }

    /// The same as conditions of a row; rows further down must be there.
    private mutating func conditions(of partial: [Draft.Filter], _ table: Int) throws -> [Condition] {
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
        return conditions
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

/// Rows that hold for a while: "customers on the basic plan" are on it today.
extension QuestionReader {
    private static let past: Set<String> = [
        "ever", "had", "were", "was", "previously", "formerly", "once", "bought", "started", "ended", "cancelled",
        "canceled",
    ]

    private static let present: Set<String> = [
        "currently", "right now", "at the moment", "now", "do we have", "we have", "do you have", "you have",
        "have we got", "at present",
    ]

    /// "annual contracts right now": of rows that hold for a while those that hold today.
    mutating func presentCondition(_ plan: Plan, base: Int) -> Condition? {
        guard draft.time == nil, draft.grain == nil, let end = model.stockEnd(of: model.tables[base].id),
            isSaidOfNow() || isCalledByHolder(base) || countsHolders(plan, base: base)
                || aggregatesHeld(plan, base: base) || asksForHeld(plan, base: base),
            !PlanContent(plan).measures.contains(where: { if case .metric = $0 { true } else { false } })
        else { return nil }
        let columns = plan.conditions.flatMap(Self.columns).compactMap(model.column)
        guard !columns.contains(where: { $0.table == base && ($0.isTime || !$0.words.isDisjoint(with: Self.states)) })
        else { return nil }
        for piece in currents { use(piece, "as of now", .time) }
        assume("Only \(model.tables[base].title) that hold today count.")
        return .isEmpty(end)
    }

    private func isSaidOfNow() -> Bool {
        pieces.contains { piece in
            guard case .grammar(.remark) = piece.kind else { return piece.grammar == .current }
            return Self.present.contains(piece.words.joined(separator: " "))
        }
    }

    /// "subscribers", where the rows are contracts: who has one is one.
    func isCalledByHolder(_ table: Int) -> Bool {
        guard news.isEmpty, !pieces.contains(where: { $0.words.contains(where: Self.past.contains) }) else {
            return false
        }
        return pieces.contains { isHolder($0, of: table) }
    }

    private func isHolder(_ piece: Piece, of table: Int) -> Bool {
        guard piece.words.count == 1, let word = piece.words.last.map(NameWords.base),
            People.words.contains(word) || !WordFamily.deeds(of: word).isEmpty,
            !model.columns(of: table).contains(where: { $0.words.map(NameWords.base).contains(word) }),
            !model.tables[table].words.contains(where: { NameWords.base($0) == word })
        else { return false }
        return piece.entries.contains { $0.sense == .table(table) && $0.quality >= 0.9 }
    }

    /// The declared sum of a column over rows that hold.
    func heldSum(_ column: Int) -> Draft.Number? {
        let table = model.columns[column].id.table
        guard model.stockEnd(of: table) != nil,
            !pieces.contains(where: { $0.words.contains(where: Self.past.contains) })
        else { return nil }
        let sums = model.source.metrics.indices.filter { metric in
            guard isStockMetric(metric), let rows = model.metricRows[metric] else { return false }
            return rows.table == table && rows.value == .column(id(column)) && rows.aggregate == .sum
                && rows.conditions.count == 1
        }
        return sums.count == 1 ? .metric(sums[0]) : nil
    }

    /// "average seats by plan": of rows that hold, as the declared numbers have it.
    private func aggregatesHeld(_ plan: Plan, base: Int) -> Bool {
        guard !plan.measures.isEmpty, draft.cycle == nil, plan.having.isEmpty,
            !pieces.contains(where: { $0.words.contains(where: Self.past.contains) })
        else { return false }
        return plan.measures.allSatisfy { measure in
            guard case .aggregate(_, .column(let column)) = measure, let known = model.column(column) else {
                return false
            }
            return known.table == base && known.role == .measure
        }
    }

    /// "what tier is Ada on": on the one she has.
    private func asksForHeld(_ plan: Plan, base: Int) -> Bool {
        guard plan.measures.isEmpty, draft.rank == nil,
            pieces.contains(where: { ["is", "are", "has", "have"].contains($0.words.joined()) }),
            !pieces.contains(where: { $0.words.contains(where: Self.past.contains) }),
            !pieces.contains(where: { $0.words.contains("been") || $0.words.contains("history") })
        else { return false }
        let isOfOne = plan.conditions.contains { condition in
            guard case .oneOf(let column, let values) = condition, values.count == 1 else { return false }
            return model.column(column).map { $0.role == .label && $0.table != base } ?? false
        }
        let columns = plan.columns.compactMap(model.column) + (asked + draft.columns).map { model.columns[$0] }
        return isOfOne
            && columns.contains {
                $0.table == base && $0.role == .category && !$0.isNullable && $0.words.isDisjoint(with: Self.states)
            }
    }

    /// The declared number of rows that hold, where they are called by who has one.
    func heldNumber(_ table: Int) -> Draft.Number? {
        guard isCalledByHolder(table), model.stockEnd(of: model.tables[table].id) != nil else { return nil }
        let counts = model.source.metrics.indices.filter { metric in
            isStockMetric(metric) && metricTable(metric) == table && model.metricRows[metric]?.isCount == true
                && model.metricRows[metric]?.conditions.count == 1
        }
        return counts.count == 1 ? .metric(counts[0]) : nil
    }

    /// "customers per plan": those that have it, and not all that ever had.
    private func countsHolders(_ plan: Plan, base: Int) -> Bool {
        guard plan.measures.count == 1, case .countDistinct(let key) = plan.measures[0], plan.having.isEmpty,
            key.table == model.tables[base].id, model.column(key)?.role == .foreignKey, draft.cycle == nil,
            !pieces.contains(where: { $0.words.contains(where: Self.past.contains) })
        else { return false }
        return plan.dimensions.contains { dimension in
            guard case .column(let column) = dimension, let known = model.column(column) else { return false }
            return known.table == base && known.role == .category && !known.isNullable
                && known.words.isDisjoint(with: Self.states)
        }
    }

    /// Shares and ratios of rows that hold for a while are of those that hold today.
    mutating func heldToday(_ table: Int, _ conditions: [Condition]) -> Draft.Filter? {
        guard draft.time == nil, draft.grain == nil, draft.comparison == nil, draft.cycle == nil,
            let end = model.stockEnd(of: model.tables[table].id),
            !pieces.contains(where: { $0.words.contains(where: Self.past.contains) })
        else { return nil }
        let columns = (conditions + draft.filters.map(\.condition)).flatMap(Self.columns).compactMap(model.column)
        guard
            !columns.contains(where: {
                $0.table == table && ($0.isTime || $0.isNullable || !$0.words.isDisjoint(with: Self.states))
            })
        else { return nil }
        assume("Only \(model.tables[table].title) that hold today count.")
        return .init(table: table, condition: .isEmpty(end))
    }

    /// Where a curated stock says which rows of a table hold, the others meet no condition of the present.
    mutating func holdingToday(_ relation: Draft.Relation) -> Draft.Relation {
        guard !relation.isNegated, relation.time == nil, relation.timeColumn == nil, !relation.filters.isEmpty,
            let end = model.stockEnd(of: model.tables[relation.table].id),
            !pieces.contains(where: { $0.words.contains(where: Self.past.contains) })
        else { return relation }
        let columns = relation.filters.flatMap { Self.columns($0.condition) }.compactMap(model.column)
        guard !columns.contains(where: { $0.isTime || !$0.words.isDisjoint(with: Self.states) }) else {
            return relation
        }
        guard draft.time == nil, draft.grain == nil else {
            // Which of them held at each of these times is not looked at.
            assume("Ended \(model.tables[relation.table].title) count as well.")
            return relation
        }
        var relation = relation
        relation.filters.append(.init(table: relation.table, condition: .isEmpty(end)))
        assume("Only \(model.tables[relation.table].title) that hold today count.")
        return relation
    }
}

extension [String] {
    fileprivate func isDisjoint(with words: Set<String>) -> Bool { !contains(where: words.contains) }
}

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
            pieces.contains(where: { piece in
                guard case .grammar(.remark) = piece.kind else { return piece.grammar == .current }
                return Self.present.contains(piece.words.joined(separator: " "))
            }),
            !plan.measures.contains(where: { if case .metric = $0 { true } else { false } })
        else { return nil }
        let columns = plan.conditions.flatMap(Self.columns).compactMap(model.column)
        guard !columns.contains(where: { $0.table == base && ($0.isTime || !$0.words.isDisjoint(with: Self.states)) })
        else { return nil }
        for piece in currents { use(piece, "as of now", .time) }
        assume("Of \(model.tables[base].title) that hold today.")
        return .isEmpty(end)
    }

    /// Where a curated stock says which rows of a table hold, the others meet no condition of the present.
    mutating func holdingToday(_ relation: Draft.Relation) -> Draft.Relation {
        guard !relation.isNegated, relation.time == nil, relation.timeColumn == nil, !relation.filters.isEmpty,
            draft.time == nil, draft.grain == nil, let end = model.stockEnd(of: model.tables[relation.table].id),
            !pieces.contains(where: { $0.words.contains(where: Self.past.contains) })
        else { return relation }
        let columns = relation.filters.flatMap { Self.columns($0.condition) }.compactMap(model.column)
        guard !columns.contains(where: { $0.isTime || !$0.words.isDisjoint(with: Self.states) }) else {
            return relation
        }
        var relation = relation
        relation.filters.append(.init(table: relation.table, condition: .isEmpty(end)))
        assume("Of \(model.tables[relation.table].title) that hold today.")
        return relation
    }
}

extension [String] {
    fileprivate func isDisjoint(with words: Set<String>) -> Bool { !contains(where: words.contains) }
}

/// Participles of times: "delivered shipments", "shipments delivered in May".
extension QuestionReader {
    /// Notes that it happened: when, where a time follows, and else that it did.
    mutating func happened(_ event: Int) {
        draft.timeColumn = event
        happenings.append(event)
        guard position < phrases.count, phrases[position].time == nil,
            phrases[position].links(.later) || phrases[position].links(.earlier)
        else { return }
        pending = (pieces.count, event)
    }

    /// What has happened at no time that was said has happened at all.
    mutating func settleHappenings() {
        for event in happenings {
            let column = model.columns[event]
            guard draft.time == nil, draft.grain == nil, draft.comparison == nil, column.isNullable,
                draft.relations.allSatisfy({ $0.time == nil }),
                !draft.filters.contains(where: { Self.columns($0.condition).contains(column.id) })
            else { continue }
            draft.filters.append(.init(table: column.table, condition: .not(.isEmpty(column.id))))
        }
    }
}

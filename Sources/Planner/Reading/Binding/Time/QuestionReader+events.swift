/// Participles of times: "delivered shipments", "shipments delivered in May".
extension QuestionReader {
    /// Notes that it happened: when, where a time follows, and else that it did.
    mutating func happened(_ event: Int) {
        draft.timeColumn = event
        lastEvent = event
        happenings.append(event)
        guard position < phrases.count, phrases[position].time == nil,
            phrases[position].links(.later) || phrases[position].links(.earlier)
        else { return }
        pending = Pending(column: event)
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

    /// "cancelled in May": the rows that a curated number says are cancelled, not all that ended then.
    ///
    /// Only where that number goes by the very time; what was shipped in May may be delivered by now.
    mutating func settleStates() {
        for piece in pieces where !piece.entries.isEmpty {
            for entry in piece.entries {
                guard case .event(let event) = entry.sense, let state = state(of: piece, with: event) else { continue }
                if draft.timeColumn == event, draft.time != nil, !draft.filters.contains(state) {
                    draft.filters.append(state)
                }
                for index in draft.relations.indices where draft.relations[index].timeColumn == event {
                    let relation = draft.relations[index]
                    guard relation.time != nil, !relation.isNegated, !relation.filters.contains(state) else { continue }
                    draft.relations[index].filters.append(state)
                }
            }
        }
    }

    private func state(of piece: Piece, with event: Int) -> Draft.Filter? {
        let time = model.columns[event]
        for entry in piece.entries {
            guard case .value(let column, let values) = entry.sense, model.columns[column].table == time.table else {
                continue
            }
            let condition = Condition.oneOf(id(column), values)
            let isCurated = zip(model.source.metrics, model.metricRows).contains { metric, rows in
                guard case .aggregate(let part, _) = metric.computation else { return false }
                return part.timeColumn == time.id.name && rows?.table == time.id.table
                    && rows?.conditions == [condition]
            }
            if isCurated { return Draft.Filter(table: time.table, condition: condition) }
        }
        return nil
    }

    /// "bills passed in 2025": when it was decided, and not when they came.
    mutating func settleOutcomeTime() {
        guard draft.time != nil, draft.timeColumn == nil, draft.grain == nil, let base = draft.subject ?? base,
            let time = pieces.indices.first(where: {
                pieces[$0].time.map { if case .period = $0.meaning { true } else { false } } ?? false
            })
        else { return }
        var before = time - 1
        while before >= 0, pieces[before].isPassedOver { before -= 1 }
        guard before >= 0, let word = pieces[before].words.last, WordFamily.isDeed(word),
            case .value(let column, _)? = pieces[before].entries.first?.sense, model.columns[column].table == base
        else { return }
        let ends = model.columns(of: base).filter { column in
            column.isTime && column.isNullable && column.words.contains(where: Self.outcomes.contains)
        }
        guard ends.count == 1, let end = ends.first, model.tables[base].times.count > 1 else { return }
        draft.timeColumn = end.index
        assume("It is dated by \(end.title).")
    }

    private static let outcomes: Set<String> = [
        "decided", "decision", "resolved", "closed", "concluded", "settled", "judged", "determined", "adjudicated",
    ]
}

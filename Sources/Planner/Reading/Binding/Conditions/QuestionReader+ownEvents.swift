/// What happened to the rows themselves, where rows of another table can be in a state that is called so.
extension QuestionReader {
    /// "members who have not cancelled": their own cancellation, and not a booking's.
    func ownEvent(_ piece: Int, of table: Int?) -> Int? {
        guard let table, scope == nil || scope == table, forced[piece] == nil, pieces[piece].words.count == 1,
            isVerbForm(piece), !pieces[piece].entries.contains(where: \.isTaught)
        else { return nil }
        var states = 0
        var events: Set<Int> = []
        for entry in pieces[piece].entries where entry.quality >= 0.8 {
            switch entry.sense {
            case .event(let column) where model.columns[column].table == table && model.columns[column].isTime:
                events.insert(column)
            case .value(let column, _), .flag(let column):
                let other = model.columns[column].table
                // What the rows belong to, or are themselves, is as near as what happened to them.
                if relations.stepsUp(from: table, to: other) != nil { return nil }
                states += 1
            default: break
            }
        }
        guard states > 0, events.count == 1 else { return nil }
        return events.first
    }

    /// "the agent who has resolved the most tickets": a deed done, whatever has become of the tickets since.
    func eventDone(_ piece: Int, by doer: Int?) -> Int? {
        guard let doer, forced[piece] == nil, pieces[piece].words.count == 1, isVerbForm(piece),
            let before = pieces.preceding(piece), pieces[before].table == doer || pieces[before].grammar == .have,
            let column = pieces[piece].entries.lazy.compactMap({ entry -> Int? in
                if case .value(let column, _) = entry.sense { column } else { nil }
            }).first
        else { return nil }
        let table = model.columns[column].table
        guard table != doer, relations.stepsUp(from: table, to: doer) != nil,
            (model.columns[column].words + model.columns[column].aliases.flatMap(\.words))
                .contains(where: Self.states.contains)
        else { return nil }
        let events = pieces[piece].entries.compactMap { entry -> Int? in
            let event: Int
            switch entry.sense {
            case .event(let column), .column(let column): event = column
            default: return nil
            }
            let column = model.columns[event]
            return column.isTime && column.table == table && column.isNullable && entry.quality >= 0.7 ? event : nil
        }
        return Set(events).count == 1 ? events.first : nil
    }
}

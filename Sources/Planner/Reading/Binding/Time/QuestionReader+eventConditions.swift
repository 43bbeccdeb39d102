/// What happened to the rows, as a condition: "that were delivered", "who left before 2024".
extension QuestionReader {
    /// By the time it happened, where no time is said.
    mutating func readEvent(_ event: Int, isNegated: Bool) throws {
        let column = model.columns[event]
        if !isNegated { lastEvent = event }
        if let base = draft.subject ?? base, isBelow(column.table) {
            return try relateEvent(event, to: base, isNegated: isNegated)
        }
        if let next = position < phrases.count ? phrases[position] : nil {
            if next.time != nil, !isNegated { return placeTime(of: event) }
            if case .comparator? = next.quantity.flatMap({ pieces[$0].quantity?.meaning }) {
                pending = Pending(column: event)
                return
            }
            if next.time == nil, next.links(.later) || next.links(.earlier) {
                pending = Pending(column: event)
                return
            }
        }
        guard column.isNullable else {
            draft.timeColumn = event
            return
        }
        add([.init(table: column.table, condition: isNegated ? .isEmpty(column.id) : .not(.isEmpty(column.id)))])
    }

    /// "animals treated in 2025": what happened to them are rows of their own.
    private mutating func relateEvent(_ event: Int, to base: Int, isNegated: Bool) throws {
        let column = model.columns[event]
        if !isNegated, try countDeeds(column.table, column.event.last ?? "", base: base, event: event) { return }
        // "created" is what they were themselves.
        if try readOrigin(event, of: base, isNegated: isNegated) { return }
        // "churned this year", where churned is a state of their own: when that began is not known.
        if let piece = eventPiece, isOwnState(piece, of: base) { throw ReadFailure.unplaced([piece]) }
        var relation = Draft.Relation(table: column.table, isNegated: isNegated)
        relation.timeColumn = event
        draft.relations.append(relation)
        scope = column.table
        role = .relation
    }

    /// The time behind the verb is that of the event.
    private mutating func placeTime(of event: Int) {
        let table = model.columns[event].table
        if let scope, relations.stepsUp(from: scope, to: table) != nil,
            let index = draft.relations.lastIndex(where: { $0.table == scope })
        {
            draft.relations[index].timeColumn = event
        } else if draft.time != nil || draft.timeColumn != nil && draft.timeColumn != event {
            // A second time has a period of its own.
            parentEvent = event
        } else {
            draft.timeColumn = event
        }
    }

    /// "delivered after the promised date".
    mutating func readOtherTime(_ phrase: Phrase) throws -> Bool {
        guard phrase.links(.later) || phrase.links(.earlier), let pending, model.columns[pending.column].isTime else {
            return false
        }
        self.pending = nil
        let noun = try noun(phrase, wants: .dimension)
        let left = model.columns[pending.column]
        guard case .column(let other) = noun.head, model.columns[other].isTime, noun.filters.isEmpty,
            model.columns[other].table == left.table
        else { throw ReadFailure.unplaced(phrase.terms) }
        let comparator: Comparator = phrase.links(.later) ? .greater : .less
        add([.init(table: left.table, condition: .columns(left.id, comparator, id(other)))])
        return true
    }
}

/// "The second highest price": what stands right behind the first one.
extension QuestionReader {
    /// The plan for the first, moved on to the place that was said.
    mutating func placed(_ plan: Plan) throws -> Plan {
        let said = pieces.indices.filter { if case .place? = pieces[$0].grammar { true } else { false } }
        guard let piece = said.first, case .place(let place)? = pieces[piece].grammar else { return plan }
        guard said.count == 1, plan.offset == nil, plan.comparison == nil else { throw ReadFailure.unplaced(said) }
        use(piece, "place \(place)", .number)
        var moved = plan
        if plan.limit == 1, !plan.order.isEmpty {
            moved.offset = place - 1
            return moved
        }
        guard plan.measures.count == 1, plan.dimensions.isEmpty, plan.having.isEmpty, plan.limit == nil,
            case .aggregate(let aggregate, .column(let column)) = plan.measures[0],
            [.maximum, .minimum].contains(aggregate)
        else { throw ReadFailure.notSupported("Only one place of one ranking is computed.") }
        moved = Plan(
            recipe: .distinct, subject: column.table, columns: [column],
            conditions: plan.conditions + [.not(.isEmpty(column))], time: plan.time,
            order: [.init(.column(0), isDescending: aggregate == .maximum)], limit: 1)
        moved.offset = place - 1
        moved.presentation = plan.presentation
        assume("Equal values share a place.")
        return moved
    }
}

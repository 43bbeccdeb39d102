/// Rows that begin and end: "tickets open in October" began before it was over and had not ended when it began.
extension QuestionReader {
    /// Puts the two times in the place of a state that is known of today only; false where they tell nothing.
    mutating func settleHeldThen() -> Bool {
        guard let period = draft.time, draft.comparison == nil, draft.grain == nil, draft.relations.isEmpty,
            draft.rank == nil, !draft.isShare, part == nil, !Self.holdsToday(period),
            let said = stateSaidOfThen(), let table = heldTable(), let span = held(table)
        else { return false }
        if let own = draft.timeColumn, own != span.begin, own != span.end { return false }
        let others = draft.filters.filter { $0.table != table || ongoing($0.condition) == nil }
        draft.filters = others
        draft.time = nil
        draft.timeColumn = nil
        happenings.removeAll { $0 == span.begin || $0 == span.end }
        draft.numbers = draft.numbers.map { _ in .count(table) }
        let isMoment = isAsOf || period.isOneDay
        isAsOf = false
        let (begin, end) = (id(span.begin), id(span.end))
        draft.filters.append(
            .init(table: table, condition: .period(begin, .span(from: nil, through: period))))
        draft.filters.append(
            .init(
                table: table,
                condition: .any([
                    .isEmpty(end), .period(end, isMoment ? .after(period) : .span(from: period, through: nil)),
                ])))
        use(said, "from \(title(span.begin)) to \(title(span.end))", .column)
        assume(
            "“\(pieces[said].text)” is read as begun by then (\(model.columns[span.begin].title)) and not over "
                + (isMoment ? "at the end of that day" : "before it") + " (\(model.columns[span.end].title)).")
        return true
    }

    /// "open in October", "were open on 5 October".
    func stateSaidOfThen() -> Int? {
        guard let time = pieces.firstIndex(where: { $0.isPeriod || $0.time.map { $0.isMoment } == true }) else {
            return nil
        }
        if let rows = time > 0 ? pieces[..<time].lastIndex(where: { !$0.isPassedOver || $0.grammar == .from }) : nil,
            pieces[rows].words.count > 1, UnendedStates.words.contains(pieces[rows].words[0]),
            pieces[rows].entries.contains(where: { if case .metric = $0.sense { true } else { false } }),
            !pieces[time].words.contains(where: ["from", "of", "since"].contains)
        {
            return rows
        }
        guard
            let state = pieces.firstIndex(where: { piece in
                piece.words.count == 1 && UnendedStates.words.contains(piece.words[0]) && !piece.isQuoted
            })
        else { return nil }
        let between = state < time ? pieces[(state + 1)..<time] : []
        let isBeside =
            state < time
            && between.allSatisfy { piece in
                piece.isSilent || piece.grammar == .within || piece.grammar == .on
            }
        let isSaid = pieces[..<state].contains { ["were", "was"].contains($0.words.last ?? "") }
        return isBeside || isSaid || isAsOf ? state : nil
    }

    /// The table that alone is counted or listed.
    private func heldTable() -> Int? {
        guard draft.numbers.count <= 1 else { return nil }
        guard let number = draft.numbers.first else { return draft.subject }
        switch number {
        case .count(let table): return table
        case .metric(let metric):
            guard let rows = model.metricRows[metric], rows.isCount, !rows.isStock,
                rows.conditions.allSatisfy(isOngoing)
            else {
                return nil
            }
            return model.table(rows.table)?.index
        default: return nil
        }
    }

    private func isOngoing(_ condition: Condition) -> Bool {
        guard case .oneOf(let column, let values) = condition else { return false }
        return values.allSatisfy { ongoing(.oneOf(column, [$0])) != nil }
    }

    /// "open tickets by month": those that came then and are open today are others than those that were open then.
    func checkHeldByTime(_ plan: Plan) throws {
        guard plan.dimensions.contains(where: \.isTime) else { return }
        for case .metric(let name) in PlanContent(plan).measures {
            guard let metric = model.source.metrics.firstIndex(where: { $0.name == name }),
                let rows = model.metricRows[metric], rows.isCount, !rows.isStock, !rows.conditions.isEmpty,
                rows.conditions.allSatisfy(isOngoing), let table = model.table(rows.table)?.index, held(table) != nil
            else { continue }
            throw ReadFailure.unsound("\(name) is known of today only; how many there were then is another number.")
        }
    }

    private func held(_ table: Int) -> (begin: Int, end: Int)? {
        guard model.stockEnd(of: model.tables[table].id) == nil, let begin = model.tables[table].mainTime,
            let end = UnendedStates.lastTime(among: model.columns(of: table)), end.index != begin
        else { return nil }
        return (begin, end.index)
    }
}

extension Period {
    fileprivate var isOneDay: Bool {
        switch self {
        case .calendar(.day, _, _), .weekday, .named(_, .day, _): true
        case .days(let first, let last): first != nil && first == last
        default: false
        }
    }
}

extension TimeSpan {
    fileprivate var isMoment: Bool { if case .asOf = meaning { true } else { false } }
}

/// A column that says how things stand says so of today: "active in March" takes when it began and when it ended.
extension QuestionReader {
    /// Puts the curated stock where rows were in its state then; declines where nothing tells.
    mutating func settlePastStates() throws {
        if settleHeldThen() { return }
        guard !isAsOf || draft.numbers.allSatisfy({ if case .metric = $0 { true } else { false } }) else {
            throw ReadFailure.notSupported("What stood at a moment is known for defined metrics only.")
        }
        guard let time = draft.time, draft.timeColumn == nil, draft.comparison == nil, !Self.holdsToday(time),
            let index = draft.filters.firstIndex(where: { ongoing($0.condition) != nil }),
            let value = ongoing(draft.filters[index].condition), isSaidOfThen(value)
        else { return }
        let filter = draft.filters[index]
        guard let subject = draft.subject ?? base,
            draft.numbers == [.count(subject)] || draft.numbers.isEmpty && isSplit,
            draft.relations.isEmpty, let metric = stockCalled(value, subject)
        else {
            throw ReadFailure.unsound(
                "Which of \(model.tables[filter.table].title) were \(value) then is not known; the state is that of today."
            )
        }
        draft.filters.remove(at: index)
        draft.numbers = [.metric(metric)]
        assume("It counts those that were at the end of that time.")
    }

    private var isSplit: Bool { !draft.groups.isEmpty || !draft.entities.isEmpty || draft.grain != nil }

    static func holdsToday(_ period: Period) -> Bool {
        switch period {
        case .calendar(_, offset: 0, _), .toDate, .upcoming, .rolling, .days(_, nil), .span(_, nil): true
        case .calendar(_, offset: 1..., _), .after: true
        default: false
        }
    }

    /// The one state that goes on, as the data writes it.
    func ongoing(_ condition: Condition) -> String? {
        guard case .oneOf(let column, let values) = condition, values.count == 1, let known = model.column(column),
            known.words.contains(where: Self.states.contains)
        else { return nil }
        let words = Words.plain(values[0])
        return words.contains(where: Self.goingOn.contains) ? words.joined(separator: " ") : nil
    }

    private static let goingOn: Set<String> =
        UnendedStates.words.union([
            "pending", "progress", "waiting", "current", "live", "trial", "trialing", "employed",
        ])

    /// "were active in March", "active in March": the state and the time are of one clause.
    private func isSaidOfThen(_ value: String) -> Bool {
        if isAsOf { return true }
        guard let time = pieces.firstIndex(where: { $0.time != nil }),
            let state = pieces.firstIndex(where: { $0.words.joined(separator: " ") == value })
        else { return false }
        if state < time,
            pieces[(state + 1)..<time].allSatisfy({ if case .filler = $0.kind { true } else { $0.grammar == .within } })
        {
            return true
        }
        return state > 0 && pieces[..<state].contains { ["were", "was"].contains($0.words.last ?? "") }
    }

    /// The declared number of what holds, by the name that state and rows make together.
    private func stockCalled(_ value: String, _ subject: Int) -> Int? {
        let names = model.tables[subject].names.map { $0.words.map(NameWords.base) }
        let found = model.source.metrics.indices.filter { index in
            guard isStockMetric(index), isCount(index) else { return false }
            let metric = model.source.metrics[index]
            return ([metric.name] + metric.synonyms).contains { text in
                let words = Words.plain(text).map(NameWords.base)
                let state = value.split(separator: " ").map { NameWords.base(String($0)) }
                return words.starts(with: state) && names.contains(Array(words.dropFirst(state.count)))
            }
        }
        return found.count == 1 ? found[0] : nil
    }

    /// Declines a curated number over rows in a state that its own rows are never in, or that is known of today only.
    func checkStates(_ plan: Plan) throws {
        try checkHeldByTime(plan)
        for measure in plan.measures {
            guard case .metric(let name) = measure,
                let metric = model.source.metrics.firstIndex(where: { $0.name == name }),
                let rows = model.metricRows[metric]
            else { continue }
            for case .oneOf(let column, let values) in plan.conditions where column.table == rows.table {
                for case .oneOf(column, let own) in rows.conditions where Set(own).isDisjoint(with: values) {
                    throw ReadFailure.unsound("No row of \(name) is \(values.joined(separator: ", ")).")
                }
                if rows.isStock, let known = model.column(column), known.words.contains(where: Self.states.contains) {
                    throw ReadFailure.unsound(
                        "\(name) is of what holds; \(known.title) \(values.joined(separator: ", ")) says something else."
                    )
                }
            }
            if isAsOf, draft.time != nil { try checkMoment(metric, rows) }
        }
    }

    /// "the backlog at the end of March": whether a row was open then is not what its state says now.
    private func checkMoment(_ metric: Int, _ rows: MetricRows) throws {
        guard !rows.isStock, case .aggregate(let part, _) = model.source.metrics[metric].computation,
            let table = model.table(part.table), let time = part.timeColumn,
            table.mainTime.map({ model.columns[$0].id.name }) == time
        else { return }
        let tells = rows.conditions.flatMap(Self.columns).compactMap(model.column).contains { column in
            column.words.contains(where: Self.states.contains)
        }
        if tells {
            throw ReadFailure.unsound("\(model.source.metrics[metric].name) is known of today only.")
        }
    }

    /// What is divided by how many there are, such as customers, is not split by what one of them has several of.
    func checkSplit(_ plan: Plan) throws {
        for measure in plan.measures {
            guard case .metric(let name) = measure, let metric = model.metric(name),
                case .ratio(_, let below) = metric.computation, let key = Self.distinctKey(below.expression),
                let column = model.column(ColumnID(below.table, key)), let owner = column.targets.first
            else { continue }
            for case .column(let split) in plan.dimensions {
                guard let known = model.column(split), known.table != owner,
                    relations.stepsUp(from: owner, to: known.table) == nil,
                    !metric.dimensions.contains(split.name),
                    !metric.dimensions.contains("\(split.table.name).\(split.name)")
                else { continue }
                throw ReadFailure.unsound(
                    "\(name) is per one of \(model.tables[owner].title), who may have several of \(known.title).")
            }
        }
    }

    /// The column of `COUNT(DISTINCT column)`.
    private static func distinctKey(_ expression: String) -> String? {
        let text = expression.lowercased().filter { !$0.isWhitespace }
        guard text.hasPrefix("count(distinct"), text.hasSuffix(")") else { return nil }
        return String(text.dropFirst("count(distinct".count).dropLast())
    }
}

/// Which rows by time, and by which of their dates.
extension QuestionReader {
    mutating func addTime(to plan: inout Plan, base: Int, numbers: [Draft.Number]) throws {
        if let event = draft.timeColumn, !model.columns[event].isTime {
            guard let time = draft.time, draft.grain == nil, draft.comparison == nil else {
                throw ReadFailure.unsound("Of \(model.columns[event].title) only the year is known.")
            }
            try reach(model.columns[event].table, from: base)
            plan.conditions += try happened(event, time).map { try routed($0, base) }
            return
        }
        if isAsOf, numbers.isEmpty {
            throw ReadFailure.notSupported("Which rows there were at a moment is known for defined metrics only.")
        }
        try checkFlows(numbers)
        try settleMoments(numbers)
        if case .calendar(.day, 0, _)? = draft.time, draft.grain == nil, draft.comparison == nil, areStocks(numbers) {
            // A stock is as of now where nothing else is said.
            return
        }
        if try addYear(to: &plan, base: base) { return }
        if draft.grain == nil { draft.time = draft.time.map(rolling) }
        try addCycles(to: &plan, base: base, numbers: numbers)
        if let event = draft.timeColumn, let time = draft.time, draft.comparison == nil, draft.grain == nil,
            numbers.contains(where: isStock)
        {
            // A stock as of now, over rows to which that happened then.
            try reach(model.columns[event].table, from: base)
            plan.conditions.append(.period(try routed(event, base), time))
            return
        }
        if let time = draft.time {
            let column = try timeColumn(base: base, numbers: numbers)
            if let column, column.table != model.tables[base].id, draft.comparison == nil, draft.grain == nil {
                plan.conditions.append(.period(column, time))
                return
            }
            plan.time = .init(column: column, period: time)
        }
        try addComparison(to: &plan, base: base, numbers: numbers)
    }

    /// What a moment means: of what holds for a while how it stood then, of what comes together all until then.
    private mutating func settleMoments(_ numbers: [Draft.Number]) throws {
        if areStocks(numbers) { draft.time = draft.time.map(momentAgo) }
        if isAsOf, let time = draft.time, !areStocks(numbers), draft.grain == nil {
            guard !numbers.contains(where: isStock) else {
                throw ReadFailure.unsound("What stood then and what came together until then are two things.")
            }
            draft.time = .span(from: nil, through: time)
        }
        if case .days(nil, let end?)? = draft.time, draft.grain == nil, !numbers.isEmpty, areStocks(numbers),
            let ended = end.unitThatEnds
        {
            // "by the end of 2025" is how it stood when 2025 ended.
            draft.time = ended
        }
    }

    /// What is compared; the last complete period, where none is said.
    private mutating func addComparison(to plan: inout Plan, base: Int, numbers: [Draft.Number]) throws {
        guard let comparison = draft.comparison else { return }
        plan.comparison = comparison
        guard plan.time == nil, draft.grain == nil else { return }
        let grain = comparedGrain ?? .month
        if areStocks(numbers) {
            plan.time = .init(column: nil, period: .toDate(grain, isFiscal: false))
            return
        }
        plan.time = .init(
            column: try timeColumn(base: base, numbers: numbers),
            period: .calendar(grain, offset: -1, isFiscal: false))
        assume("The last complete \(grain.name) is compared.")
    }

    private func isStock(_ number: Draft.Number) -> Bool { areStocks([number]) }

    private func areStocks(_ numbers: [Draft.Number]) -> Bool {
        numbers.allSatisfy { number in
            guard case .metric(let index) = number, case .snapshot = model.source.metrics[index].computation else {
                return false
            }
            return true
        }
    }

    /// Whether a row is told apart by what it belongs to, as the lines of an order are.
    private func isPart(_ table: Int) -> Bool {
        let source = model.source.tables[table]
        let keys = Set(source.foreignKeys.flatMap(\.columns))
        return source.primaryKey.count > 1 && source.primaryKey.contains(where: keys.contains)
    }

    /// Definitions tell their own time, and other numbers their table's where that is declared.
    private func haveOwnTimes(_ numbers: [Draft.Number]) -> Bool {
        numbers.contains { if case .metric = $0 { true } else { false } }
            && numbers.allSatisfy { number in
                if case .metric = number { return true }
                guard numbers.count > 1, let table = table(of: number) else { return false }
                return model.source.tables[table].timeColumn != nil || model.tables[table].times.count == 1
            }
    }

    /// The column that time is told by; nil where every measure has its own.
    func timeColumn(base: Int, numbers: [Draft.Number]) throws -> ColumnID? {
        if let column = draft.timeColumn {
            guard relations.stepsUp(from: base, to: model.columns[column].table) != nil else {
                throw ReadFailure.unsound("\(model.tables[base].title) have no such time.")
            }
            return id(column)
        }
        if haveOwnTimes(numbers) { return nil }
        if let time = model.tables[base].mainTime { return id(time) }
        if model.tables[base].times.count > 1 {
            throw ReadFailure.unsound(
                "\(model.tables[base].title) have several dates: "
                    + model.tables[base].times.map { model.columns[$0].title }.joined(separator: ", ") + ".")
        }
        if let time = model.tables[base].times.first { return id(time) }
        // A part of something happened when that did; nothing else borrows another table's time.
        guard isPart(base) else { throw ReadFailure.unsound("\(model.tables[base].title) have no time.") }
        let parents = relations.reachable(from: base).filter { $0.value > 0 && model.tables[$0.key].mainTime != nil }
        let least = parents.values.min()
        let nearest = parents.filter { $0.value == least }
        guard nearest.count == 1, let parent = nearest.first?.key, let time = model.tables[parent].mainTime else {
            throw ReadFailure.unsound("\(model.tables[base].title) have no time.")
        }
        return id(time)
    }
}

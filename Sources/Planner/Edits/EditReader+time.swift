import ServiceRuntime

/// Periods and grains of edits, and what must hold for all edits together.
extension EditReader {
    mutating func readTime(_ span: TimeSpan) throws {
        if cue == .outgoing { return try readOutgoing(span) }
        if cue == .exclude {
            throw ReadFailure.unsound("A time cannot be left out by itself; say which period you mean.")
        }
        if span.grain == nil, awaitsTerms, [.split, .addSplit].contains(cue) { throw ReadFailure.unplaced([]) }
        if let grain = span.grain, !isComparedOnly(span) {
            guard cue != .only, !edits.contains(where: { if case .grain = $0 { true } else { false } }) else {
                throw ReadFailure.unplaced([])
            }
            edits.append(.grain(grain, try timeColumn()))
        }
        switch span.meaning {
        case .period(let period):
            if cue == .compare {
                try compare(with: period)
            } else {
                try move(to: period)
            }
        case .against(let period): try compare(with: period)
        case .comparison(let comparison):
            guard !earlier.measures.isEmpty else { throw ReadFailure.unplaced([]) }
            if comparison == .yearBefore { try checkYearBefore() }
            if comparison == .previousPeriod { try checkSteps() }
            edits.append(.compare(comparison))
        case .overTime: edits.append(.grain(.month, try timeColumn()))
        case .grain: break
        case .allTime: edits.append(.removePeriod)
        case .asOf(let period) where areStocks: try move(to: period)
        case .asOf, .weekdays, .cycle, .months: throw ReadFailure.unplaced([])
        }
        awaitsTerms = false
        if [.only, .place, .compare, .about].contains(cue) { cue = .none }
    }

    private mutating func move(to period: Period) throws {
        let isMoved = edits.contains { if case .period = $0 { true } else { false } }
        let hasSegments = earlier.dimensions.contains { if case .segments = $0 { true } else { false } }
        guard !isMoved, !hasSegments, !isInclusive else { throw ReadFailure.unplaced([]) }
        let known = earlier.conditions.compactMap { if case .period(let column, _) = $0 { column } else { nil } }
        if earlier.time == nil, known.count == 1 { return edits.append(.filter(.period(known[0], period))) }
        // What has a period already keeps the column by which it was taken.
        let column = if let time = earlier.time { time.column } else { try timeColumn() }
        edits.append(.period(.init(column: column, period: period)))
    }

    /// "and the month before?": the plan moves there.
    mutating func readBefore(_ grain: TimeGrain?) throws {
        guard let time = earlier.time, let previous = time.period.previous,
            grain == nil || grain == time.period.calendarGrain
        else { throw ReadFailure.unsound("It is not clear which period that is; please name it.") }
        edits = [.period(.init(column: time.column, period: previous))]
    }

    private mutating func readOutgoing(_ span: TimeSpan) throws {
        if case .period(let period) = span.meaning, earlier.time?.period == period {
        } else if let grain = span.grain,
            let known = earlier.dimensions.first(where: { if case .time(_, grain) = $0 { true } else { false } })
        {
            outgoing = known
        } else {
            throw ReadFailure.unplaced([])
        }
        awaitsTerms = false
        cue = .none
    }

    /// Nil where the measures have their own.
    func timeColumn() throws -> ColumnID? {
        if !earlier.measures.isEmpty, earlier.measures.allSatisfy(hasOwnTime) { return nil }
        guard let base = reader.draft.subject else { throw ReadFailure.unplaced([]) }
        return try reader.timeColumn(base: base, numbers: [])
    }

    private func hasOwnTime(_ measure: Measure) -> Bool {
        switch measure {
        case .metric: true
        case .shareOfTotal(let inner), .running(let inner), .filtered(let inner, _): hasOwnTime(inner)
        default: false
        }
    }

    // MARK: All edits together

    mutating func finish() throws {
        try checkPointing()
        replaceSplits()
        widenPeriod()
        dropLimit()
        let plan = edits.reduce(earlier) { $0.applying($1) }
        if plan.recipe == .review, !plan.dimensions.isEmpty || plan.limit != nil || !plan.conditions.isEmpty {
            throw ReadFailure.unsound(
                "All measures of a period at once cannot be split or filtered; name one of them, such as “and \(firstName)?”."
            )
        }
        for case .top(let count, _) in edits {
            if plan.measures.isEmpty, plan.order.isEmpty || plan.recipe != .list {
                throw ReadFailure.unsound("It is not said by what the \(count) would be picked.")
            }
            if !plan.measures.isEmpty, plan.dimensions.count != 1 {
                throw ReadFailure.unsound("It is not said what the \(count) would be picked from.")
            }
        }
        if plan.measures != earlier.measures { try checkMeasures(plan) }
        try checkSense(of: plan)
        if !edits.isEmpty, edits != [.explain], plan == earlier {
            assumptions.append("That changes nothing about the question before.")
        }
    }

    /// "by month instead": what it was split by goes.
    private mutating func replaceSplits() {
        if let outgoing { return edits.insert(.removeDimension(outgoing), at: 0) }
        guard isReplacing else { return }
        let hasGrain = edits.contains { if case .grain = $0 { true } else { false } }
        let hasSplit = edits.contains { if case .split = $0 { true } else { false } }
        guard hasGrain != hasSplit, !earlier.dimensions.contains(where: { $0.isTime == hasGrain }) else { return }
        edits.insert(contentsOf: earlier.dimensions.map { .removeDimension($0) }, at: 0)
    }

    /// A period within one step of a grain has no course at that grain.
    private mutating func widenPeriod() {
        guard !edits.contains(where: { if case .period = $0 { true } else { false } }), let time = earlier.time,
            let today = CivilDate(year: 2023, month: 12, day: 31)
        else { return }
        for case .grain(let grain, _) in edits {
            let days = PeriodResolver(rules: CalendarRules(), today: today).resolve(time.period)
            guard let start = days.start, let end = days.end, end <= start.adding(days: Self.mostDays(grain))
            else { continue }
            edits.append(.removePeriod)
            assumptions.append(
                "“\(time.period.phrase)” is no more than one \(grain.name), so every \(grain.name) is shown.")
            return
        }
    }

    private static func mostDays(_ grain: TimeGrain) -> Int {
        switch grain {
        case .week: 7
        case .month: 31
        case .quarter: 92
        case .year: 366
        default: 0
        }
    }

    /// The first so many are of one split; of several it would not be clear.
    private mutating func dropLimit() {
        guard let limit = earlier.limit, !earlier.measures.isEmpty else { return }
        let isRanked = edits.contains { if case .top = $0 { true } else { false } }
        let plan = edits.reduce(earlier) { $0.applying($1) }
        guard !isRanked, plan.limit != nil, plan.dimensions.count > 1, plan.dimensions != earlier.dimensions else {
            return
        }
        edits.append(.removeLimit)
        assumptions.append("All of them are shown, not only the first \(limit).")
    }

    private func name(_ measure: Measure) -> String {
        if case .metric(let name) = measure { return name }
        return table(of: measure).map { Words.title(model.tables[$0].title) } ?? "That"
    }

    private var firstName: String {
        guard case .metric(let name)? = earlier.measures.first else { return "one" }
        return name
    }

    /// What is computed in addition must know the splits and conditions that stand.
    private func checkMeasures(_ plan: Plan) throws {
        let columns =
            plan.dimensions.compactMap { if case .column(let column) = $0 { column } else { nil } }
            + plan.conditions.flatMap(\.columns)
        for measure in plan.measures {
            guard let base = table(of: measure) else { continue }
            for column in columns {
                guard let table = model.table(column.table)?.index else { continue }
                do {
                    try reader.reach(table, from: base)
                } catch ReadFailure.decline(let decline) {
                    var decline = decline
                    decline.text =
                        "\(name(measure)) cannot be split or filtered like the number before: \(decline.text)"
                    decline.suggestions.append(name(measure))
                    throw ReadFailure.decline(decline)
                }
            }
        }
    }
}

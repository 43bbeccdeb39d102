/// Periods beside each other, and what comes round with every week and year.
extension QuestionReader {
    /// The company's own quarters and years, where they are not the calendar's.
    func calendar(_ grain: TimeGrain) -> TimeGrain {
        guard model.source.calendar.fiscalYearStart == 1 else { return grain }
        return switch grain {
        case .fiscalQuarter: .quarter
        case .fiscalYear: .year
        default: grain
        }
    }

    /// Units that are listed say by what only where nothing else does.
    mutating func place(_ grain: TimeGrain, _ span: TimeSpan) {
        if case .period(let period) = span.meaning, period.isListed {
            guard draft.grain == nil else { return }
            isListedGrain = true
        } else {
            isListedGrain = false
        }
        draft.grain = calendar(grain)
    }

    // MARK: Comparisons

    /// The later of two periods is the one that has changed.
    mutating func compare(_ time: Period?, with other: Period, _ piece: Int) throws {
        guard draft.comparison == nil else { throw ReadFailure.unplaced([piece]) }
        guard let time else { return try compareCurrent(with: other, piece) }
        let isDirected = !pieces[piece].words.allSatisfy { !Self.directing.contains($0) }
        guard let (first, second) = Self.completed(time, other, isDirected: isDirected) else {
            throw ReadFailure.unsound("It is not said of which year “\(other.phrase)” is.")
        }
        guard first != second else { throw ReadFailure.unplaced([piece]) }
        if let comparison = first.comparison(with: second) {
            (draft.time, draft.comparison) = (first, comparison)
        } else if let comparison = second.comparison(with: first) {
            (draft.time, draft.comparison) = (second, comparison)
        } else if let one = first.absolute, let two = second.absolute, one.first < two.first {
            (draft.time, draft.comparison) = (second, .with(first))
        } else {
            (draft.time, draft.comparison) = (first, .with(second))
        }
    }

    /// "MRR compared with last year": the unit that is going on beside the one that was named.
    private mutating func compareCurrent(with other: Period, _ piece: Int) throws {
        guard case .calendar(let grain, offset: -1, let isFiscal) = other, draft.grain == nil, grain != .hour else {
            throw ReadFailure.unplaced([piece])
        }
        draft.time = .toDate(grain, isFiscal: isFiscal)
        draft.comparison = grain == .year ? .yearBefore : .previousPeriod
        assume("The \(grain.name) until now is compared with the same days of the one before.")
    }

    /// What stands before them is what goes on, and what stands behind them came earlier.
    private static let directing: Set<String> = ["compared", "than", "relative", "comparison", "over"]

    /// "Q1 vs Q2 2026", "October compared with September 2026" are of one year; "December vs January 2026" of two.
    ///
    /// Nil where neither year is more likely than the other.
    private static func completed(_ first: Period, _ second: Period, isDirected: Bool) -> (Period, Period)? {
        switch (first, second) {
        case (.named(nil, let unit, let isFiscal), .named(let year?, let other, let isAlso)) where isFiscal == isAlso:
            guard let place = unit.place, let next = other.place, place != next else { break }
            if unit.follows(other), isDirected {
                return (.named(year: year + 1, unit: unit, isFiscal: isFiscal), second)
            }
            return (.named(year: other.follows(unit) ? year - 1 : year, unit: unit, isFiscal: isFiscal), second)
        case (.named(let year?, let unit, let isFiscal), .named(nil, let other, let isAlso)) where isFiscal == isAlso:
            guard let place = unit.place, let next = other.place, place != next else { break }
            if unit.follows(other) { return (first, .named(year: year - 1, unit: other, isFiscal: isFiscal)) }
            if place > next {
                let years = other.follows(unit) && !isDirected ? 1 : 0
                return (first, .named(year: year + years, unit: other, isFiscal: isFiscal))
            }
            guard !isDirected else { return nil }
            return (first, .named(year: year, unit: other, isFiscal: isFiscal))
        default: break
        }
        return (first, second)
    }

    /// "churned accounts this year against last year": when they churned is what is compared, and no column tells it.
    func checkDeeds() throws {
        for filter in draft.filters {
            guard case .oneOf(let column, let values) = filter.condition, draft.timeColumn == nil,
                values.allSatisfy({ $0.hasSuffix("ed") }), let known = model.column(column)
            else { continue }
            throw ReadFailure.unsound("When \(known.title) became \(values.joined(separator: ", ")) is not known.")
        }
    }

    /// "customers in the US vs the UK": rows of two values of one column, side by side.
    var comparesValues: Bool {
        guard draft.isCompared, draft.numbers.isEmpty, draft.subject != nil, asked.isEmpty else { return false }
        var seen: [ColumnID: [String]] = [:]
        for filter in draft.filters {
            guard case .oneOf(let column, let values) = filter.condition else { continue }
            if let known = seen[column], Set(known).isDisjoint(with: values) { return true }
            seen[column] = values
        }
        return false
    }

    /// "compare members in the north and the south on sales": the values are the groups, and not every member.
    var comparesSegments: Bool {
        guard draft.isCompared, draft.comparison == nil, !draft.hasCycleParts else { return false }
        var seen: [ColumnID: Set<String>] = [:]
        for filter in draft.filters {
            if case .oneOf(let column, let values) = filter.condition { seen[column, default: []].formUnion(values) }
        }
        return seen.values.contains { $0.count > 1 }
    }

    // MARK: What comes round again

    /// Days of the week, or months, beside others are compared; otherwise all of them must hold.
    mutating func place(_ cycle: CalendarCycle, _ values: Set<Int>, _ phrase: Phrase, _ piece: Int) throws {
        let values = values.sorted()
        if pieces[..<piece].count(where: { $0.grammar == .howMany }) > 1 {
            // "How many …? How many of these on weekends?": a part of what was counted.
            guard draft.numbers.count == 1, case .count(let table)? = draft.numbers.first,
                let column = try timeColumn(base: table, numbers: [])
            else { throw ReadFailure.unplaced([piece]) }
            return draft.numbers.append(.part(table, [.cycle(column, cycle, values)]))
        }
        if let last = draft.cycles.last, last.cycle == cycle {
            guard phrase.links(.versus) || draft.isCompared, draft.cycles.count == 1, !draft.hasCycleParts else {
                throw ReadFailure.unplaced([piece])
            }
            draft.hasCycleParts = true
        }
        draft.cycles.append((cycle, values))
    }

    mutating func addCycles(to plan: inout Plan, base: Int, numbers: [Draft.Number]) throws {
        if draft.hasCycleParts {
            guard let column = try ownTime(of: numbers) ?? timeColumn(base: base, numbers: []) else {
                throw ReadFailure.unsound("It is not said which time is meant.")
            }
            let segments = draft.cycles.map { part in
                Dimension.Segment(
                    label: CycleWriter.text(part.cycle, part.values),
                    conditions: [.cycle(column, part.cycle, part.values)])
            }
            return plan.dimensions.append(.segments(segments))
        }
        for (cycle, values) in draft.cycles {
            let own = try ownTime(of: numbers)
            guard let own = try own ?? timeColumn(base: base, numbers: []) else {
                throw ReadFailure.unsound("It is not said which time is meant.")
            }
            plan.conditions.append(.cycle(own, cycle, values))
        }
    }

    /// The time that the definitions of all numbers tell by; nil where they have none of their own.
    private func ownTime(of numbers: [Draft.Number]) throws -> ColumnID? {
        guard draft.timeColumn == nil else { return nil }
        var columns: Set<ColumnID> = []
        for case .metric(let index) in numbers {
            switch model.source.metrics[index].computation {
            case .aggregate(let part, _):
                guard let column = part.timeColumn else { throw ReadFailure.unsound("The definition has no time.") }
                columns.insert(ColumnID(part.table, column))
            case .ratio(let upper, let lower):
                for part in [upper, lower] {
                    guard let column = part.timeColumn else { throw ReadFailure.unsound("The definition has no time.") }
                    columns.insert(ColumnID(part.table, column))
                }
            case .snapshot, .statement:
                throw ReadFailure.unsound("The definition is not told by days of the week or months of the year.")
            }
        }
        guard columns.count <= 1 else {
            throw ReadFailure.unsound("The numbers are told by different times, so which one counts is not said.")
        }
        return columns.first
    }
}

extension Period {
    /// "last year": what goes on now may stand beside it.
    var isLastUnit: Bool {
        if case .calendar(_, offset: -1, _) = self { true } else { false }
    }

    /// Whether several whole units of the grain may lie in it.
    func isLonger(than grain: TimeGrain) -> Bool {
        let own: TimeGrain
        switch self {
        case .complete(let count, let unit, _), .rolling(let count, let unit):
            if count > 1 { return unit.rank >= grain.rank && grain != .year }
            own = unit
        case .calendar(let unit, _, _), .toDate(let unit, _): own = unit
        case .named(_, let unit, _), .part(let unit, _, _):
            if case .half = unit { return grain.rank <= TimeGrain.quarter.rank }
            own = unit.grain
        case .span(.named?, .named?): return grain != .year
        default: return false
        }
        return own.rank > grain.rank
    }

    /// Named one after the other, rather than counted.
    fileprivate var isListed: Bool {
        switch self {
        case .complete, .rolling, .upcoming, .calendar, .toDate: false
        case .span(.calendar?, .calendar?): false
        default: true
        }
    }
}

extension TimeGrain {
    fileprivate var rank: Int {
        switch self {
        case .hour: 0
        case .day: 1
        case .week: 2
        case .month: 3
        case .quarter, .fiscalQuarter: 4
        case .year, .fiscalYear: 5
        }
    }
}

extension Period.NamedUnit {
    /// Where in the year it is, among units of its kind.
    var place: Int? {
        switch self {
        case .half(let number), .quarter(let number), .month(let number), .week(let number): number
        case .year, .day: nil
        }
    }

    /// Whether it begins the year that comes after the one that the other ends.
    fileprivate func follows(_ other: Self) -> Bool {
        switch (self, other) {
        case (.month(1), .month(12)), (.quarter(1), .quarter(4)), (.half(1), .half(2)): true
        default: false
        }
    }
}

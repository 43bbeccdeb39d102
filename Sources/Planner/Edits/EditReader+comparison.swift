/// "compare with last year", "vs September": the period of the answer before beside another one.
extension EditReader {
    mutating func compare(with period: Period) throws {
        guard !earlier.measures.isEmpty else {
            throw ReadFailure.unsound("A list is not compared with another period; ask for a number of it first.")
        }
        if let time = earlier.time {
            let period = Self.dated(period, before: time.period)
            if let comparison = time.period.comparison(with: period) { return edits.append(.compare(comparison)) }
            if let comparison = apart(time.period, period) { return edits.append(.compare(comparison)) }
            if isAlike(time.period, period), !earlier.dimensions.contains(where: \.isTime) {
                return edits.append(.compare(.with(period)))
            }
        }
        if case .calendar(let grain, offset: -1, let isFiscal) = period, grain != .year, earlier.time == nil, areStocks,
            !earlier.dimensions.contains(where: \.isTime)
        {
            assumptions.append("As of now, beside the same days of the \(grain.name) before.")
            edits += [.period(.init(period: .toDate(grain, isFiscal: isFiscal))), .compare(.previousPeriod)]
            return
        }
        guard case .calendar(.year, offset: -1, _) = period, try compareWithYearBefore() else {
            throw surely("It is not said which period is compared with which.")
        }
    }

    /// "September" beside October 2026 is that of the same year, "December" that of the year before.
    private static func dated(_ other: Period, before period: Period) -> Period {
        guard case .named(let year?, let unit, let isFiscal) = period, case .named(nil, let second, isFiscal) = other,
            let place = unit.place, let before = second.place, other.calendarGrain == period.calendarGrain
        else { return other }
        return .named(year: before < place ? year : year - 1, unit: second, isFiscal: isFiscal)
    }

    /// "2026" against "last year", "October" against "last month": two of one kind, of which the clock knows the earlier one.
    private func isAlike(_ period: Period, _ other: Period) -> Bool {
        guard period != other, let grain = period.calendarGrain, grain == other.calendarGrain else { return false }
        switch (period, other) {
        case (.named(.some, _, let isFiscal), .calendar(_, let offset, let isAlso)):
            return isFiscal == isAlso && offset < 0
        // Which of them is earlier shows when both are days.
        case (.calendar(_, _, let isFiscal), .named(_, _, let isAlso)): return isFiscal == isAlso
        case (.named(let year?, let unit, let isFiscal), .named(let second?, let other, let isAlso)):
            return isFiscal == isAlso && (second, other.place ?? 0) < (year, unit.place ?? 0)
        default: return false
        }
    }

    /// "October against July": the earlier one of two months or quarters without a year.
    private func apart(_ period: Period, _ other: Period) -> Plan.Comparison? {
        guard case .named(nil, let unit, let isFiscal) = period, case .named(nil, let second, isFiscal) = other,
            let place = unit.place, let before = second.place, before < place,
            period.calendarGrain == other.calendarGrain
        else { return nil }
        return .with(other)
    }

    /// "with last year": of what is shorter than a year, the same days of the year before.
    private mutating func compareWithYearBefore() throws -> Bool {
        if let time = earlier.time {
            guard !time.period.isLonger(than: .quarter) else { return false }
            try checkYearBefore()
            assumptions.append("Beside it stands the same period a year before.")
            edits.append(.compare(.yearBefore))
            return true
        }
        if earlier.dimensions.contains(where: \.isTime) {
            try checkYearBefore()
            assumptions.append("Beside each of them stands the same one a year before.")
            edits.append(.compare(.yearBefore))
            return true
        }
        guard areStocks else { return false }
        assumptions.append("As of now, beside a year before.")
        edits += [.period(.init(period: .toDate(.year, isFiscal: false))), .compare(.yearBefore)]
        return true
    }

    /// A year has no whole number of weeks.
    func checkYearBefore() throws {
        for case .time(_, let grain) in earlier.dimensions where [.week, .day, .hour].contains(grain) {
            throw ReadFailure.unsound(
                "A year has no whole number of weeks; ask by month to compare with a year before.")
        }
    }

    /// "compared to the month before" of the months of a year: what stands beside them is the year before.
    mutating func checkSteps() throws {
        guard let time = earlier.time else { return }
        for case .time(_, let grain) in earlier.dimensions
        where text.words.contains(grain.name) && time.period.isLonger(than: grain) {
            throw surely(
                "What stands beside each \(grain.name) of a period is that of the period before; ask without the period."
            )
        }
    }

    var areStocks: Bool {
        !earlier.measures.isEmpty
            && earlier.measures.allSatisfy { measure in
                guard case .metric(let name) = measure,
                    case .snapshot? = model.source.metrics.first(where: { $0.name == name })?.computation
                else { return false }
                return true
            }
    }

    /// "year over year" of months shown already holds each against a year before; no years are shown.
    func isComparedOnly(_ span: TimeSpan) -> Bool {
        guard case .comparison = span.meaning, let grain = span.grain else { return false }
        for case .time(_, let shown) in earlier.dimensions { return shown == grain || grain == .year }
        return earlier.time.map { !$0.period.isLonger(than: grain) } ?? false
    }
}

package import ServiceRuntime

/// Turns periods into days.
///
/// Relative periods count from today. Where everything they cover lies behind the newest day of the data, and that day is
/// more than 2 days old (7 for weeks, 31 for months, quarters and years), they count from the newest day and say so:
/// what was said is never changed while there is data for it. Where data ends within a period, a note says when.
package struct PeriodResolver: Sendable {
    /// Years outside of these are no limit: no calendar of a database or its askers reaches there.
    private static let years = 1...9_999

    let units: CalendarUnits
    private let today: CivilDate
    let newest: CivilDate?

    /// - Parameter newest: the newest day of the time column that is asked about, where it is known.
    package init(rules: CalendarRules, today: CivilDate, newest: CivilDate? = nil) {
        units = CalendarUnits(rules)
        self.today = today
        self.newest = newest
    }

    package func resolve(_ period: Period) -> ResolvedPeriod {
        let (anchor, note) = anchor(for: period)
        let bounds = bounds(of: period, at: anchor)
        let isPartial = isCut(period, bounds, at: anchor)
        return ResolvedPeriod(
            start: bounds.start, end: bounds.end, label: label(period, bounds, isPartial: isPartial),
            isPartial: isPartial, note: note)
    }

    /// The period and the one beside it, both over the same elapsed time where the first is not over yet; nil where it
    /// has no first or no last day.
    ///
    /// Where the data ends within the first, both end with it.
    package func comparison(
        of period: Period, _ comparison: Plan.Comparison
    ) -> (current: ResolvedPeriod, compared: ResolvedPeriod)? {
        let (anchor, anchorNote) = anchor(for: period)
        let bounds = bounds(of: period, at: anchor)
        guard let start = bounds.start, let fullEnd = bounds.end, start < fullEnd else { return nil }
        let known = lastKnown(in: bounds, at: anchor)
        let isCut = isCut(period, bounds, at: known)
        let end = isCut ? min(fullEnd, known.adding(days: 1)) : fullEnd
        let note = isCut ? cutNote(period, until: known, anchor, anchorNote) : anchorNote
        let other: Range<CivilDate>
        switch comparison {
        case .with(let second):
            guard let range = beside(start..<end, second, isCut: isCut, at: anchor) else { return nil }
            other = range
        case .previousPeriod:
            other = previous(of: start..<end, step: step(of: period, start..<fullEnd), isCut: isCut)
        case .yearBefore:
            let isWeek = step(of: period, start..<fullEnd) == .days(7)
            other = isWeek ? start.adding(days: -364)..<end.adding(days: -364) : yearBefore(start..<end)
        }
        let current = Bounds(start: start, end: end)
        return (
            ResolvedPeriod(
                start: start, end: end,
                label: isCut ? current.text : label(period, current, isPartial: false), isPartial: isCut, note: note),
            ResolvedPeriod(
                start: other.lowerBound, end: other.upperBound,
                label: Bounds(start: other.lowerBound, end: other.upperBound).text)
        )
    }

    /// The first days of the units that cover the days from `start` to before `end`; at most `limit`.
    package func spine(
        from start: CivilDate, to end: CivilDate, by grain: TimeGrain, isFiscal: Bool = false, limit: Int = 10_000
    ) -> [CivilDate] {
        var days: [CivilDate] = []
        var day = self.start(of: grain, holding: start, isFiscal: isFiscal)
        while day < end, start < end, days.count < limit {
            days.append(day)
            day = units.adding(1, grain, to: day)
        }
        return days
    }

    /// The first day of the unit that holds the day.
    package func start(of grain: TimeGrain, holding day: CivilDate, isFiscal: Bool = false) -> CivilDate {
        units.start(of: grain, holding: day, isFiscal: isFiscal)
    }

    func isCut(_ period: Period, _ bounds: Bounds, at anchor: CivilDate) -> Bool {
        if case .upcoming = period { return false }
        return bounds.isPartial(at: anchor) || period.isToDate
    }

    // MARK: Anchor

    func anchor(for period: Period) -> (day: CivilDate, note: String?) {
        guard let newest, newest < today else { return (today, nil) }
        let bounds = bounds(of: period, at: today)
        let lag = today.daysSinceEpoch - newest.daysSinceEpoch
        let usual = period.relativeGrain?.usualLag ?? TimeGrain.day.usualLag
        let isEmpty = bounds.start.map { $0 > newest && $0 <= today } ?? false
        if isEmpty, period.relativeGrain != nil, lag > usual {
            return (
                newest,
                "The newest data is of \(DayText.long(newest)); the period is counted from there, not from today."
            )
        }
        let elapsed = min(bounds.last ?? today, today)
        let missing = elapsed.daysSinceEpoch - max(newest, bounds.start ?? newest).daysSinceEpoch
        guard missing > TimeGrain.day.usualLag || isEmpty, bounds.start.map({ $0 <= today }) ?? true else {
            return (today, nil)
        }
        return (today, isEmpty && lag <= usual && missing <= 0 ? nil : "The newest data is of \(DayText.long(newest)).")
    }

    // MARK: Days

    struct Bounds {
        var start: CivilDate?
        var end: CivilDate?

        init(start: CivilDate?, end: CivilDate?) {
            self.start = start
            self.end = end
        }

        init(_ range: Range<CivilDate>) { self.init(start: range.lowerBound, end: range.upperBound) }

        var last: CivilDate? { end?.adding(days: -1) }
        var text: String { DayText.range(from: start, through: last) }

        func isPartial(at day: CivilDate) -> Bool {
            guard let start, let last else { return false }
            return start <= day && day < last
        }
    }

    func bounds(of period: Period, at anchor: CivilDate) -> Bounds {
        var bounds = rawBounds(of: period, at: anchor, depth: 0)
        if let start = bounds.start, !Self.years.contains(start.year) { bounds.start = nil }
        if let end = bounds.end, !Self.years.contains(end.year) { bounds.end = nil }
        return bounds
    }

    private func rawBounds(of period: Period, at anchor: CivilDate, depth: Int) -> Bounds {
        guard depth < 8 else { return Bounds(start: nil, end: nil) }
        let tomorrow = anchor.adding(days: 1)
        switch period {
        case .calendar(let grain, let offset, let isFiscal):
            let start = units.adding(offset, grain, to: start(of: grain, holding: anchor, isFiscal: isFiscal))
            return Bounds(start..<units.adding(1, grain, to: start))
        case .complete(let count, let grain, let isFiscal):
            let end = start(of: grain, holding: anchor, isFiscal: isFiscal)
            return Bounds(units.adding(-max(1, count), grain, to: end)..<end)
        case .rolling(let count, let grain):
            // Hours are counted in whole days.
            let count = grain == .hour ? (max(1, count) + 23) / 24 : max(0, count)
            return Bounds(units.adding(-count, grain, to: anchor)..<tomorrow)
        case .upcoming(let count, let grain):
            let count = grain == .hour ? (max(1, count) + 23) / 24 : max(0, count)
            return Bounds(anchor..<units.adding(count, grain, to: anchor).adding(days: 1))
        case .toDate(let grain, let isFiscal):
            return Bounds(start(of: grain, holding: anchor, isFiscal: isFiscal)..<tomorrow)
        case .named(let year?, let unit, let isFiscal):
            return Bounds(named(unit, year: year, isFiscal: isFiscal))
        case .named(nil, let unit, let isFiscal):
            return Bounds(newestNamed(unit, isFiscal: isFiscal, at: anchor))
        case .part(let unit, let offset, let isFiscal):
            let year = units.year(holding: anchor, isFiscal: isFiscal)
            return Bounds(named(unit, year: year + min(max(offset, -9_999), 9_999), isFiscal: isFiscal))
        case .weekday(let weekday, let includesToday):
            let back = (anchor.weekday - weekday % 7 + 7) % 7
            let day = anchor.adding(days: -(back == 0 && !includesToday ? 7 : back))
            return Bounds(day..<day.adding(days: 1))
        case .days(let from, let through):
            guard let from, let through else { return Bounds(start: from?.date, end: through?.date.adding(days: 1)) }
            return Bounds(min(from, through).date..<max(from, through).date.adding(days: 1))
        case .span(let from, let through):
            return span(from, through, at: anchor, depth: depth)
        case .before(let inner):
            return Bounds(start: nil, end: rawBounds(of: inner, at: anchor, depth: depth + 1).start)
        case .after(let inner):
            return Bounds(start: rawBounds(of: inner, at: anchor, depth: depth + 1).end, end: nil)
        }
    }

    func span(_ from: Period?, _ through: Period?, at anchor: CivilDate, depth: Int) -> Bounds {
        let first = from.map { rawBounds(of: $0, at: anchor, depth: depth + 1) }
        let second = through.map { rawBounds(of: $0, at: anchor, depth: depth + 1) }
        guard var start = first?.start, let end = second?.end, start >= end else {
            return Bounds(start: first?.start, end: second?.end)
        }
        // "From November to February" begins in the year before.
        if case .named(year: nil, _, _) = from { start = start.adding(months: -12) }
        if start < end { return Bounds(start..<end) }
        return Bounds(start: second?.start ?? end.adding(days: -1), end: first?.end ?? start.adding(days: 1))
    }

    /// The last day of the month where the year has no such day.
    func named(_ unit: Period.NamedUnit, year: Int, isFiscal: Bool) -> Range<CivilDate> {
        if let range = units.range(of: unit, year: year, isFiscal: isFiscal) { return range }
        guard case .day(let month, _) = unit,
            let range = units.range(of: .month(month), year: year, isFiscal: isFiscal)
        else { return today..<today.adding(days: 1) }
        return range.upperBound.adding(days: -1)..<range.upperBound
    }

    /// Of all years the newest that has begun.
    private func newestNamed(_ unit: Period.NamedUnit, isFiscal: Bool, at anchor: CivilDate) -> Range<CivilDate> {
        let newest = units.year(holding: anchor, isFiscal: isFiscal) + 1
        for year in (newest - 10...newest).reversed() {
            if let range = units.range(of: unit, year: year, isFiscal: isFiscal), range.lowerBound <= anchor {
                return range
            }
        }
        return named(unit, year: newest - 1, isFiscal: isFiscal)
    }
}

extension TimeGrain.Step {
    func times(_ count: Int) -> TimeGrain.Step {
        let count = min(max(count, 1), 10_000)
        return switch self {
        case .days(let days): .days(days * count)
        case .months(let months): .months(months * count)
        }
    }
}

extension Period {
    var isToDate: Bool {
        if case .toDate = self { true } else { false }
    }

    /// The unit it is counted in from today; nil for absolute and for future ones.
    var relativeGrain: TimeGrain? {
        switch self {
        case .calendar(let grain, let offset, _): offset > 0 ? nil : grain
        case .complete(_, let grain, _), .rolling(_, let grain), .toDate(let grain, _): grain
        case .named(nil, let unit, _): unit.grain
        case .part(_, let offset, _): offset > 0 ? nil : .year
        case .weekday: .day
        case .span(let from, let through): from?.relativeGrain ?? through?.relativeGrain
        case .before(let inner), .after(let inner): inner.relativeGrain
        case .named, .days, .upcoming: nil
        }
    }
}

import ServiceRuntime

extension PeriodResolver {
    /// What lies between the starts of two such periods; nil for "as many days as it has".
    func step(of period: Period, _ days: Range<CivilDate>) -> TimeGrain.Step? {
        switch period {
        case .calendar(let grain, _, _), .toDate(let grain, _): return grain.step
        case .complete(let count, let grain, _): return grain.step.times(count)
        case .rolling(let count, let grain):
            if case .months = grain.step { return grain.step.times(count) }
            return nil
        case .named(_, let unit, _), .part(let unit, _, _): return unit.step
        case .upcoming, .weekday, .days, .span, .before, .after:
            guard days.lowerBound.day == 1, days.upperBound.day == 1 else { return nil }
            let (first, next) = (days.lowerBound, days.upperBound)
            return .months((next.year - first.year) * 12 + next.month - first.month)
        }
    }

    /// The last day of the period that the data can know about.
    func lastKnown(in bounds: Bounds, at anchor: CivilDate) -> CivilDate {
        guard let newest, newest < anchor, let start = bounds.start, start <= newest else { return anchor }
        return newest
    }

    func cutNote(_ period: Period, until known: CivilDate, _ anchor: CivilDate, _ note: String?) -> String? {
        if known < anchor {
            return "The newest data is of \(DayText.long(known)), so both periods are compared until that day."
        }
        guard note == nil, !period.isToDate else { return note }
        return "The period is not over yet, so both are compared over the same days."
    }

    /// A period that is named itself, over the same elapsed time where the first is not over and both are alike.
    func beside(
        _ days: Range<CivilDate>, _ other: Period, isCut: Bool, at anchor: CivilDate
    ) -> Range<CivilDate>? {
        let bounds = bounds(of: other, at: anchor)
        guard let start = bounds.start, let end = bounds.end, start < end else { return nil }
        guard isCut else { return start..<end }
        let (first, last) = (days.lowerBound, days.upperBound.adding(days: -1))
        let months = (first.year - start.year) * 12 + first.month - start.month
        let same =
            start.day == first.day
            ? last.adding(months: -months)
            : start.adding(days: last.daysSinceEpoch - first.daysSinceEpoch)
        return start..<max(start.adding(days: 1), min(end, same.adding(days: 1)))
    }

    func previous(of days: Range<CivilDate>, step: TimeGrain.Step?, isCut: Bool) -> Range<CivilDate> {
        let length = days.upperBound.daysSinceEpoch - days.lowerBound.daysSinceEpoch
        func earlier(_ day: CivilDate) -> CivilDate {
            switch step {
            case nil: day.adding(days: -length)
            case .days(let count): day.adding(days: -count)
            case .months(let count): day.adding(months: -count)
            }
        }
        let start = earlier(days.lowerBound)
        guard isCut else { return start..<days.lowerBound }
        let end = earlier(days.upperBound.adding(days: -1)).adding(days: 1)
        return start..<max(start.adding(days: 1), min(end, days.lowerBound))
    }

    func yearBefore(_ days: Range<CivilDate>) -> Range<CivilDate> {
        let start = days.lowerBound.adding(months: -12)
        let isWhole = days.upperBound.day == 1
        let end =
            isWhole
            ? days.upperBound.adding(months: -12) : days.upperBound.adding(days: -1).adding(months: -12).adding(days: 1)
        return start..<max(end, start.adding(days: 1))
    }
}

import ServiceRuntime

extension PeriodResolver {
    func label(_ period: Period, _ bounds: Bounds, isPartial: Bool) -> String {
        let text = bounds.text
        switch period {
        case .complete(count: 1, _, false), .days, .span, .before, .after, .weekday: return text
        case .complete, .rolling, .upcoming, .toDate: return "\(period.phrase), \(text)"
        case .calendar(let grain, _, let isFiscal):
            guard let start = bounds.start else { return text }
            return calendarLabel(grain, from: start, text: text, isFiscal: isFiscal) + (isPartial ? " so far" : "")
        case .named(_, let unit, let isFiscal), .part(let unit, _, let isFiscal):
            guard let start = bounds.start else { return text }
            return namedLabel(unit, from: start, text: text, isFiscal: isFiscal) + (isPartial ? " so far" : "")
        }
    }

    private func calendarLabel(_ grain: TimeGrain, from start: CivilDate, text: String, isFiscal: Bool) -> String {
        switch grain {
        case .hour, .day: text
        case .week: "the week \(text)"
        case .month: text
        case .quarter:
            namedLabel(
                .quarter(quarter(holding: start, isFiscal: isFiscal)), from: start, text: text, isFiscal: isFiscal)
        case .year: namedLabel(.year, from: start, text: text, isFiscal: isFiscal)
        case .fiscalQuarter: calendarLabel(.quarter, from: start, text: text, isFiscal: true)
        case .fiscalYear: calendarLabel(.year, from: start, text: text, isFiscal: true)
        }
    }

    private func namedLabel(_ unit: Period.NamedUnit, from start: CivilDate, text: String, isFiscal: Bool) -> String {
        let year = units.year(holding: start, isFiscal: isFiscal)
        switch unit {
        case .year where !isFiscal, .month, .day: return text
        case .week(let week):
            // The year of an ISO week is that of its Thursday.
            return Period.named(year: start.adding(days: 3).year, unit: .week(week), isFiscal: false).phrase
                + ", \(text)"
        case .year, .half, .quarter:
            let isFiscal = isFiscal && !units.isFiscalYearTheCalendars
            let phrase = Period.named(year: year, unit: unit, isFiscal: isFiscal).phrase
            return isFiscal ? "\(phrase), \(text)" : phrase
        }
    }

    private func quarter(holding start: CivilDate, isFiscal: Bool) -> Int {
        let year = self.start(of: .year, holding: start, isFiscal: isFiscal)
        return (start.month - year.month + 12) % 12 / 3 + 1
    }
}

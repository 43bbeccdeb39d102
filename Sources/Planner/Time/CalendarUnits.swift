import ServiceRuntime

/// Arithmetic on the units of a company's calendar.
struct CalendarUnits: Sendable {
    /// What an offset is at most, so that no question leads out of the calendar.
    private static let reach = 10_000

    private let fiscalYearStart: Int
    private let weekStart: Int

    init(_ rules: CalendarRules) {
        fiscalYearStart = min(max(rules.fiscalYearStart, 1), 12)
        weekStart = ((rules.weekStart % 7) + 7) % 7
    }

    var isFiscalYearTheCalendars: Bool { fiscalYearStart == 1 }

    /// The first day of the unit that holds the day.
    func start(of grain: TimeGrain, holding day: CivilDate, isFiscal: Bool) -> CivilDate {
        switch grain {
        case .hour, .day: return day
        case .week: return day.adding(days: -((day.weekday - weekStart + 7) % 7))
        case .month: return day.firstOfMonth
        case .quarter, .year:
            let length = grain == .quarter ? 3 : 12
            let first = isFiscal ? fiscalYearStart : 1
            return day.firstOfMonth.adding(months: -((day.month - first + 12) % length))
        case .fiscalQuarter: return start(of: .quarter, holding: day, isFiscal: true)
        case .fiscalYear: return start(of: .year, holding: day, isFiscal: true)
        }
    }

    func adding(_ count: Int, _ grain: TimeGrain, to day: CivilDate) -> CivilDate {
        let count = min(max(count, -Self.reach), Self.reach)
        switch grain.step {
        case .days(let days): return day.adding(days: count * days)
        case .months(let months): return day.adding(months: count * months)
        }
    }

    /// The fiscal or calendar year that holds the day, by its number.
    func year(holding day: CivilDate, isFiscal: Bool) -> Int {
        isFiscal && fiscalYearStart > 1 && day.month >= fiscalYearStart ? day.year + 1 : day.year
    }

    /// The unit's first day and the one after its last; nil where the year has no such day.
    func range(of unit: Period.NamedUnit, year: Int, isFiscal: Bool) -> Range<CivilDate>? {
        let year = min(max(year, 1), 9_998)
        let isFiscal = isFiscal && fiscalYearStart > 1
        guard let newYear = CivilDate(year: isFiscal ? year - 1 : year, month: isFiscal ? fiscalYearStart : 1, day: 1)
        else { return nil }
        func months(_ count: Int, from offset: Int) -> Range<CivilDate> {
            let start = newYear.adding(months: offset)
            return start..<start.adding(months: count)
        }
        switch unit {
        case .year: return months(12, from: 0)
        case .half(let half): return months(6, from: 6 * (min(max(half, 1), 2) - 1))
        case .quarter(let quarter): return months(3, from: 3 * (min(max(quarter, 1), 4) - 1))
        case .month(let month):
            return months(1, from: (min(max(month, 1), 12) - newYear.month + 12) % 12)
        case .week(let week):
            guard let inFirst = CivilDate(year: year, month: 1, day: 4) else { return nil }
            let start = inFirst.adding(days: -((inFirst.weekday + 6) % 7) + 7 * (min(max(week, 1), 53) - 1))
            return start..<start.adding(days: 7)
        case .day(let month, let day):
            let calendarYear = isFiscal && month >= fiscalYearStart ? year - 1 : year
            guard let date = CivilDate(year: calendarYear, month: month, day: day) else { return nil }
            return date..<date.adding(days: 1)
        }
    }
}

extension TimeGrain {
    enum Step: Sendable, Hashable {
        case days(Int)
        case months(Int)
    }

    /// Its length.
    var step: Step {
        switch self {
        case .hour, .day: .days(1)
        case .week: .days(7)
        case .month: .months(1)
        case .quarter, .fiscalQuarter: .months(3)
        case .year, .fiscalYear: .months(12)
        }
    }

    /// So many days without data are usual for it; more are old.
    var usualLag: Int {
        switch self {
        case .hour, .day: 2
        case .week: 7
        case .month, .quarter, .year, .fiscalQuarter, .fiscalYear: 31
        }
    }
}

extension Period.NamedUnit {
    var grain: TimeGrain {
        switch self {
        case .year: .year
        case .half, .quarter: .quarter
        case .month: .month
        case .week: .week
        case .day: .day
        }
    }

    var step: TimeGrain.Step {
        if case .half = self { .months(6) } else { grain.step }
    }
}

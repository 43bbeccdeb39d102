import ServiceRuntime

extension Period {
    /// How another period stands to this one, where a plan can say it: "this month vs last month" is `previousPeriod`.
    package func comparison(with other: Period) -> Plan.Comparison? {
        switch (self, other) {
        case (.calendar(let grain, let offset, let isFiscal), .calendar(let second, let otherOffset, let isAlsoFiscal))
        where grain == second && isFiscal == isAlsoFiscal:
            return Self.comparison(grain, apart: offset - otherOffset)
        case (.toDate(let grain, let isFiscal), .calendar(let second, let offset, let isAlsoFiscal))
        where grain == second && isFiscal == isAlsoFiscal:
            return Self.comparison(grain, apart: -offset)
        case (.named(let year?, let unit, let isFiscal), .named(let second?, let other, let isAlsoFiscal))
        where isFiscal == isAlsoFiscal:
            return Self.comparison(unit, other, yearsApart: year - second)
        case (.named(nil, let unit, let isFiscal), .named(nil, let other, let isAlsoFiscal))
        where isFiscal == isAlsoFiscal:
            return Self.comparison(unit, other, yearsApart: 0)
        case (.part(let unit, let year, let isFiscal), .part(let other, let second, let isAlsoFiscal))
        where isFiscal == isAlsoFiscal:
            return Self.comparison(unit, other, yearsApart: year - second)
        case (.named(nil, let unit, let isFiscal), .part(let other, let offset, let isAlsoFiscal))
        where isFiscal == isAlsoFiscal:
            return Self.comparison(unit, other, yearsApart: -offset)
        case (.days(let from?, let through?), .days(let first?, let last?)):
            return Self.comparison((from.date, through.date), (first.date, last.date))
        case (_, .calendar(.year, offset: -1, _)) where isShorterThanYear: return .yearBefore
        default: return nil
        }
    }

    /// "This month vs last year": with the same month of last year.
    private var isShorterThanYear: Bool {
        switch self {
        case .calendar(let grain, offset: 0, _): grain != .year
        case .toDate(let grain, _): grain != .year
        case .named(nil, let unit, _): unit != .year
        default: false
        }
    }

    private static func comparison(_ grain: TimeGrain, apart: Int) -> Plan.Comparison? {
        switch (grain, apart) {
        case (_, 1): .previousPeriod
        case (.month, 12), (.quarter, 4): .yearBefore
        default: nil
        }
    }

    private static func comparison(_ unit: NamedUnit, _ other: NamedUnit, yearsApart: Int) -> Plan.Comparison? {
        if unit == other, yearsApart == 1 { return unit == .year ? .previousPeriod : .yearBefore }
        let apart: Int? =
            switch (unit, other) {
            case (.month(let first), .month(let second)): first - second + 12 * yearsApart
            case (.quarter(let first), .quarter(let second)): first - second + 4 * yearsApart
            case (.half(let first), .half(let second)): first - second + 2 * yearsApart
            case (.week(let first), .week(let second)) where yearsApart == 0: first - second
            default: nil
            }
        return apart == 1 ? .previousPeriod : nil
    }

    private static func comparison(
        _ days: (first: CivilDate, last: CivilDate), _ other: (first: CivilDate, last: CivilDate)
    ) -> Plan.Comparison? {
        let resolver = PeriodResolver(rules: CalendarRules(), today: days.last)
        let period = Period.days(from: Day(days.first), through: Day(days.last))
        return [Plan.Comparison.previousPeriod, .yearBefore].first { comparison in
            let compared = resolver.comparison(of: period, comparison)?.compared
            return compared?.start == other.first && compared?.last == other.last
        }
    }
}

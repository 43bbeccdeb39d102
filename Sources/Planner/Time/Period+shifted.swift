extension Period {
    /// The one of the same kind that ends where this one begins, "September" for "October"; nil where that is not said.
    var previous: Period? {
        switch self {
        case .calendar(let grain, let offset, let isFiscal):
            return .calendar(grain, offset: offset - 1, isFiscal: isFiscal)
        case .complete(count: 1, let grain, let isFiscal): return .calendar(grain, offset: -2, isFiscal: isFiscal)
        case .named(let year?, let unit, let isFiscal):
            guard let (unit, years) = Self.before(unit) else { return nil }
            return .named(year: year - years, unit: unit, isFiscal: isFiscal)
        case .named(nil, let unit, let isFiscal):
            // Whose year is not said is the newest that has begun.
            guard let (unit, years) = Self.before(unit), years == 0 else { return nil }
            return .named(year: nil, unit: unit, isFiscal: isFiscal)
        case .part(let unit, let offset, let isFiscal):
            guard let (unit, years) = Self.before(unit) else { return nil }
            return .part(unit, yearOffset: offset - years, isFiscal: isFiscal)
        default: return nil
        }
    }

    private static func before(_ unit: NamedUnit) -> (unit: NamedUnit, years: Int)? {
        switch unit {
        case .year: (.year, 1)
        case .half(let half): half > 1 ? (.half(half - 1), 0) : (.half(2), 1)
        case .quarter(let quarter): quarter > 1 ? (.quarter(quarter - 1), 0) : (.quarter(4), 1)
        case .month(let month): month > 1 ? (.month(month - 1), 0) : (.month(12), 1)
        case .week, .day: nil
        }
    }

    /// Its unit, where it is one.
    var calendarGrain: TimeGrain? {
        switch self {
        case .calendar(let grain, _, _), .complete(count: 1, let grain, _): grain
        case .named(_, let unit, _), .part(let unit, _, _):
            switch unit {
            case .year: .year
            case .quarter: .quarter
            case .month: .month
            default: nil
            }
        default: nil
        }
    }
}

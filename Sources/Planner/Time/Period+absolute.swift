import ServiceRuntime

extension Period {
    /// Its first and last day where they depend on neither today nor a company's calendar.
    var absolute: (first: CivilDate, last: CivilDate)? {
        switch self {
        case .days(let from?, let through?): return (min(from, through).date, max(from, through).date)
        case .named(let year?, let unit, false):
            guard let range = CalendarUnits(CalendarRules()).range(of: unit, year: year, isFiscal: false) else {
                return nil
            }
            return (range.lowerBound, range.upperBound.adding(days: -1))
        default: return nil
        }
    }
}

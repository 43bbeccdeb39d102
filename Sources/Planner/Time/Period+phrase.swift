extension Period {
    /// As people say it, without days that depend on today: "last month", "past 30 days", "Q1 2024".
    package var phrase: String {
        switch self {
        case .calendar(let grain, let offset, let isFiscal): Self.calendar(grain, offset, isFiscal)
        case .complete(let count, let grain, let isFiscal): "last \(Self.counted(count, grain, isFiscal: isFiscal))"
        case .rolling(let count, let grain): "past \(Self.counted(count, grain))"
        case .upcoming(let count, let grain): "next \(Self.counted(count, grain))"
        case .toDate(let grain, let isFiscal): "\(Self.name(grain, isFiscal)) to date"
        case .named(let year, let unit, let isFiscal): Self.named(unit, year.map { "\($0)" }, isFiscal)
        case .part(let unit, let offset, let isFiscal): Self.part(unit, offset, isFiscal)
        case .weekday(let day, let includesToday): (includesToday ? "" : "last ") + DayText.weekday(day)
        case .days(let from, let through): DayText.range(from: from?.date, through: through?.date)
        case .span(let from?, let through?): "\(from.phrase) to \(through.phrase)"
        case .span(let from?, nil): "since \(from.phrase)"
        case .span(nil, let through?): "until \(through.phrase)"
        case .span(nil, nil): "all time"
        case .before(let period): "before \(period.phrase)"
        case .after(let period): "after \(period.phrase)"
        }
    }

    private static func name(_ grain: TimeGrain, _ isFiscal: Bool) -> String {
        isFiscal && (grain == .year || grain == .quarter) ? "fiscal \(grain.name)" : grain.name
    }

    private static func counted(_ count: Int, _ grain: TimeGrain, isFiscal: Bool = false) -> String {
        count == 1 ? name(grain, isFiscal) : "\(count) \(name(grain, isFiscal))s"
    }

    private static func calendar(_ grain: TimeGrain, _ offset: Int, _ isFiscal: Bool) -> String {
        switch (grain, offset) {
        case (.day, 0): "today"
        case (.day, -1): "yesterday"
        case (.day, 1): "tomorrow"
        case (_, 0): "this \(name(grain, isFiscal))"
        case (_, -1): "last \(name(grain, isFiscal))"
        case (_, 1): "next \(name(grain, isFiscal))"
        case (_, ..<0): "\(counted(-offset, grain, isFiscal: isFiscal)) ago"
        default: "in \(counted(offset, grain, isFiscal: isFiscal))"
        }
    }

    private static func named(_ unit: NamedUnit, _ year: String?, _ isFiscal: Bool) -> String {
        let year = year.map { isFiscal ? "fiscal year \($0)" : $0 }
        func of(_ text: String, _ link: String = " ") -> String {
            year.map { text + (isFiscal ? " of " : link) + $0 } ?? text
        }
        return switch unit {
        case .year: year ?? (isFiscal ? "fiscal year" : "year")
        case .half(let half): of("H\(half)")
        case .quarter(let quarter): of("Q\(quarter)")
        case .month(let month): of(DayText.month(month))
        case .week(let week): of("week \(week)", " of ")
        case .day(let month, let day): of("\(day) \(DayText.month(month))")
        }
    }

    private static func part(_ unit: NamedUnit, _ offset: Int, _ isFiscal: Bool) -> String {
        let year = calendar(.year, offset, isFiscal)
        if case .year = unit { return year }
        return named(unit, nil, false) + " of " + year
    }
}

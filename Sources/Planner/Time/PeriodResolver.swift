package import ServiceRuntime

/// Turns periods into days.
package struct PeriodResolver: Sendable {
    private let rules: CalendarRules
    private let today: CivilDate
    private let newest: CivilDate?

    /// - Parameter newest: the newest day of the time column that is asked about, where it is known.
    package init(rules: CalendarRules, today: CivilDate, newest: CivilDate? = nil) {
        self.rules = rules
        self.today = today
        self.newest = newest
    }

    package func resolve(_ period: Period) -> ResolvedPeriod {
        ResolvedPeriod(start: nil, end: nil, label: "all time")
    }

    /// The period and the one beside it, both over the same elapsed time where the first is not over yet; nil where it
    /// has no first or no last day.
    package func comparison(
        of period: Period, _ comparison: Plan.Comparison
    ) -> (current: ResolvedPeriod, compared: ResolvedPeriod)? { nil }

    /// The first days of the units that cover the days from `start` to before `end`; at most `limit`.
    package func spine(
        from start: CivilDate, to end: CivilDate, by grain: TimeGrain, isFiscal: Bool = false, limit: Int = 10_000
    ) -> [CivilDate] { [] }

    /// The first day of the unit that holds the day.
    package func start(of grain: TimeGrain, holding day: CivilDate, isFiscal: Bool = false) -> CivilDate { day }
}

/// Words of a question that speak of time.
package struct TimeSpan: Sendable, Hashable {
    package enum Meaning: Sendable, Hashable {
        /// Rows of the period.
        case period(Period)
        /// The state at the end of the period: "as of 30 June 2024".
        case asOf(Period)
        /// "monthly", "per week", "each month": by the span's `grain`.
        case grain
        /// "over time", "trend": by a grain that was not said.
        case overTime
        /// "year over year", "vs the previous period"; with the span's `grain` where one was said ("MoM").
        case comparison(Plan.Comparison)
        /// "vs Q1 2024": beside a period of its own. `Period.comparison(with:)` says whether the plan can hold it.
        case against(Period)
        /// Only rows of these days of the week, 0 for Sunday: "on weekends".
        case weekdays(Set<Int>)
        /// By day of the week or hour of the day rather than by day or hour: "by weekday".
        case cycle(CalendarCycle)
        /// Only rows of these months, 1 to 12, of all years: "in July across all years".
        case months(Set<Int>)
        /// "all time": no limit, said aloud.
        case allTime
    }

    /// Indices into the tokens.
    package var tokens: Range<Int>
    package var meaning: Meaning
    /// A trend's grain that came with it: "in each of the last 8 weeks", "month over month".
    package var grain: TimeGrain?
    /// For people.
    package var label: String
    /// Other readings of the same words: of 03/04/2024 the day of the other order.
    package var alternatives: [Period]

    package init(
        tokens: Range<Int>, meaning: Meaning, grain: TimeGrain? = nil, label: String, alternatives: [Period] = []
    ) {
        self.tokens = tokens
        self.meaning = meaning
        self.grain = grain
        self.label = label
        self.alternatives = alternatives
    }
}

package import ServiceRuntime

/// A period as days.
package struct ResolvedPeriod: Sendable, Hashable {
    /// Included; nil for no limit.
    package var start: CivilDate?
    /// Not included; nil for no limit.
    package var end: CivilDate?
    /// For people, with the days: "March 2026", "past 30 days, 22 Oct – 21 Nov 2026".
    package var label: String
    /// It is not over yet.
    package var isPartial: Bool
    /// A sentence where it was counted from the data's newest day, or where the data ends within it.
    package var note: String?

    package init(start: CivilDate?, end: CivilDate?, label: String, isPartial: Bool = false, note: String? = nil) {
        self.start = start
        self.end = end
        self.label = label
        self.isPartial = isPartial
        self.note = note
    }

    /// The last day that is included.
    package var last: CivilDate? { end?.adding(days: -1) }
}

/// What a validated query leaves open: `{plan}` in its questions stands for what a person says there.
package struct QueryParameter: Sendable, Codable, Equatable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// A text that stands in `column`.
        case value
        case number
        case day
        /// `{name.start}` is its first day, `{name.end}` the day behind its last.
        case period
    }

    package var name: String
    package var kind: Kind
    /// `table.column`: where the value stands; of days, whose newest one "last month" is counted from.
    package var column: String?
    /// What the query is tried with, in a person's words.
    package var example: String

    package init(name: String, kind: Kind, column: String? = nil, example: String) {
        self.name = name
        self.kind = kind
        self.column = column
        self.example = example
    }

    /// The parts by which a statement asks for it; one without a name for all but periods.
    var parts: [String?] { kind == .period ? ["start", "end"] : [nil] }
}

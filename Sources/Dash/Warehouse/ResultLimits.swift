/// How much of a result is kept. What is left out is always flagged on the table.
package struct ResultLimits: Sendable, Equatable {
    package var rows = 1000
    /// UTF-8 bytes of all cells together.
    package var bytes = 1_048_576
    /// Longer texts are cut and marked.
    package var cellCharacters = 4096
    /// What a statement may cost at most by the planner's estimate; nil for any cost.
    ///
    /// With PostgreSQL's own settings a unit takes about 5 to 10 µs, so that this is a minute or more.
    package var cost: Double? = Double(defaultCost)
    package static let defaultCost = 10_000_000

    package init() {}

    /// The longest cell of a result this wide, so that even one row fits into `bytes`.
    func cellCharacters(width: Int) -> Int {
        min(cellCharacters, max(32, bytes / max(1, width)))
    }
}

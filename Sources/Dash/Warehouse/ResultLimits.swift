/// How much of a result is kept. What is left out is always flagged on the table.
package struct ResultLimits: Sendable, Equatable {
    package var rows = 1000
    /// UTF-8 bytes of all cells together.
    package var bytes = 1_048_576
    /// Longer texts are cut and marked.
    package var cellCharacters = 4096

    package init() {}

    /// The longest cell of a result this wide, so that even one row fits into `bytes`.
    func cellCharacters(width: Int) -> Int {
        min(cellCharacters, max(32, bytes / max(1, width)))
    }
}

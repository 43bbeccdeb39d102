/// Runs statements for one role, inside that role's limits.
package protocol SQLRunner: Sendable {
    /// Runs exactly one statement and keeps at most the limits' rows and bytes, marking the table as truncated.
    ///
    /// Throws `SQLFailure` for what the statement did wrong, `CancellationError` when the task was cancelled.
    func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable
}

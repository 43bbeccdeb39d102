package import SQLGuard

/// Decides by its text whether a statement may reach the database at all.
package protocol StatementPolicy: Sendable {
    /// What the statement will do, where the policy can tell.
    ///
    /// Throws `SQLFailure` of class `refused` that says what, why and what to do instead.
    func check(_ sql: String) async throws -> StatementSummary?
}

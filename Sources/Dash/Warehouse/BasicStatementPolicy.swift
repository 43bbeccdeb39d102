package import SQLGuard

/// Refuses what no statement of an agent can be: nothing, and what the guard would not even parse. For tests of the layers
/// behind the guard.
package struct BasicStatementPolicy: StatementPolicy {
    package init() {}

    package func check(_ sql: String) throws -> StatementSummary? {
        guard sql.contains(where: { !$0.isWhitespace && $0 != ";" }) else {
            throw SQLFailure(.refused, message: "the statement is empty", hint: "Send one SELECT statement.")
        }
        do {
            _ = try StatementText(Array(sql.utf8))
        } catch {
            throw SQLFailure(error)
        }
        return nil
    }
}

package import SQLGuard

/// Refuses what no statement of an agent can be: nothing, too long a text, a text with NUL. For tests of the layers
/// behind the guard.
package struct BasicStatementPolicy: StatementPolicy {
    /// UTF-8 bytes.
    package static let longestStatement = 65_536

    package init() {}

    package func check(_ sql: String) throws -> Verdict? {
        guard sql.contains(where: { !$0.isWhitespace && $0 != ";" }) else {
            throw SQLFailure(.refused, message: "the statement is empty", hint: "Send one SELECT statement.")
        }
        guard sql.utf8.count <= Self.longestStatement else {
            throw SQLFailure(
                .refused,
                message: "the statement has \(sql.utf8.count) bytes; at most \(Self.longestStatement) are run",
                hint: "Shorten it, for example by joining a table instead of listing values.")
        }
        guard !sql.utf8.contains(0) else {
            throw SQLFailure(
                .refused, message: "the statement contains a NUL character", hint: "Send it without that character.")
        }
        return nil
    }
}

/// One session. Statements run one after another; cancelling the calling task cancels the running one on the server.
package final class PostgresConnection: Sendable {
    /// Extended protocol, exactly one statement.
    @discardableResult
    package func query(_ query: PostgresQuery) async throws -> PostgresResult { fatalError("not written yet") }

    /// Simple protocol, several statements in one text; for migrations and set-up scripts only.
    package func execute(script: String) async throws { fatalError("not written yet") }

    /// COPY … FROM STDIN in text format; the sequence yields chunks of bytes. Returns the number of rows.
    package func copyIn(
        _ statement: String, chunks: some AsyncSequence<[UInt8], any Error>
    ) async throws -> Int { fatalError("not written yet") }
}

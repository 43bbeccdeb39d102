import Postgres
import ServiceRuntime

/// Runs a statement as it is, without a transaction around it. Only for tests that show what the layer of transactions
/// carries.
struct UnprotectedRunner: SQLRunner {
    let client: PostgresClient
    let policy: any StatementPolicy
    let limits: ResultLimits
    let statementTimeout: Duration

    func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
        _ = try await policy.check(sql)
        return try await ResultTable(id: resultID, sql: sql) {
            try await Stopwatch().run(
                within: statementTimeout + client.configuration.cancelGrace,
                orThrow: SQLFailure(.timeout, message: "the statement was ended after \(statementTimeout)")
            ) {
                try await client.withConnection { connection in
                    let result: PostgresResult
                    do {
                        result = try await connection.query(
                            PostgresQuery(unescaped: sql), maximumBytes: EngineerRunner.longestReply(limits))
                    } catch {
                        await Sandbox.forget(on: connection)
                        throw error
                    }
                    // The next statement begins as fresh as a question does.
                    await Sandbox.forget(on: connection)
                    return EngineerRunner.excerpt(of: result, limits)
                }
            }
        }
    }
}

import Postgres
import ServiceRuntime

/// Runs the analyst's statements: read only, as a cursor, always rolled back, in a session that forgets.
package struct AnalystRunner: SQLRunner {
    private let sandbox: Sandbox
    private let policy: any StatementPolicy
    private let limits: ResultLimits
    private let gate: CostGate

    /// `client` logs in as the analyst's role with `SandboxSettings.analyst`; `sessions` counts what is in use and
    /// abandoned.
    init(
        client: PostgresClient, sessions: SandboxSessions? = nil, policy: any StatementPolicy,
        limits: ResultLimits = ResultLimits(), statementTimeout: Duration = .seconds(30)
    ) {
        sandbox = Sandbox(
            client: client, timeLimit: statementTimeout + client.configuration.cancelGrace, sessions: sessions)
        self.policy = policy
        self.limits = limits
        gate = CostGate(role: "analyst", limit: limits.cost)
    }

    /// Also throws `ConfirmationRequired`, with nothing begun, where a person has to agree first.
    package func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
        let summary = try await policy.check(sql)
        return try await ResultTable(id: resultID, sql: sql) { [limits, gate] in
            try await sandbox.run(SandboxCursor.begin, end: .rollback, within: gate.timeLimit(of: sql)) { connection in
                try await gate.check(sql, summary, on: connection)
                return try await SandboxCursor(connection: connection, limits: limits).run(sql)
            }
        }
    }
}

extension ResultTable {
    /// Times the statement and names its failure.
    init(id: String, sql: String, _ run: () async throws -> SandboxCursor.Excerpt) async throws {
        let start = ContinuousClock.now
        let excerpt: SandboxCursor.Excerpt
        do {
            excerpt = try await run()
        } catch let error as PostgresError {
            throw SQLFailure(error)
        }
        let elapsed = start.duration(to: .now)
        self.init(
            id: id, sql: sql, columns: excerpt.columns, rows: excerpt.rows, isTruncated: excerpt.isTruncated,
            milliseconds: elapsed.inMilliseconds, hasCutCells: excerpt.hasCutCells)
    }
}

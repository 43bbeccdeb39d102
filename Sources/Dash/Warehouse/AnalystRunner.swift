package import Postgres

/// Runs the analyst's statements: read only, as a cursor, always rolled back, in a session that forgets.
package struct AnalystRunner: SQLRunner {
    private let sandbox: Sandbox
    private let policy: any StatementPolicy
    private let limits: ResultLimits

    /// `client` logs in as the analyst's role with `SandboxSettings.analyst`.
    package init(
        client: PostgresClient, policy: any StatementPolicy = BasicStatementPolicy(),
        limits: ResultLimits = ResultLimits(), statementTimeout: Duration = .seconds(30)
    ) {
        sandbox = Sandbox(client: client, timeLimit: statementTimeout + .seconds(3))
        self.policy = policy
        self.limits = limits
    }

    package func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
        try policy.check(sql)
        return try await ResultTable(id: resultID, sql: sql) { [limits] in
            try await sandbox.run(SandboxCursor.begin, end: .rollback) { connection in
                try await SandboxCursor(connection: connection, limits: limits).run(sql)
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
        let elapsed = (ContinuousClock.now - start).components
        self.init(
            id: id, sql: sql, columns: excerpt.columns, rows: excerpt.rows, isTruncated: excerpt.isTruncated,
            milliseconds: Int(elapsed.seconds * 1000 + elapsed.attoseconds / 1_000_000_000_000_000),
            hasCutCells: excerpt.hasCutCells)
    }
}

import Postgres
import SQLGuard

/// Runs the engineer's statements: queries as the analyst's are, changes in a transaction that is committed when schema
/// `dash` is still within its quota.
package struct EngineerRunner: SQLRunner {
    /// Bytes of all tables, materialized views and indexes in schema `dash`.
    package static let defaultQuota = 5_368_709_120
    private static let role = "engineer"

    private let sandbox: Sandbox
    private let policy: any StatementPolicy
    private let limits: ResultLimits
    private let gate: CostGate
    private let quota: Int
    private let review: ChangeReview
    private let didChange: @Sendable () -> Void

    /// `client` logs in as the engineer's role with `SandboxSettings.engineer`. `didChange` is called after each commit;
    /// `knowledgeUsing` says which entries of the knowledge use relations; `sessions` counts what is in use and abandoned.
    init(
        client: PostgresClient, sessions: SandboxSessions? = nil, policy: any StatementPolicy,
        limits: ResultLimits = ResultLimits(),
        statementTimeout: Duration = .seconds(30), quota: Int = defaultQuota,
        knowledgeUsing: @escaping @Sendable ([String]) async throws -> [ProposedAction.Dependant] = { _ in [] },
        didChange: @escaping @Sendable () -> Void = {}
    ) {
        sandbox = Sandbox(
            client: client, timeLimit: statementTimeout + client.configuration.cancelGrace, sessions: sessions)
        self.policy = policy
        self.limits = limits
        gate = CostGate(role: Self.role, limit: limits.cost)
        self.quota = quota
        review = ChangeReview(role: Self.role, users: knowledgeUsing)
        self.didChange = didChange
    }

    /// Also throws `ConfirmationRequired`, with nothing changed, where a person has to agree first.
    package func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
        let summary = try await policy.check(sql)
        let changes = summary?.changes ?? true
        var table = try await ResultTable(id: resultID, sql: sql) {
            changes ? try await change(sql, summary) : try await query(sql, summary)
        }
        if changes { table.change = ResultTable.Change(drops: summary?.drops ?? true) }
        return table
    }

    private func query(_ sql: String, _ summary: StatementSummary?) async throws -> SandboxCursor.Excerpt {
        try await sandbox.run(SandboxCursor.begin, end: .rollback, within: gate.timeLimit(of: sql)) {
            [limits, gate] connection in
            try await gate.check(sql, summary, on: connection)
            return try await SandboxCursor(connection: connection, limits: limits).run(sql)
        }
    }

    private func change(_ sql: String, _ summary: StatementSummary?) async throws -> SandboxCursor.Excerpt {
        let excerpt = try await sandbox.run("BEGIN", end: .commit, within: gate.timeLimit(of: sql)) {
            [limits, gate, quota, review] connection in
            try await gate.check(sql, summary, on: connection)
            let before = try await Self.size(connection)
            let result = try await review.run(sql, on: connection) {
                // Not behind a cursor, so that nothing but this bounds what comes back.
                try await connection.query(PostgresQuery(unescaped: sql), maximumBytes: Self.longestReply(limits))
            }
            let after = try await Self.size(connection)
            guard after <= quota || after <= before else {
                throw SQLFailure(
                    .limit,
                    message: "schema dash would have \(after / 1_048_576) MB; \(quota / 1_048_576) MB are allowed",
                    hint: "Nothing was changed. Store less, use a view, or drop what is no longer needed.")
            }
            let excerpt = Self.excerpt(of: result, limits)
            try await BeforeCommit.current?.record(excerpt.rows.count)
            return excerpt
        }
        didChange()
        return excerpt
    }

    /// Seen from inside the transaction, so with what the statement has just written.
    private static func size(_ connection: PostgresConnection) async throws -> Int {
        try await connection.query(
            """
            SELECT coalesce(sum(pg_catalog.pg_total_relation_size(c.oid)), 0)::bigint AS size
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'dash' AND c.relkind IN ('r', 'm')
            """
        ).rows.first?.decode("size") ?? 0
    }

    /// Enough for what is kept of a result, with one row more, so that it shows that there are others.
    static func longestReply(_ limits: ResultLimits) -> Int {
        max(16_777_216, 4 * limits.bytes)
    }

    /// Rows of a RETURNING, else the command's tag.
    static func excerpt(of result: PostgresResult, _ limits: ResultLimits) -> SandboxCursor.Excerpt {
        guard !result.columns.names.isEmpty else {
            return SandboxCursor.Excerpt(
                columns: [ResultTable.Column(name: "command", type: .text)], rows: [[result.commandTag]])
        }
        var excerpt = SandboxCursor.Excerpt(
            columns: zip(result.columns.names, result.columns.typeOIDs).map {
                ResultTable.Column(name: $0, type: ColumnType(builtInOID: $1) ?? .other)
            })
        var bytes = 0
        let cellLimit = limits.cellCharacters(width: excerpt.columns.count)
        for row in result.rows {
            guard excerpt.append(row.cells, cellLimit: cellLimit, limits: limits, bytes: &bytes) else { break }
        }
        return excerpt
    }
}

package import Postgres

/// Runs the engineer's statements: queries as the analyst's are, changes in a transaction that is committed when schema
/// `dash` is still within its quota.
package struct EngineerRunner: SQLRunner {
    /// Bytes of all tables, materialized views and indexes in schema `dash`.
    package static let defaultQuota = 5_368_709_120

    private let sandbox: Sandbox
    private let policy: any StatementPolicy
    private let limits: ResultLimits
    private let quota: Int
    private let review: ChangeReview
    private let didChange: @Sendable () -> Void

    /// `client` logs in as the engineer's role with `SandboxSettings.engineer`. `didChange` is called after each commit;
    /// `knowledgeUsing` says which entries of the knowledge use relations.
    package init(
        client: PostgresClient, policy: any StatementPolicy = BasicStatementPolicy(),
        limits: ResultLimits = ResultLimits(), statementTimeout: Duration = .seconds(30), quota: Int = defaultQuota,
        knowledgeUsing: @escaping @Sendable ([String]) async throws -> [ProposedAction.Dependant] = { _ in [] },
        didChange: @escaping @Sendable () -> Void = {}
    ) {
        sandbox = Sandbox(client: client, timeLimit: statementTimeout + .seconds(3))
        self.policy = policy
        self.limits = limits
        self.quota = quota
        review = ChangeReview(role: "engineer", users: knowledgeUsing)
        self.didChange = didChange
    }

    /// Also throws `ConfirmationRequired`, with nothing changed, where a person has to agree first.
    package func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
        try policy.check(sql)
        return try await ResultTable(id: resultID, sql: sql) {
            do {
                return try await query(sql)
            } catch let failure as SQLFailure where failure.meansChange {
                return try await change(sql)
            }
        }
    }

    private func query(_ sql: String) async throws -> SandboxCursor.Excerpt {
        try await sandbox.run(SandboxCursor.begin, end: .rollback) { [limits] connection in
            try await SandboxCursor(connection: connection, limits: limits).run(sql)
        }
    }

    private func change(_ sql: String) async throws -> SandboxCursor.Excerpt {
        try EngineerCommand.check(sql)
        let excerpt = try await sandbox.run("BEGIN", end: .commit) { [limits, quota, review] connection in
            let before = try await Self.size(connection)
            let shadowing = try await Self.shadowing(connection)
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
            if let name = try await Self.shadowing(connection).subtracting(shadowing).min() {
                throw SQLFailure(
                    .refused,
                    message:
                        "dash.\(name) would have the name of the company's \(name); choose another, such as dash.\(name)_summary",
                    hint: "Nothing was changed. Questions could not tell the two apart.")
            }
            return Self.excerpt(of: result, limits)
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

    /// Names of relations in `dash` that a company schema has as well.
    private static func shadowing(_ connection: PostgresConnection) async throws -> Set<String> {
        let rows = try await connection.query(
            """
            SELECT DISTINCT c.relname AS name
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'dash' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND EXISTS (
                SELECT FROM pg_catalog.pg_class o JOIN pg_catalog.pg_namespace m ON m.oid = o.relnamespace
                WHERE o.relname = c.relname AND o.relkind IN ('r', 'p', 'v', 'm', 'f') AND m.nspname <> 'dash'
                    AND m.nspname = ANY (pg_catalog.current_schemas(false)))
            """
        ).rows
        return Set(try rows.map { try $0.decode("name", as: String.self) })
    }

    /// Enough for what is kept of a result, with one row more, so that it shows that there are others.
    private static func longestReply(_ limits: ResultLimits) -> Int {
        max(16_777_216, 4 * limits.bytes)
    }

    /// Rows of a RETURNING, else the command's tag.
    private static func excerpt(of result: PostgresResult, _ limits: ResultLimits) -> SandboxCursor.Excerpt {
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

extension SQLFailure {
    /// The server refused it as a query, but might accept it as a command.
    fileprivate var meansChange: Bool {
        ["42601", "0A000", "42P11", "25006"].contains(sqlState)
    }
}

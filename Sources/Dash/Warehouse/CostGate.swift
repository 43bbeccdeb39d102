import Postgres
import SQLGuard
import ServiceRuntime

/// Asks a person before a statement that the planner expects to take minutes.
struct CostGate: Sendable {
    /// What a statement may take that a person has agreed to.
    static let approvedTimeLimit = Duration.seconds(600)
    private static let explain = "EXPLAIN (ANALYZE FALSE, FORMAT JSON) "

    /// The role the statements run as.
    let role: String
    /// In the planner's units; nil lets everything pass, unseen.
    let limit: Double?

    /// Inside a transaction.
    ///
    /// Throws `ConfirmationRequired` where nobody has agreed to a costly statement, and `SQLFailure` where the statement
    /// itself would fail.
    func check(_ sql: String, _ summary: StatementSummary?, on connection: PostgresConnection) async throws {
        guard let limit, let summary, summary.kind.hasPlan else { return }
        let plan: PostgresResult
        do {
            plan = try await connection.query(PostgresQuery(unescaped: Self.explain + sql))
        } catch let error as PostgresError {
            throw SQLFailure(error, textOffset: Self.explain.count)
        }
        let text = plan.rows.first?.cells.first ?? nil
        let root = try text.map { try JSONValue(parsing: $0) }
        guard let cost = root?.array?.first?["Plan"]?["Total Cost"]?.double, cost > limit else { return }
        try Approval.require(
            for: ProposedAction(
                sentence: """
                    Run a statement that the database expects to take minutes: its cost is \(Self.figure(cost)), and more than \
                    \(Self.figure(limit)) is asked about.
                    """, role: role, sql: sql, effects: [.init(.run)]))
    }

    /// The longer limit where a person has agreed to wait for this statement, else nil.
    func timeLimit(of sql: String) -> Duration? {
        Approval.isGiven(for: .run, role: role, sql: sql) ? Self.approvedTimeLimit : nil
    }

    /// Estimates go up to 1e300.
    private static func figure(_ cost: Double) -> String {
        cost < 1e15 ? Int(cost).grouped : "more than \(Int(1e15).grouped)"
    }
}

extension StatementSummary.Kind {
    /// What EXPLAIN takes: everything that reads.
    fileprivate var hasPlan: Bool {
        switch self {
        case .select, .insert, .update, .delete, .merge, .createTableAs, .createMaterializedView: true
        case .explain, .truncate, .createTable, .createView, .createIndex, .alter, .rename, .drop, .comment, .refresh:
            false
        }
    }
}

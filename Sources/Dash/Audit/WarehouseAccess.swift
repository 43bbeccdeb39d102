import Agents

/// The warehouse, on somebody's behalf: every statement is recorded, and nobody runs too many at once.
package struct WarehouseAccess: Sendable {
    /// Statements of one asker at the same time in this process: of each agent fewer than it has sessions, so that nobody
    /// takes all of them from the others.
    package static let analystStatementsPerAsker = 3
    package static let engineerStatementsPerAsker = 1

    private let warehouse: Warehouse
    private let log: AuditLog
    private let metrics: StatementMetrics?
    private let analystLimiter: AskerStatementLimiter
    private let engineerLimiter: AskerStatementLimiter

    package init(_ warehouse: Warehouse, log: AuditLog, metrics: StatementMetrics? = nil) {
        self.init(
            warehouse, log: log, metrics: metrics,
            analystLimiter: AskerStatementLimiter(limit: Self.analystStatementsPerAsker),
            engineerLimiter: AskerStatementLimiter(limit: Self.engineerStatementsPerAsker))
    }

    init(
        _ warehouse: Warehouse, log: AuditLog, metrics: StatementMetrics? = nil,
        analystLimiter: AskerStatementLimiter, engineerLimiter: AskerStatementLimiter
    ) {
        self.warehouse = warehouse
        self.log = log
        self.metrics = metrics
        self.analystLimiter = analystLimiter
        self.engineerLimiter = engineerLimiter
    }

    package var id: String { warehouse.id }
    package var isElsewhere: Bool { warehouse.isElsewhere }
    /// What the live database says, read for nobody in particular.
    package var introspection: any Introspection { self(for: .system("introspection")).introspection }

    package func callAsFunction(for context: StatementContext) -> Warehouse {
        let isSystem = context.origin.surface == .system
        func supervised(
            _ runner: any SQLRunner, _ agent: AgentName, _ limiter: AskerStatementLimiter
        ) -> any SQLRunner {
            let bounded = BoundedRunner(
                runner: runner, asker: context.asker.id, limiter: limiter, abandoned: warehouse.abandoned,
                // One view that does not end must not keep Dash from reading all the others.
                toleratedAbandoned: isSystem ? Self.analystStatementsPerAsker - 1 : 0)
            let audited = AuditedRunner(
                runner: bounded, agent: agent, context: context, log: log, metrics: metrics)
            return isSystem ? UnattendedRunner(runner: audited) : audited
        }
        let analyst = supervised(warehouse.analyst, "analyst", analystLimiter)
        return Warehouse(
            id: warehouse.id, analyst: analyst, engineer: supervised(warehouse.engineer, "engineer", engineerLimiter),
            introspection: warehouse.introspection.reading(through: UnattendedRunner(runner: analyst)),
            allowedTables: warehouse.allowedTables, abandoned: warehouse.abandoned, isElsewhere: warehouse.isElsewhere)
    }
}

/// Runs a statement when fewer than the limit of its asker's run, and none of them is one that cannot be stopped.
private struct BoundedRunner: SQLRunner {
    let runner: any SQLRunner
    let asker: String
    let limiter: AskerStatementLimiter
    let abandoned: AbandonedStatements?
    let toleratedAbandoned: Int

    func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
        try await limiter.run(for: asker) {
            try await abandoned?.requireEnd(ofThoseBy: asker, tolerating: toleratedAbandoned)
            return try await AbandonedStatements.$asker.withValue(asker) {
                try await runner.run(sql, keepingAs: resultID)
            }
        }
    }
}

import Agents

/// The warehouse, on somebody's behalf: every statement is recorded, and nobody runs too many at once.
package struct WarehouseAccess: Sendable {
    /// Statements of one asker at the same time.
    package static let statementsPerAsker = 4

    private let warehouse: Warehouse
    private let log: AuditLog
    private let places: StatementPlaces

    package init(_ warehouse: Warehouse, log: AuditLog) {
        self.init(warehouse, log: log, places: StatementPlaces(limit: Self.statementsPerAsker))
    }

    init(_ warehouse: Warehouse, log: AuditLog, places: StatementPlaces) {
        self.warehouse = warehouse
        self.log = log
        self.places = places
    }

    package var id: String { warehouse.id }
    /// What the live database says, read for nobody in particular.
    package var introspection: any Introspection { self(for: .system("introspection")).introspection }

    package func callAsFunction(for context: StatementContext) -> Warehouse {
        func supervised(_ runner: any SQLRunner, _ agent: AgentName) -> any SQLRunner {
            let audited = AuditedRunner(
                runner: BoundedRunner(runner: runner, asker: context.asker.id, places: places), agent: agent,
                context: context, log: log)
            return context.origin.surface == .system ? UnattendedRunner(runner: audited) : audited
        }
        let analyst = supervised(warehouse.analyst, "analyst")
        return Warehouse(
            id: warehouse.id, analyst: analyst, engineer: supervised(warehouse.engineer, "engineer"),
            introspection: warehouse.introspection.reading(through: UnattendedRunner(runner: analyst)),
            allowedTables: warehouse.allowedTables)
    }
}

/// Runs a statement when its asker has a place free.
private struct BoundedRunner: SQLRunner {
    let runner: any SQLRunner
    let asker: String
    let places: StatementPlaces

    func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
        try await places.withPlace(for: asker) { try await runner.run(sql, keepingAs: resultID) }
    }
}

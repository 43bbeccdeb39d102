package import SQLGuard

/// The parse tree's decision, with what the running server has.
package struct GuardedPolicy: StatementPolicy {
    private let role: SQLRole
    private let catalog: GuardCatalog

    package init(_ role: SQLRole, catalog: GuardCatalog) {
        self.role = role
        self.catalog = catalog
    }

    package func check(_ sql: String) async throws -> StatementSummary? {
        let sqlGuard = try await catalog.sqlGuard(for: role)
        do {
            return try await sqlGuard.check(sql)
        } catch {
            throw SQLFailure(error)
        }
    }
}

extension SQLFailure {
    /// A syntax error is the writer's mistake and no offence; the parser reports it before the server can.
    init(_ refusal: GuardRefusal) {
        self.init(
            refusal.rule == .syntax ? .syntax : .refused, message: refusal.message, hint: refusal.advice,
            position: refusal.position)
    }
}

import Agents
import Dash
import ServiceRuntime

/// Sends statements the way an agent's go, and says what became of each.
struct SQLCheck: Sendable {
    struct Outcome: Sendable {
        var verdict: StatementVerdict
        var table: ResultTable?
        var hint: String?
        var milliseconds: Int
    }

    private let warehouse: Warehouse

    /// Each statement finds a session as fresh as a new question has, and is recorded like any other.
    init(_ application: Application) {
        warehouse = application.warehouseAccess(
            for: StatementContext(asker: LocalAsker.current.asker, origin: .terminal, question: "dashd sql"))
    }

    /// Throws `CancellationError` only: whatever else becomes of the statement is the outcome.
    func run(_ sql: String, as role: AgentSQLRole) async throws -> Outcome {
        let runner = role == .analyst ? warehouse.analyst : warehouse.engineer
        let start = ContinuousClock.now
        do {
            let table = try await runner.run(sql, keepingAs: "result_1")
            return Outcome(verdict: .ran, table: table, milliseconds: table.milliseconds)
        } catch let error as CancellationError {
            throw error
        } catch {
            return Outcome(
                verdict: StatementVerdict(error), hint: (error as? SQLFailure)?.hint,
                milliseconds: Int(start.duration(to: .now) / .milliseconds(1)))
        }
    }
}

/// Whose statements are tried.
enum AgentSQLRole: String, CaseIterable, Sendable {
    case analyst, engineer
}

import Agents
import Dash
import SQLGuard
import ServiceRuntime

/// Sends statements the way an agent's go, and says what became of each.
struct SQLCheck: Sendable {
    struct Outcome: Sendable {
        var verdict: StatementVerdict
        var table: ResultTable?
        var hint: String?
        /// What a person would have had to agree to, where nobody could be asked.
        var unconfirmed: ProposedAction?
        var milliseconds: Int
    }

    private static let nobodyToAsk =
        "Nobody can be asked here, so nothing was done: run it in a terminal, without --jsonl, and answer y."

    private let warehouse: Warehouse
    /// nil where nobody can be asked.
    private let prompt: AgreementPrompt?

    /// Each statement finds a session as fresh as a new question has, and is recorded like any other.
    init(_ application: Application, prompt: AgreementPrompt? = nil) {
        self.prompt = prompt
        warehouse = application.warehouseAccess(
            for: StatementContext(asker: LocalAsker.current.asker, origin: .terminal, question: "dashd sql"))
    }

    /// Throws `CancellationError` only: whatever else becomes of the statement is the outcome.
    /// What a person has to agree to is asked about, again where it would do more by then.
    func run(_ sql: String, as role: SQLRole) async throws -> Outcome {
        let runner = role == .analyst ? warehouse.analyst : warehouse.engineer
        var agreed: ProposedAction?
        while true {
            let start = ContinuousClock.now
            var elapsed: Int { start.duration(to: .now).inMilliseconds }
            do {
                let table = try await Self.agreeing(to: agreed) { try await runner.run(sql, keepingAs: "result_1") }
                return Outcome(verdict: .ran, table: table, milliseconds: table.milliseconds)
            } catch let error as CancellationError {
                throw error
            } catch let required as ConfirmationRequired {
                guard let prompt else { return Self.unconfirmed(required, milliseconds: elapsed) }
                let taken = elapsed
                guard try await prompt.isGiven(for: ActionText(required.action).rendered) else {
                    try Task.checkCancellation()
                    return Outcome(
                        verdict: StatementVerdict(.stopped, reason: "you did not agree, so nothing was done"),
                        milliseconds: taken)
                }
                agreed = required.action
            } catch {
                return Outcome(
                    verdict: StatementVerdict(error), hint: (error as? SQLFailure)?.hint, milliseconds: elapsed)
            }
        }
    }

    private static func agreeing(
        to action: ProposedAction?, _ body: () async throws -> ResultTable
    ) async throws -> ResultTable {
        guard let action else { return try await body() }
        return try await Approval.given(for: action) { try await body() }
    }

    private static func unconfirmed(_ required: ConfirmationRequired, milliseconds: Int) -> Outcome {
        var verdict = StatementVerdict(required)
        verdict.reason = (verdict.reason.map { $0 + " " } ?? "") + nobodyToAsk
        return Outcome(verdict: verdict, unconfirmed: required.action, milliseconds: milliseconds)
    }
}

import Agents
import Planner
import ServiceRuntime

/// Of the plans that a question may have, the one that gives what a fixed statement has answered: what people say next
/// about that answer is an edit of this plan.
struct AgreeingPlan {
    let candidates: [PlannedQuestion]
    /// As it has answered.
    let statement: String
    let state: PlanningState
    let today: CivilDate
    let analyst: any SQLRunner
    let run: Run
    let logger: Logger
    /// A question back has no more readings.
    private static let mostCandidates = 5

    /// Nil where none agrees, several do, or the warehouse did not say. Every statement counts as one of the question's.
    func found() async throws -> PlannedQuestion? {
        guard !candidates.isEmpty else { return nil }
        do {
            let answered = try await rows(statement)
            var found: [PlannedQuestion] = []
            for candidate in candidates.prefix(Self.mostCandidates) {
                guard case .success(let planned) = state.statement(of: candidate, today: today) else { continue }
                let table = try await rows(planned.statement.sql)
                let agreement = ResultAgreement(planned: table, columns: planned.statement.columns, other: answered)
                if agreement == .same { found.append(candidate) }
            }
            return found.count == 1 ? found[0] : nil
        } catch {
            if error is CancellationError || Task.isCancelled { throw CancellationError() }
            logger.notice("plans could not be held against an earlier answer", ["run": run.id.short])
            return nil
        }
    }

    private func rows(_ sql: String) async throws -> ResultTable {
        try run.ledger.takeStatement()
        return try await analyst.run(sql, keepingAs: run.nextResultID()).withoutSecrets
    }
}

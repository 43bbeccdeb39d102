import Agents

/// Runs statements for one asker and records each with its outcome, also where it was refused, failed or was cancelled.
struct AuditedRunner: SQLRunner {
    let runner: any SQLRunner
    let agent: AgentName
    let context: StatementContext
    let log: AuditLog

    /// Throws `PostgresError` where the outcome cannot be recorded: what nobody could trace is not used.
    func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
        let start = ContinuousClock.now
        let result: Result<ResultTable, any Error>
        do {
            result = .success(try await runner.run(sql, keepingAs: resultID))
        } catch {
            result = .failure(error)
        }
        let elapsed = start.duration(to: .now)
        try await record(
            AuditEntry(
                context: context, agent: agent, sql: sql, verdict: result.verdict,
                rows: (try? result.get())?.rows.count, milliseconds: Int(elapsed / .milliseconds(1))))
        return try result.get()
    }

    /// A question that was cancelled leaves its entry all the same.
    private func record(_ entry: AuditEntry) async throws {
        try await Task { [log] in try await log.record(entry) }.value
    }
}

extension Result<ResultTable, any Error> {
    fileprivate var verdict: StatementVerdict {
        switch self {
        case .success: .ran
        case .failure(let error): StatementVerdict(error)
        }
    }
}

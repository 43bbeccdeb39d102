import Agents
import Postgres
import ServiceRuntime

/// Runs statements for one asker and records each with its outcome, also where it was refused, failed or was cancelled.
struct AuditedRunner: SQLRunner {
    let runner: any SQLRunner
    let agent: AgentName
    let context: StatementContext
    let log: AuditLog
    let metrics: StatementMetrics?

    /// Throws `SQLToolsOff` where the outcome cannot be recorded, and `PostgresError` while the server with the log is
    /// away: what nobody could trace is not used, and a change is not committed.
    func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
        let start = ContinuousClock.now
        let isRecorded = Locked(false)
        @Sendable func entry(_ verdict: StatementVerdict, rows: Int?) -> AuditEntry {
            AuditEntry(
                context: context, agent: agent, sql: sql, verdict: verdict, rows: rows,
                milliseconds: start.duration(to: .now).inMilliseconds)
        }
        let beforeCommit = BeforeCommit { rows in
            do {
                try await record(entry(.ran, rows: rows))
            } catch let error as PostgresError {
                throw Self.unrecordable(error)
            }
            isRecorded.withLock { $0 = true }
        }
        let result: Result<ResultTable, any Error>
        do {
            result = .success(
                try await BeforeCommit.$current.withValue(beforeCommit) {
                    try await runner.run(sql, keepingAs: resultID)
                })
        } catch {
            result = .failure(error)
        }
        metrics?.note(result.verdict, of: agent, after: start.duration(to: .now))
        // Where the commit failed after all, another entry says so.
        if case .success(let table) = result, isRecorded.withLock({ $0 }) { return table }
        do {
            try await record(entry(result.verdict, rows: (try? result.get())?.rows.count))
        } catch let error as PostgresError where !error.isPassing {
            throw Self.unrecordable(error)
        }
        return try result.get()
    }

    /// A question that was cancelled leaves its entry all the same.
    private func record(_ entry: AuditEntry) async throws {
        try await Task { [log] in try await log.record(entry) }.value
    }

    private static func unrecordable(_ error: PostgresError) -> SQLToolsOff {
        SQLToolsOff(findings: [SetupFinding(.fatal, .audit, "the audit log cannot be written: \(error.message)")])
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

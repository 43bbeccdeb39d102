import ServiceRuntime

/// Runs the statements that a check of one result needs, as long as there are any left.
struct Probes: Sendable {
    private let runner: any SQLRunner
    private let run: Run
    private let limits: ProbeLimits
    private let left: Locked<Int>

    init(runner: any SQLRunner, run: Run, limits: ProbeLimits) {
        self.runner = runner
        self.run = run
        self.limits = limits
        left = Locked(limits.perResult)
    }

    /// Nil where it may not run, fails, takes too long, or has more rows than are kept. Throws `CancellationError` only,
    /// when the question itself is cancelled.
    func rows(_ sql: String) async throws -> [[String?]]? {
        let isLeft = left.withLock { left in
            left -= 1
            return left >= 0
        }
        guard isLeft, run.takeProbe(of: limits.perRun) else { return nil }
        do {
            let table = try await withTimeout(limits.time) { try await runner.run(sql, keepingAs: "probe") }
            return table.isTruncated || table.hasCutCells ? nil : table.withoutSecrets.rows
        } catch {
            try Task.checkCancellation()
            return nil
        }
    }
}

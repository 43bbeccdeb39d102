import LanguageModels
import ServiceRuntime

/// What one run has used up, counted over all its agents and tools. Its time starts with `init`.
package final class BudgetLedger: Sendable {
    package let budget: RunBudget
    private let counts = Locked(Counts())
    private let stopwatch: Stopwatch

    private struct Counts {
        var used: [BudgetLimit: Int] = [:]
        var announced: Set<BudgetLimit> = []
    }

    /// - Parameter spent: what a run that goes on has used up before; its time starts anew, since waiting is no work.
    package init(
        _ budget: RunBudget = RunBudget(), clock: some Clock<Duration> = ContinuousClock(),
        spent: [BudgetLimit: Int] = [:]
    ) {
        self.budget = budget
        stopwatch = Stopwatch(clock)
        counts.withLock { $0.used = spent.filter { $0.key != .seconds } }
    }

    /// What is used up so far, time aside.
    package var spent: [BudgetLimit: Int] { counts.withLock(\.used) }

    /// Time since the run began.
    package var elapsed: Duration { stopwatch.elapsed }

    /// Counts one SQL statement before it runs. Throws where none is left.
    package func takeStatement() throws(BudgetReached) { try take(1, of: .statements) }

    /// Counts a model call before it is made. Used-up tokens refuse it too; the calls of a turn that is paid for still
    /// run, since the last of them may be the answer.
    func takeModelCall() throws(BudgetReached) {
        if used(.tokens) >= budget.tokens { throw BudgetReached(.tokens) }
        try take(1, of: .modelCalls)
    }

    /// Counts the calls of one turn, all or none.
    func takeToolCalls(_ count: Int) throws(BudgetReached) { try take(count, of: .toolCalls) }

    func charge(_ usage: Usage) {
        counts.withLock { $0.used[.tokens, default: 0] += max(0, usage.total) }
    }

    package func used(_ limit: BudgetLimit) -> Int {
        limit == .seconds ? Int(elapsed.components.seconds) : counts.withLock { $0.used[limit, default: 0] }
    }

    private func take(_ count: Int, of limit: BudgetLimit) throws(BudgetReached) {
        if elapsed >= .seconds(budget.seconds) { throw BudgetReached(.seconds) }
        let maximum = budget[limit]
        let fits = counts.withLock { counts in
            let used = counts.used[limit, default: 0]
            guard count <= maximum - used else { return false }
            counts.used[limit] = used + count
            return true
        }
        guard fits else { throw BudgetReached(limit) }
    }

    /// Runs `work` until the run's deadline, then cancels it and throws `BudgetReached(.seconds)` once it has ended.
    func withDeadline<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await stopwatch.run(
            within: .seconds(budget.seconds) - stopwatch.elapsed, orThrow: BudgetReached(.seconds), work)
    }

    /// True for the first caller only, so that a run reports each limit once.
    func announce(_ limit: BudgetLimit) -> Bool {
        counts.withLock { $0.announced.insert(limit).inserted }
    }
}

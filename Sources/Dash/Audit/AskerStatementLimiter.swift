import ServiceRuntime

/// How many statements of one asker run at the same time, so that nobody takes all sessions from the others.
final class AskerStatementLimiter: Sendable {
    private struct Waiter {
        var id: Int
        /// Nil until the task has begun to wait.
        var continuation: CheckedContinuation<Bool, Never>?
    }

    private struct State {
        var running: [String: Int] = [:]
        /// In the order of coming.
        var waiters: [String: [Waiter]] = [:]
        /// What was decided about tasks that had not begun to wait yet.
        var decided: [Int: Bool] = [:]
        var lastID = 0
    }

    private let limit: Int
    private let longestWait: Duration
    private let stopwatch: Stopwatch
    private let state = Locked(State())

    init(limit: Int, longestWait: Duration = .seconds(10), clock: some Clock<Duration> = ContinuousClock()) {
        self.limit = limit
        self.longestWait = longestWait
        stopwatch = Stopwatch(clock)
    }

    /// Runs the body when fewer than the limit of this asker's run, in the order of coming.
    ///
    /// Throws `SQLFailure` of class `limit` when none of those ends in time, `CancellationError` when cancelled.
    func run<Result: Sendable>(
        for asker: String, _ body: () async throws -> Result
    ) async throws -> Result {
        if let id = begin(asker) { try await wait(asker, id) }
        defer { leave(asker) }
        return try await body()
    }

    /// Of how many askers anything is kept.
    var knownAskers: Int { state.withLock { Set($0.running.keys).union($0.waiters.keys).count } }
    func waiting(for asker: String) -> Int { state.withLock { $0.waiters[asker]?.count ?? 0 } }

    /// Nil where it may run, else the number under which the caller is in the queue.
    private func begin(_ asker: String) -> Int? {
        state.withLock { state in
            guard state.running[asker, default: 0] >= limit else {
                state.running[asker, default: 0] += 1
                return nil
            }
            state.lastID += 1
            state.waiters[asker, default: []].append(Waiter(id: state.lastID))
            return state.lastID
        }
    }

    private func wait(_ asker: String, _ id: Int) async throws {
        let mayRun = await withTaskGroup(of: Bool?.self) { group in
            group.addTask { await self.decision(asker, id) }
            group.addTask {
                try? await self.stopwatch.sleep(for: self.longestWait)
                self.giveUp(asker, id)
                return nil
            }
            var mayRun = false
            for await outcome in group {
                guard let outcome else { continue }
                mayRun = outcome
                group.cancelAll()
            }
            return mayRun
        }
        guard !mayRun else { return }
        try Task.checkCancellation()
        throw SQLFailure(
            .limit,
            message:
                "\(limit) \(limit == 1 ? "statement" : "statements") of yours \(limit == 1 ? "is" : "are") running already",
            hint: "Wait for their results, then send this one again.")
    }

    /// True where it may run, false where the waiting was given up.
    private func decision(_ asker: String, _ id: Int) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let decided: Bool? = state.withLock { state in
                    if let decided = state.decided.removeValue(forKey: id) { return decided }
                    if let index = state.waiters[asker]?.firstIndex(where: { $0.id == id }) {
                        state.waiters[asker]?[index].continuation = continuation
                    }
                    return nil
                }
                if let decided { continuation.resume(returning: decided) }
            }
        } onCancel: {
            giveUp(asker, id)
        }
    }

    /// Without effect on who runs or has given up already.
    private func giveUp(_ asker: String, _ id: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters[asker]?.firstIndex(where: { $0.id == id }) else { return nil }
            let waiter = state.waiters[asker]?.remove(at: index)
            if waiter?.continuation == nil { state.decided[id] = false }
            return waiter
        }
        waiter?.continuation?.resume(returning: false)
    }

    /// Lets the next one run; nothing is kept of askers for whom nothing runs.
    private func leave(_ asker: String) {
        let next = state.withLock { state -> Waiter? in
            guard state.waiters[asker]?.isEmpty == false, let next = state.waiters[asker]?.removeFirst() else {
                state.waiters[asker] = nil
                let running = state.running[asker, default: 1] - 1
                state.running[asker] = running > 0 ? running : nil
                return nil
            }
            if next.continuation == nil { state.decided[next.id] = true }
            return next
        }
        next?.continuation?.resume(returning: true)
    }
}

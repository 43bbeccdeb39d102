import ServiceRuntime

/// How many statements of one asker run at the same time, so that nobody takes all sessions from the others.
final class StatementPlaces: Sendable {
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

    /// Runs the body when the asker has a place, in the order of coming.
    ///
    /// Throws `SQLFailure` of class `limit` when no place becomes free in time, `CancellationError` when cancelled.
    func withPlace<Result: Sendable>(
        for asker: String, _ body: () async throws -> Result
    ) async throws -> Result {
        if let id = takePlace(asker) { try await waitForPlace(asker, id) }
        defer { leave(asker) }
        return try await body()
    }

    /// Of how many askers anything is kept.
    var knownAskers: Int { state.withLock { Set($0.running.keys).union($0.waiters.keys).count } }
    func waiting(for asker: String) -> Int { state.withLock { $0.waiters[asker]?.count ?? 0 } }

    /// Nil where a place is free, else the number under which the caller is in the queue.
    private func takePlace(_ asker: String) -> Int? {
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

    private func waitForPlace(_ asker: String, _ id: Int) async throws {
        let hasPlace = await withTaskGroup(of: Bool?.self) { group in
            group.addTask { await self.decision(asker, id) }
            group.addTask {
                try? await self.stopwatch.sleep(for: self.longestWait)
                self.giveUp(asker, id)
                return nil
            }
            var hasPlace = false
            for await outcome in group {
                guard let outcome else { continue }
                hasPlace = outcome
                group.cancelAll()
            }
            return hasPlace
        }
        guard !hasPlace else { return }
        try Task.checkCancellation()
        throw SQLFailure(
            .limit, message: "\(limit) statements of yours are running already",
            hint: "Wait for their results, then send this one again.")
    }

    /// Whether a place was handed over, or the waiting was given up.
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

    /// Without effect on who has a place or has given up already.
    private func giveUp(_ asker: String, _ id: Int) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters[asker]?.firstIndex(where: { $0.id == id }) else { return nil }
            let waiter = state.waiters[asker]?.remove(at: index)
            if waiter?.continuation == nil { state.decided[id] = false }
            return waiter
        }
        waiter?.continuation?.resume(returning: false)
    }

    /// Hands the place on; nothing is kept of askers for whom nothing runs.
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

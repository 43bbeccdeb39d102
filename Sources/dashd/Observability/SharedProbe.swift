import ServiceRuntime

/// A question to a server that many want answered: asked once for all of them, and nobody waits longer than the
/// patience, whatever the server does.
final class SharedProbe<Value: Sendable>: Service {
    enum Outcome: Sendable {
        case value(Value)
        case failure(any Error)
        /// No answer in time.
        case silence
    }

    private struct State {
        var latest: (outcome: Outcome, at: ContinuousClock.Instant)?
        var askedAt: ContinuousClock.Instant?
        var nextID = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let lifetime: Duration
    private let patience: Duration
    private let ask: @Sendable () async throws -> Value
    private let state = Locked(State())
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - lifetime: how long an answer is passed on before the server is asked again.
    ///   - patience: how long somebody waits for it.
    init(
        lifetime: Duration = .seconds(2), patience: Duration = .seconds(1),
        ask: @escaping @Sendable () async throws -> Value
    ) {
        self.lifetime = lifetime
        self.patience = patience
        self.ask = ask
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// What the server says, at most as old as the lifetime.
    func outcome() async -> Outcome {
        let now = ContinuousClock.now
        let known: Outcome? = state.withLock { state in
            if let latest = state.latest, now - latest.at < lifetime { return latest.outcome }
            // Somebody has waited for it in vain already.
            if let askedAt = state.askedAt, now - askedAt > patience { return .silence }
            return nil
        }
        if let known { return known }
        request.yield()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.answer(after: now) }
            group.addTask { [patience] in try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
        return state.withLock { state in
            guard let latest = state.latest, latest.at >= now else { return .silence }
            return latest.outcome
        }
    }

    /// Asks whenever somebody wants to know; ends on shutdown, when nobody is asked any more.
    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            for await _ in self.requests { await self.askOnce() }
        }
    }

    private func askOnce() async {
        let now = ContinuousClock.now
        let isWanted = state.withLock { state in
            if let latest = state.latest, now - latest.at < lifetime { return false }
            state.askedAt = now
            return true
        }
        guard isWanted else { return }
        let outcome: Outcome
        do { outcome = .value(try await ask()) } catch { outcome = .failure(error) }
        let waiters = state.withLock { state in
            state.latest = (outcome, .now)
            state.askedAt = nil
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when there is an answer from after that moment, or the task is cancelled.
    private func answer(after moment: ContinuousClock.Instant) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    if let latest = state.latest, latest.at >= moment { return true }
                    // The handler of a cancellation that came earlier found nobody waiting.
                    if Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isThere { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}

import ServiceRuntime

/// A port number that some wait for before it is known.
final class PortPromise: Sendable {
    private struct State {
        var result: Result<Int, HTTPError>?
        var nextID = 0
        var waiters: [Int: CheckedContinuation<Int, any Error>] = [:]
        /// Those whose tasks were cancelled before they could wait.
        var cancelled: Set<Int> = []
    }

    private let state = Locked(State())

    func fulfil(_ result: Result<Int, HTTPError>) {
        let waiters = state.withLock { state in
            state.result = result
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume(with: result) }
    }

    func value() async throws -> Int {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let early = state.withLock { state -> Result<Int, any Error>? in
                    if let result = state.result { return result.mapError { $0 } }
                    if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                    state.waiters[id] = continuation
                    return nil
                }
                if let early { continuation.resume(with: early) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Int, any Error>? in
                let waiter = state.waiters.removeValue(forKey: id)
                if waiter == nil, state.result == nil { state.cancelled.insert(id) }
                return waiter
            }
            waiter?.resume(throwing: CancellationError())
        }
    }
}

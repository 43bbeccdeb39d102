import ServiceRuntime

/// A flag that one task waits for and anybody may raise; raised while nobody waits, it is kept for the next wait.
package final class WakeSignal: Sendable {
    private enum State {
        case idle
        case raised
        case waiting(CheckedContinuation<Void, Never>)
    }

    private let state = Locked(State.idle)

    package init() {}

    package func signal() {
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard case .waiting(let continuation) = state else {
                state = .raised
                return nil
            }
            state = .idle
            return continuation
        }
        waiter?.resume()
    }

    /// Returns when the flag is raised (and lowers it), or the task is cancelled.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDone = state.withLock { state in
                    switch state {
                    case .raised:
                        state = .idle
                        return true
                    case .idle:
                        // The cancellation handler may have run already; it finds nobody waiting.
                        guard !Task.isCancelled else { return true }
                        state = .waiting(continuation)
                        return false
                    case .waiting:
                        preconditionFailure("a WakeSignal has one waiter")
                    }
                }
                if isDone { continuation.resume() }
            }
        } onCancel: {
            let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
                guard case .waiting(let continuation) = state else { return nil }
                state = .idle
                return continuation
            }
            waiter?.resume()
        }
    }

    /// As `wait()`, but for no longer than the given time.
    package func wait(atMost limit: Duration) async {
        if take() { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: limit) }
            group.addTask { await self.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    private func take() -> Bool {
        state.withLock { state in
            guard case .raised = state else { return false }
            state = .idle
            return true
        }
    }
}

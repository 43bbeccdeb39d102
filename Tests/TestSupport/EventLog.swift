import ServiceRuntime

/// A list that tests can wait for.
package final class EventLog<Element: Sendable>: Sendable {
    private struct Waiter {
        var condition: @Sendable ([Element]) -> Bool
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var elements: [Element] = []
        var waiters: [Int: Waiter] = [:]
        var lastWaiter = 0
    }

    private let state = Locked(State())

    package init() {}

    package var all: [Element] { state.withLock { $0.elements } }

    package func append(_ element: Element) {
        state.withLock { $0.elements.append(element) }
        resume()
    }

    /// Returns when the condition holds, or the task is cancelled.
    package func wait(until condition: @escaping @Sendable ([Element]) -> Bool) async {
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.waiters[id] = Waiter(condition: condition, continuation: continuation) }
                resume(cancelled: Task.isCancelled ? id : nil)
            }
        } onCancel: {
            resume(cancelled: id)
        }
    }

    private func resume(cancelled: Int? = nil) {
        let ready = state.withLock { state in
            let elements = state.elements
            let done = state.waiters.filter { $0.key == cancelled || $0.value.condition(elements) }
            for id in done.keys { state.waiters[id] = nil }
            return done.values.map(\.continuation)
        }
        for continuation in ready { continuation.resume() }
    }
}

import ServiceRuntime

/// Waits of requests for their deadlines, ended together by a sweep.
///
/// A `Task.sleep` each would cost its memory until the deadline, also when it has long been cancelled.
final class DeadlineWaits: Sendable {
    private struct State {
        var waits: [Int: (deadline: ContinuousClock.Instant, continuation: CheckedContinuation<Bool, Never>)] = [:]
        var lastID = 0
    }

    private let state = Locked(State())

    var count: Int { state.withLock(\.waits.count) }

    /// True when a sweep has found the deadline to have passed; false when the task is cancelled before.
    func wait(until deadline: ContinuousClock.Instant) async -> Bool {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = state.withLock { state in
                    // The cancellation handler may have run already; it found nothing to end.
                    guard !Task.isCancelled else { return false }
                    state.waits[id] = (deadline, continuation)
                    return true
                }
                if !isWaiting { continuation.resume(returning: false) }
            }
        } onCancel: {
            let wait = state.withLock { $0.waits.removeValue(forKey: id) }
            wait?.continuation.resume(returning: false)
        }
    }

    /// Ends those waits whose deadline has passed.
    func sweep(at now: ContinuousClock.Instant) {
        let passed = state.withLock { state in
            let passed = state.waits.filter { $0.value.deadline <= now }
            for id in passed.keys { state.waits[id] = nil }
            return passed.values.map(\.continuation)
        }
        for continuation in passed { continuation.resume(returning: true) }
    }
}

import ServiceRuntime

/// Lets one task in at a time, in the order they came.
final class SerialGate: Sendable {
    private struct State {
        var isOccupied = false
        var lastID = 0
        var queue: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    }

    private let state = Locked(State())

    /// Throws `CancellationError` when the task is cancelled before its turn comes.
    func enter() async throws {
        let id: Int? = state.withLock { state in
            guard state.isOccupied else {
                state.isOccupied = true
                return nil
            }
            state.lastID += 1
            return state.lastID
        }
        guard let id else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isMyTurn = state.withLock { state in
                    // The gate may have become free since the look above.
                    guard state.isOccupied else {
                        state.isOccupied = true
                        return true
                    }
                    state.queue.append((id, continuation))
                    return false
                }
                if isMyTurn { continuation.resume() }
                if Task.isCancelled { abandon(id) }
            }
        } onCancel: {
            abandon(id)
        }
    }

    func leave() {
        let next: CheckedContinuation<Void, any Error>? = state.withLock { state in
            guard !state.queue.isEmpty else {
                state.isOccupied = false
                return nil
            }
            return state.queue.removeFirst().continuation
        }
        next?.resume()
    }

    private func abandon(_ id: Int) {
        let waiting: CheckedContinuation<Void, any Error>? = state.withLock { state in
            guard let index = state.queue.firstIndex(where: { $0.id == id }) else { return nil }
            return state.queue.remove(at: index).continuation
        }
        waiting?.resume(throwing: CancellationError())
    }
}

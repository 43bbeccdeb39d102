import ServiceRuntime

/// A response on its way from the transfer thread to one consumer, bounded.
final class BodyPipe: Sendable {
    private static let highWater = 1 << 20
    private static let lowWater = 1 << 19

    private struct State {
        var head: HTTPResponse?
        var chunks: [[UInt8]] = []
        var bufferedBytes = 0
        var isPaused = false
        var end: Result<Void, any Error>?
        /// Counts changes, so that none falls between looking and waiting.
        var changes = 0
        var waiter: CheckedContinuation<Void, Never>?

        mutating func changed() -> CheckedContinuation<Void, Never>? {
            changes += 1
            defer { waiter = nil }
            return waiter
        }
    }

    private let state = Locked(State())

    var isPaused: Bool { state.withLock { $0.isPaused } }

    // MARK: The sender's side; never waits

    func deliver(head: HTTPResponse) {
        change { $0.head = head }
    }

    /// Refuses the chunk, to be offered again after a resume, where too much is waiting already.
    func offer(_ chunk: UnsafeBufferPointer<UInt8>) -> Bool {
        let (isTaken, waiter) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            guard state.bufferedBytes < Self.highWater else {
                state.isPaused = true
                return (false, nil)
            }
            state.chunks.append(Array(chunk))
            state.bufferedBytes += chunk.count
            return (true, state.changed())
        }
        waiter?.resume()
        return isTaken
    }

    /// The first end counts.
    func finish(_ result: Result<Void, any Error>) {
        change { state in
            if state.end == nil { state.end = result }
        }
    }

    /// Drops what is waiting and makes every further read throw.
    func cancel() {
        change { state in
            state.chunks = []
            state.bufferedBytes = 0
            state.end = .failure(CancellationError())
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiter = state.withLock { state in
            body(&state)
            return state.changed()
        }
        waiter?.resume()
    }

    // MARK: The consumer's side

    /// Waits for status and headers. `cancel` is called when the task is cancelled meanwhile.
    func head(cancel: @escaping @Sendable () -> Void) async throws -> HTTPResponse {
        try await wait(cancel: cancel) { state in
            if let head = state.head { return head }
            if case .failure(let error) = state.end { throw error }
            guard state.end == nil else {
                throw HTTPError(.connectionLost, message: "the connection ended without a response")
            }
            return nil
        }
    }

    /// The next chunk or the end, and whether a paused sender may go on.
    func next(cancel: @escaping @Sendable () -> Void) async throws -> (chunk: [UInt8]?, hasRoomAgain: Bool) {
        try await wait(cancel: cancel) { state in
            if let chunk = state.chunks.first {
                state.chunks.removeFirst()
                state.bufferedBytes -= chunk.count
                let hasRoomAgain = state.isPaused && state.bufferedBytes < Self.lowWater
                if hasRoomAgain { state.isPaused = false }
                return (chunk, hasRoomAgain)
            }
            switch state.end {
            case .failure(let error): throw error
            case .success: return (nil, false)
            case nil: return nil
            }
        }
    }

    private func wait<Value>(
        cancel: @escaping @Sendable () -> Void, _ take: (inout State) throws -> Value?
    ) async throws -> Value {
        while true {
            try Task.checkCancellation()
            let (value, seen) = try state.withLock { state in (try take(&state), state.changes) }
            if let value { return value }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let early = state.withLock { state -> CheckedContinuation<Void, Never>? in
                        guard state.changes == seen else { return continuation }
                        defer { state.waiter = continuation }
                        return state.waiter
                    }
                    early?.resume()
                }
            } onCancel: {
                self.cancel()
                cancel()
            }
        }
    }
}

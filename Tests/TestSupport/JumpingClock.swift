import ServiceRuntime

/// A clock of its own time: short sleeps return at once and move it on, longer ones wait until they are cancelled or
/// `advance` reaches their end. So waits between attempts cost no time while time limits never strike by chance.
package final class JumpingClock: Clock, Sendable {
    package struct Instant: InstantProtocol {
        package var offset: Duration

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        var end: Instant
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var jumps: [Duration] = []
        var nextID = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let longestJump: Duration
    private let state = Locked(State())

    /// - Parameter longestJump: the longest sleep that returns at once; zero for a clock that only `advance` moves.
    package init(jumpingUpTo longestJump: Duration = .zero) {
        self.longestJump = longestJump
    }

    package var now: Instant { state.withLock(\.now) }
    package var minimumResolution: Duration { .nanoseconds(1) }
    /// The sleeps that returned at once, in order.
    package var jumps: [Duration] { state.withLock(\.jumps) }

    package func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (outcome, watchers) = begin(Sleeper(end: deadline, continuation: continuation), id)
                if let outcome { continuation.resume(with: outcome) }
                watchers.forEach { $0.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: id)
                if sleeper == nil { state.cancelled.insert(id) }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private func begin(
        _ sleeper: Sleeper, _ id: Int
    ) -> (outcome: Result<Void, any Error>?, watchers: [CheckedContinuation<Void, Never>]) {
        state.withLock { state in
            if state.cancelled.contains(id) { return (.failure(CancellationError()), []) }
            let length = state.now.duration(to: sleeper.end)
            if length <= longestJump {
                if length > .zero {
                    state.jumps.append(length)
                    state.now = sleeper.end
                }
                return (.success(()), [])
            }
            state.sleepers[id] = sleeper
            let count = state.sleepers.count
            defer { state.watchers.removeAll { $0.count <= count } }
            return (nil, state.watchers.filter { $0.count <= count }.map(\.continuation))
        }
    }

    /// Moves time on and wakes whoever waits for a moment up to then.
    package func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.end <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.end < $1.end }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Waits until at least `count` sleepers wait for time to pass.
    package func sleepers(atLeast count: Int) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.sleepers.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isReached { continuation.resume() }
        }
    }
}

/// Time since its making, and sleeping, on one clock: what a limit in time needs of a clock, without its type.
package struct Stopwatch: Sendable {
    private let read: @Sendable () -> Duration
    private let wait: @Sendable (Duration) async throws -> Void

    package init(_ clock: some Clock<Duration> = ContinuousClock()) {
        let start = clock.now
        read = { start.duration(to: clock.now) }
        wait = { try await clock.sleep(for: $0) }
    }

    package var elapsed: Duration { read() }

    /// Returns after `duration`, at once where it is not positive; throws when the task is cancelled.
    package func sleep(for duration: Duration) async throws {
        guard duration > .zero else { return try Task.checkCancellation() }
        try await wait(duration)
    }

    /// Runs `work`. When `limit` has passed, cancels it and throws `error` once it has ended.
    package func run<Result: Sendable>(
        within limit: Duration, orThrow error: any Error, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await sleep(for: limit)
                throw error
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }
}

/// The request to finish what was begun and to begin nothing new; one per service, carried by its task tree.
///
/// `ServiceGroup` makes and triggers them. A test makes one itself, runs the code in question in `run(_:)` and calls
/// `trigger()`.
package final class GracefulShutdown: Sendable {
    @TaskLocal static var current: GracefulShutdown?

    private struct State {
        var isTriggered = false
        var nextID = 0
        var handlers: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Locked(State())

    package init() {}

    package var isTriggered: Bool { state.withLock { $0.isTriggered } }

    /// Asks everything that runs under it to finish. The second and later calls do nothing.
    package func trigger() {
        let handlers = state.withLock { state in
            state.isTriggered = true
            defer { state.handlers = [:] }
            return state.handlers.sorted { $0.key < $1.key }.map(\.value)
        }
        for handler in handlers { handler() }
    }

    /// Runs `operation`, and all tasks it starts, under this shutdown.
    package func run<Result>(_ operation: () async throws -> Result) async rethrows -> Result {
        try await Self.$current.withValue(self, operation: operation)
    }

    /// Registers a handler; runs it at once (and returns nil) where shutdown has begun.
    func add(_ handler: @escaping @Sendable () -> Void) -> Int? {
        let id: Int? = state.withLock { state in
            guard !state.isTriggered else { return nil }
            state.nextID += 1
            state.handlers[state.nextID] = handler
            return state.nextID
        }
        if id == nil { handler() }
        return id
    }

    func remove(_ id: Int) {
        state.withLock { $0.handlers[id] = nil }
    }
}

/// Whether the surrounding service has been asked to finish.
package var isShuttingDown: Bool { GracefulShutdown.current?.isTriggered ?? false }

/// Runs `operation`; when graceful shutdown begins meanwhile (or has begun), also calls `handler`, once, on any thread.
///
/// The operation is not cancelled: the handler tells it to come to an end.
package func withGracefulShutdownHandler<Result>(
    operation: () async throws -> Result, onGracefulShutdown handler: @escaping @Sendable () -> Void
) async rethrows -> Result {
    guard let shutdown = GracefulShutdown.current else { return try await operation() }
    let id = shutdown.add(handler)
    defer { if let id { shutdown.remove(id) } }
    return try await operation()
}

/// Waits until graceful shutdown begins or the task is cancelled; outside any service, until it is cancelled.
package func gracefulShutdown() async {
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    await withGracefulShutdownHandler {
        for await _ in stream {}
    } onGracefulShutdown: {
        continuation.finish()
    }
}

/// Runs `operation` and cancels it when graceful shutdown begins; for work that loses nothing by being cut off.
///
/// Returns what the operation returns and throws what it throws, `CancellationError` in most cases.
package func cancelWhenGracefulShutdown<Result: Sendable>(
    _ operation: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await operation() }
        group.addTask {
            await gracefulShutdown()
            return nil
        }
        while let event = try await group.next() {
            group.cancelAll()
            if let result = event { return result }
        }
        throw CancellationError()
    }
}

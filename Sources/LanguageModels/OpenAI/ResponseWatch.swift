import ServiceRuntime

/// Ends an attempt that is silent for too long.
struct ResponseWatch: Sendable {
    private let stopwatch: Stopwatch
    private let idle: Duration
    private let end: Duration
    private let due: Locked<Duration>

    /// Starts with the wait for the first byte; `end` is the latest end, on the stopwatch.
    init(stopwatch: Stopwatch, firstByte: Duration, idle: Duration, end: Duration) {
        self.stopwatch = stopwatch
        self.idle = idle
        self.end = end
        due = Locked(min(stopwatch.elapsed + firstByte, end))
    }

    /// Something came: the silence begins anew.
    func touch() { allow(idle) }

    /// Leaves `duration` from now on.
    func allow(_ duration: Duration) {
        let next = min(stopwatch.elapsed + duration, end)
        due.withLock { $0 = next }
    }

    /// Runs `work`; cancels it and throws a timeout when it has been silent for too long.
    func run<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while true {
                    let left = due.withLock { $0 } - stopwatch.elapsed
                    guard left > .zero else { throw timeout }
                    try await stopwatch.sleep(for: left)
                }
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw CancellationError() }
            return first
        }
    }

    private var timeout: OpenAIFailure {
        OpenAIFailure(.timeout, "The model service did not answer in time.")
    }
}

import HTTP
import ServiceRuntime

/// Ends an attempt whose response does not come, or not on.
struct ResponseWatch: Sendable {
    let stopwatch: Stopwatch
    let timeouts: OpenAIConfiguration.Timeouts
    private let hasBegun = Locked(false)

    init(stopwatch: Stopwatch, timeouts: OpenAIConfiguration.Timeouts) {
        self.stopwatch = stopwatch
        self.timeouts = timeouts
    }

    private static var timeout: OpenAIFailure {
        OpenAIFailure(.timeout, "The model service did not answer in time.")
    }

    /// Runs an attempt. Cancels it and throws a timeout where no first byte came in time, or at the end of all time.
    func run<Result: Sendable>(_ attempt: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await stopwatch.run(within: timeouts.total - stopwatch.elapsed, orThrow: Self.timeout) {
            try await withThrowingTaskGroup(of: Result?.self) { group in
                group.addTask { try await attempt() }
                group.addTask {
                    try await stopwatch.sleep(for: timeouts.firstByte)
                    guard hasBegun.withLock({ $0 }) else { throw Self.timeout }
                    return nil
                }
                defer { group.cancelAll() }
                while let result = try await group.next() {
                    if let result { return result }
                }
                throw CancellationError()
            }
        }
    }

    /// The next piece of the body; throws a timeout after `limit` of silence, by default that of the settings.
    func next(of body: HTTPBodyStream, within limit: Duration? = nil) async throws -> [UInt8]? {
        guard hasBegun.withLock({ $0 }) else {
            // Until now, the limit of the first byte runs.
            let first = try await Self.next(of: body)
            hasBegun.withLock { $0 = true }
            return first
        }
        return try await stopwatch.run(within: limit ?? timeouts.idle, orThrow: Self.timeout) {
            try await Self.next(of: body)
        }
    }

    private static func next(of body: HTTPBodyStream) async throws -> [UInt8]? {
        var iterator = body.makeAsyncIterator()
        return try await iterator.next()
    }
}

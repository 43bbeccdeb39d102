import ServiceRuntime
import SlackAPI

/// The calls of one round: at Slack's pace, bounded, and patient where Slack asks to wait.
final class CatchUpCalls: Sendable {
    /// The rest is for the next round.
    struct Spent: Error {}

    private let left: Locked<Int>
    private let interval: Duration

    init(_ options: CatchUpOptions) {
        left = Locked(options.maximumCalls)
        interval = options.callInterval
    }

    func make<Result: Sendable>(_ call: () async throws -> Result) async throws -> Result {
        while true {
            let mayCall = left.withLock { left in
                left -= 1
                return left >= 0
            }
            guard mayCall else { throw Spent() }
            do {
                let result = try await call()
                try await Task.sleep(for: interval)
                return result
            } catch let error as SlackError {
                guard case .rateLimited(let wait) = error.code else { throw error }
                try await Task.sleep(for: wait)
            }
        }
    }
}

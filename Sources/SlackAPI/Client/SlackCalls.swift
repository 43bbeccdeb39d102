package import ServiceRuntime

/// What calls of Slack's Web API came to: counted, timed, and whether the latest ones say that something is wrong.
package final class SlackCalls: Sendable {
    /// What keeps calls from succeeding at the moment.
    package enum Trouble: Sendable, Equatable {
        /// With Slack's name for it.
        case tokenRefused(String)
        case unreachable
    }

    enum Method: String, MetricLabel {
        case authTest = "auth.test"
        case postMessage = "chat.postMessage"
        case update = "chat.update"
        case postEphemeral = "chat.postEphemeral"
        case replies = "conversations.replies"
        case history = "conversations.history"
        case conversationInfo = "conversations.info"
        case conversations = "users.conversations"
        case userInfo = "users.info"
        case setStatus = "assistant.threads.setStatus"
        case other
        static let name = "method"

        init(_ method: String) { self = Self(rawValue: method) ?? .other }
    }

    enum Outcome: String, MetricLabel {
        case succeeded = "ok"
        case rateLimited = "rate_limited"
        case refused, unreachable, ambiguous, cancelled
        static let name = "outcome"

        init(_ error: any Error) {
            switch (error as? SlackError)?.code {
            case .rateLimited: self = .rateLimited
            case .refused: self = .refused
            case .unreachable: self = .unreachable
            case .ambiguous: self = .ambiguous
            case nil: self = .cancelled
            }
        }
    }

    private let calls: MetricFamily<MetricLabelPair<Method, Outcome>, Counter>
    private let durations: MetricFamily<Method, Histogram>
    private let current = Locked<Trouble?>(nil)

    package init(_ registry: MetricRegistry) {
        calls = registry.counters(
            "dash_slack_calls_total", "Calls of Slack's Web API, by method and outcome; rate_limited is status 429.",
            by: MetricLabelPair<Method, Outcome>.self)
        durations = registry.histograms(
            "dash_slack_call_seconds", "How long calls of Slack's Web API took.", by: Method.self,
            bounds: HistogramBounds.calls)
    }

    /// As the latest call that says anything about it found.
    package var trouble: Trouble? { current.withLock { $0 } }

    /// Runs one call and notes what came of it.
    func measure<Result>(_ method: String, _ call: () async throws -> Result) async throws -> Result {
        let method = Method(method)
        let start = ContinuousClock.now
        defer { durations[method].observe(start.duration(to: .now)) }
        do {
            let result = try await call()
            calls[method, .succeeded].increment()
            current.withLock { $0 = nil }
            return result
        } catch {
            calls[method, Outcome(error)].increment()
            note(error)
            throw error
        }
    }

    private func note(_ error: any Error) {
        guard let error = error as? SlackError else { return }
        switch error.code {
        case .refused(let name) where error.reaction == .mendToken: current.withLock { $0 = .tokenRefused(name) }
        case .unreachable, .ambiguous: current.withLock { $0 = .unreachable }
        // Slack is there and knows the token.
        case .refused, .rateLimited: current.withLock { $0 = nil }
        }
    }
}

package import ServiceRuntime

/// How to reach a Chat Completions service and what its model takes.
package struct OpenAIConfiguration: Sendable {
    /// The name of the request's member that limits the turn's tokens. Newer models of OpenAI refuse the old name,
    /// most other services know only that one.
    package enum TokenLimitField: String, Sendable {
        case maximumCompletionTokens = "max_completion_tokens"
        case maximumTokens = "max_tokens"
    }

    package struct Timeouts: Sendable, Equatable {
        /// From sending the request to the first byte of the body; reasoning models are silent until they have thought.
        package var firstByte: Duration = .seconds(120)
        /// The longest silence after that.
        package var idle: Duration = .seconds(120)
        /// The whole turn with all its attempts.
        package var total: Duration = .seconds(300)

        package init() {}
    }

    package static let defaultBaseURL = "https://api.openai.com/v1"

    /// As the service calls it, for example `gpt-5`.
    package var model: String
    /// With or without a slash at its end. Where it has no path at all, `/v1` is meant.
    package var baseURL: String
    /// Empty for services that want none.
    package var key: Secret
    /// nil: what OpenAI wants at OpenAI's own address, the widely known name elsewhere.
    package var tokenLimitField: TokenLimitField?
    /// `minimal`, `low`, `medium`, `high`: not sent where nil, since other models refuse it.
    package var reasoningEffort: String?
    package var timeouts = Timeouts()
    /// Of one turn, the first included.
    package var maximumAttempts = 4
    package var backoff = Backoff(initial: .milliseconds(500), maximum: .seconds(15))
    package var maximumResponseBytes = 64 << 20

    package init(model: String, key: Secret, baseURL: String = defaultBaseURL) {
        self.model = model
        self.key = key
        self.baseURL = baseURL
    }
}

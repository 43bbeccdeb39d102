package import ServiceRuntime

/// Calls of language models, by whose service it is. Calls of the built-in model are none.
package struct ModelMetrics: Sendable {
    package enum Provider: String, MetricLabel {
        /// OpenAI, or a service that is compatible with it.
        case openAI = "openai"
        package static let name = "provider"
    }

    enum Outcome: String, MetricLabel {
        case answered
        case authentication
        case rateLimited = "rate_limited"
        case unavailable, timeout
        case invalidRequest = "invalid_request"
        case invalidResponse = "invalid_response"
        case contextTooLong = "context_too_long"
        case cancelled, other
        static let name = "outcome"

        init(_ error: any Error) {
            if error is CancellationError {
                self = .cancelled
            } else {
                self = (error as? LanguageModelError).map { Self($0.code) } ?? .other
            }
        }

        private init(_ code: LanguageModelError.Code) {
            switch code {
            case .authentication: self = .authentication
            case .rateLimited: self = .rateLimited
            case .unavailable: self = .unavailable
            case .timeout: self = .timeout
            case .invalidRequest: self = .invalidRequest
            case .invalidResponse: self = .invalidResponse
            case .contextTooLong: self = .contextTooLong
            }
        }
    }

    enum Direction: String, MetricLabel {
        case input = "in"
        case output = "out"
        static let name = "direction"
    }

    let calls: MetricFamily<MetricLabelPair<Provider, Outcome>, Counter>
    let tokens: MetricFamily<MetricLabelPair<Provider, Direction>, Counter>
    let durations: MetricFamily<Provider, Histogram>

    package init(_ registry: MetricRegistry) {
        calls = registry.counters(
            "dash_model_calls_total", "Turns asked of a language model, repeated attempts included in one.",
            by: MetricLabelPair<Provider, Outcome>.self)
        tokens = registry.counters(
            "dash_model_tokens_total", "Tokens that a language model's service has counted.",
            by: MetricLabelPair<Provider, Direction>.self)
        durations = registry.histograms(
            "dash_model_call_seconds", "How long a turn of a language model took.", by: Provider.self,
            bounds: HistogramBounds.answers)
    }
}

/// A model whose calls are counted and timed.
package struct MeasuredModel: LanguageModel {
    private let base: any LanguageModel
    private let provider: ModelMetrics.Provider
    private let metrics: ModelMetrics

    package init(_ base: any LanguageModel, provider: ModelMetrics.Provider, metrics: ModelMetrics) {
        self.base = base
        self.provider = provider
        self.metrics = metrics
    }

    package var name: String { base.name }

    package func respond(to request: ModelRequest) async throws -> ModelResponse {
        let start = ContinuousClock.now
        defer { metrics.durations[provider].observe(start.duration(to: .now)) }
        do {
            let response = try await base.respond(to: request)
            metrics.calls[provider, .answered].increment()
            metrics.tokens[provider, .input].increment(by: response.usage.input)
            metrics.tokens[provider, .output].increment(by: response.usage.output)
            return response
        } catch {
            metrics.calls[provider, ModelMetrics.Outcome(error)].increment()
            throw error
        }
    }
}

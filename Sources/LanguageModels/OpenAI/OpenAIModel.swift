package import FoundationEssentials
package import HTTP
package import ServiceRuntime

/// A model behind a Chat Completions service: OpenAI's own or any compatible one.
///
/// Asks for a stream, and takes one JSON body as well. An attempt that failed before any text was handed on is repeated
/// where that can help (429, 5xx, no connection, a broken stream, silence); after that the turn fails.
package struct OpenAIModel: LanguageModel {
    private let configuration: OpenAIConfiguration
    private let client: HTTPClient
    private let logger: Logger
    private let makeStopwatch: @Sendable () -> Stopwatch
    private let now: @Sendable () -> Date

    package init(
        _ configuration: OpenAIConfiguration, client: HTTPClient, logger: Logger,
        clock: some Clock<Duration> = ContinuousClock(), now: @escaping @Sendable () -> Date = { Date.now }
    ) {
        self.configuration = configuration
        self.client = client
        self.logger = logger
        makeStopwatch = { Stopwatch(clock) }
        self.now = now
    }

    package var name: String { "openai:\(configuration.model)" }

    package func respond(to request: ModelRequest) async throws -> ModelResponse {
        let call = try httpRequest(for: request)
        let stopwatch = makeStopwatch()
        var attempt = 1
        while true {
            do {
                return try await self.attempt(call, stopwatch)
            } catch {
                try Task.checkCancellation()
                let failure = Self.failure(of: error)
                let wait = max(failure.retryAfter ?? .zero, configuration.backoff.delay(afterAttempt: attempt))
                guard failure.isRetryable, attempt < configuration.maximumAttempts,
                    stopwatch.elapsed + wait < configuration.timeouts.total
                else { throw failure.error }
                logger.debug(
                    "another attempt at the model follows",
                    ["model": name, "attempt": "\(attempt)", "error": "\(failure.error.code)"])
                try await stopwatch.sleep(for: wait)
                attempt += 1
            }
        }
    }

    private static func failure(of error: any Error) -> OpenAIFailure {
        switch error {
        case let failure as OpenAIFailure: failure
        case let error as HTTPError: OpenAIFailure(error)
        default: OpenAIFailure(.unavailable, "The call of the model service broke off.")
        }
    }

    private func httpRequest(for request: ModelRequest) throws(LanguageModelError) -> HTTPRequest {
        guard let endpoint = OpenAIEndpoint(baseURL: configuration.baseURL) else {
            throw LanguageModelError(
                .invalidRequest, message: "The model service's base URL is not an http or https URL.")
        }
        let field = configuration.tokenLimitField ?? (endpoint.isOpenAI ? .maximumCompletionTokens : .maximumTokens)
        let body = OpenAIRequest(
            model: configuration.model, request: request, tokenLimitField: field,
            reasoningEffort: configuration.reasoningEffort
        ).body
        var headers: HTTPHeaders = [
            "Content-Type": "application/json", "Accept": "text/event-stream, application/json",
        ]
        if !configuration.key.isEmpty { headers["Authorization"] = "Bearer \(configuration.key.reveal())" }
        return HTTPRequest(method: .post, target: endpoint.url, headers: headers, body: Array(body.encoded().utf8))
    }

    // MARK: - One attempt

    /// How long the connection may stay open after the turn is complete, to be used again.
    static let grace: Duration = .seconds(1)
    private static let maximumErrorBytes = 64 << 10

    private func attempt(_ call: HTTPRequest, _ stopwatch: Stopwatch) async throws -> ModelResponse {
        let timeouts = configuration.timeouts
        let watch = ResponseWatch(stopwatch: stopwatch, timeouts: timeouts)
        let complete = Locked<ModelResponse?>(nil)
        do {
            // The watch is stricter than the client's own limits, which are the net below it.
            return try await watch.run {
                try await client.stream(
                    call, timeout: timeouts.total + Self.grace,
                    idleTimeout: max(timeouts.firstByte, timeouts.idle) + Self.grace
                ) { response, body in
                    guard (200..<300).contains(response.status) else { throw try await failure(response, body) }
                    return try await read(body, watch, complete)
                }
            }
        } catch {
            // What goes wrong after the turn's end changes nothing.
            try Task.checkCancellation()
            if let response = complete.withLock({ $0 }) { return response }
            throw error
        }
    }

    private func failure(_ response: HTTPResponse, _ body: HTTPBodyStream) async throws -> OpenAIFailure {
        var bytes: [UInt8] = []
        do {
            for try await chunk in body {
                bytes += chunk
                if bytes.count > Self.maximumErrorBytes { break }
            }
        } catch {
            // The status alone says enough.
            try Task.checkCancellation()
        }
        return OpenAIFailure(
            status: response.status, body: bytes, retryAfter: RetryAfter.parse(response.headers, now: now()),
            model: configuration.model, key: configuration.key)
    }

    private func read(
        _ body: HTTPBodyStream, _ watch: ResponseWatch, _ complete: Locked<ModelResponse?>
    ) async throws -> ModelResponse {
        var reader = OpenAIBodyReader(maximumBytes: configuration.maximumResponseBytes)
        while let chunk = try await watch.next(of: body, within: reader.isEnded ? Self.grace : nil) {
            Failpoint.modelStream.pass()
            try reader.append(chunk)
            if let response = reader.complete { complete.withLock { $0 = response } }
        }
        return try reader.finish()
    }
}

extension Failpoint {
    /// A piece of a model's turn has arrived.
    static let modelStream: Failpoint = "model.stream"
}

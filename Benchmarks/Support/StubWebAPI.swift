import HTTP
package import ServiceRuntime

/// Slack's Web API on the loopback interface: accepts everything and notes when a question's final answer arrives.
package final class StubWebAPI: Service {
    private struct State {
        var lastMessage = 0
        var waiting: [String: CheckedContinuation<Final, any Error>] = [:]
        var early: [String: Final] = [:]
    }

    /// The message that answers a question, and when it arrived.
    package struct Final: Sendable {
        package var text: String
        package var at: ContinuousClock.Instant
    }

    private let state: Locked<State>
    private let server: HTTPServer
    private let port = Locked(0)

    package init(logger: Logger) {
        let state = Locked(State())
        self.state = state
        var options = HTTPServer.Options()
        options.host = "127.0.0.1"
        options.port = 0
        var router = HTTPRouter()
        router.on(.post, "/api/auth.test") { _ in
            .json(["ok": true, "user_id": .string(SlackEvents.botUser), "team_id": .string(SlackEvents.team)])
        }
        router.on(.post, "/api/chat.postMessage") { try Self.post($0, state) }
        router.on(.post, "/api/chat.update") { try Self.update($0, state) }
        router.on(.post, "/api/assistant.threads.setStatus") { _ in .json(["ok": true]) }
        router.on(.post, "/api/users.info") { _ in
            .json(["ok": true, "user": ["name": "ada", "tz": "Europe/Berlin", "profile": ["display_name": "Ada"]]])
        }
        server = HTTPServer(options: options, router: router, logger: logger)
    }

    package func run() async throws { try await server.run() }

    /// To be called before `baseURL` is used.
    package func waitUntilListening() async throws {
        let bound = try await server.boundPort
        port.withLock { $0 = bound }
    }

    package var baseURL: String { "http://127.0.0.1:\(port.withLock { $0 })/api/" }

    /// Waits for the final answer in the channel; throws `CancellationError` when the task is cancelled first.
    package func answer(in channel: String) async throws -> Final {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let early: Result<Final, any Error>? = state.withLock { state in
                    if let final = state.early.removeValue(forKey: channel) { return .success(final) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiting[channel] = continuation
                    return nil
                }
                if let early { continuation.resume(with: early) }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: channel) }?.resume(throwing: CancellationError())
        }
    }

    private static func post(_ request: HTTPRequest, _ state: Locked<State>) throws -> HTTPResponse {
        let message = try JSONValue(parsing: request.body)
        let number = state.withLock { state in
            state.lastMessage += 1
            return state.lastMessage
        }
        // Place 0 of an answer is its placeholder; without one the answer itself is posted.
        if message["metadata"]?["event_payload"]?["seq"]?.integer == 1 { note(message, state) }
        return .json([
            "ok": true, "channel": message["channel"] ?? .null,
            "ts": .string("1900000000.\(String(1_000_000 + number % 1_000_000).dropFirst())"),
        ])
    }

    private static func update(_ request: HTTPRequest, _ state: Locked<State>) throws -> HTTPResponse {
        let message = try JSONValue(parsing: request.body)
        // Edits that show progress carry no metadata.
        if message["metadata"]?["event_payload"] != nil { note(message, state) }
        return .json(["ok": true, "ts": message["ts"] ?? .null])
    }

    private static func note(_ message: JSONValue, _ state: Locked<State>) {
        let final = Final(text: message["text"]?.string ?? "", at: .now)
        let channel = message["channel"]?.string ?? ""
        let waiting: CheckedContinuation<Final, any Error>? = state.withLock { state in
            if let waiting = state.waiting.removeValue(forKey: channel) { return waiting }
            state.early[channel] = final
            return nil
        }
        waiting?.resume(returning: final)
    }
}

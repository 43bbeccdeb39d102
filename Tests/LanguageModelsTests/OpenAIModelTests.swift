import FoundationEssentials
import HTTP
import RawHTTP
import ServiceRuntime
import TestSupport
import Testing

@testable import LanguageModels

@Suite(.timeLimit(.minutes(20))) struct OpenAIModelTests {
    private let client = HTTPClient(logger: Logger(label: "test", minimumLevel: .error))
    /// Waits between attempts are jumped over; limits of minutes never strike by themselves.
    private let clock = JumpingClock(jumpingUpTo: .seconds(50))

    private func model(
        _ baseURL: String, key: String = "sk-test-1234567890",
        now: Double = 0, _ change: (inout OpenAIConfiguration) -> Void = { _ in }
    ) -> OpenAIModel {
        var configuration = OpenAIConfiguration(model: "gpt-x", key: Secret(key), baseURL: baseURL)
        change(&configuration)
        return OpenAIModel(
            configuration, client: client, logger: Logger(label: "test", minimumLevel: .error), clock: clock,
            now: { Date(timeIntervalSince1970: now) })
    }

    private func ask(_ model: OpenAIModel, _ request: ModelRequest? = nil) async throws -> ModelResponse {
        let request = request ?? ModelRequest(instructions: "Be brief.", messages: [.user("How many?")])
        return try await model.respond(to: request)
    }

    /// The waits between attempts.
    private var waits: [Duration] { clock.jumps.filter { $0 != OpenAIModel.grace } }

    @Test("A streamed answer: the turn with its usage, the key in its header only")
    func streamed() async throws {
        let usage = Usage(input: 20, cachedInput: 8, output: 7, reasoning: 3)
        let server = try ScriptedChatServer(.text("Forty", "-two", usage: usage))
        let response = try await ask(model(server.baseURL))
        #expect(response.message == .assistant("Forty-two"))
        #expect(response.usage == usage)
        #expect(response.finishReason == .stop)

        let request = try #require(server.requests.first)
        #expect(request.method == .post)
        #expect(request.target == "/v1/chat/completions")
        #expect(request.headers.values(of: "Authorization") == ["Bearer sk-test-1234567890"])
        #expect(request.headers["Content-Type"] == "application/json")
        #expect(!String(decoding: request.body, as: UTF8.self).contains("sk-test"))
        #expect(server.bodies[0]["model"] == "gpt-x")
        #expect(server.bodies[0]["messages"]?.array?.count == 2)
    }

    @Test("Tool calls come whole")
    func toolCalls() async throws {
        let calls = [
            ToolCall(id: "a", name: "f", arguments: ["x": 1]), ToolCall(id: "b", name: "g", arguments: [:]),
        ]
        let server = try ScriptedChatServer(.calls(calls[0], calls[1]))
        let response = try await ask(model(server.baseURL))
        #expect(response.message.toolCalls == calls)
        #expect(response.finishReason == .toolCalls)
    }

    @Test("A service that answers with one JSON body is understood")
    func notStreaming() async throws {
        let server = try ScriptedChatServer(
            .response(.json(["choices": [["message": ["content": "42"], "finish_reason": "stop"]]])))
        let response = try await ask(model(server.baseURL))
        #expect(response.message == .assistant("42"))
        #expect(response.usage == Usage())
    }

    @Test("No key, no header")
    func withoutKey() async throws {
        let server = try ScriptedChatServer(.text("x"))
        _ = try await ask(model(server.baseURL, key: ""))
        let request = try #require(server.requests.first)
        #expect(request.headers["Authorization"] == nil)
    }

    @Test("The token limit is sent under the name that suits the address or the setting")
    func tokenLimitField() async throws {
        let server = try ScriptedChatServer(.text("x"), .text("x"))
        let request = ModelRequest(instructions: "", messages: [.user("x")], maximumOutputTokens: 9)
        _ = try await ask(model(server.baseURL), request)
        _ = try await ask(model(server.baseURL) { $0.tokenLimitField = .maximumCompletionTokens }, request)
        #expect(server.bodies.map { $0["max_tokens"] } == [.integer(9), Optional.none])
        #expect(server.bodies.map { $0["max_completion_tokens"] } == [Optional.none, .integer(9)])
    }

    @Test(
        "What may pass is tried again",
        arguments: [
            .rateLimited(retryAfter: nil), .status(500), .status(502), .htmlUnavailable, .dropped, .cut([]),
            .stream([]), .events([["error": ["type": "server_error"]]]), .response(.json(["what": "is this"])),
        ] as [ScriptedChatServer.Reply])
    func retried(reply: ScriptedChatServer.Reply) async throws {
        let server = try ScriptedChatServer(reply, reply, .text("42"))
        let response = try await ask(model(server.baseURL))
        #expect(response.message == .assistant("42"))
        #expect(server.requests.count == 3)
        #expect(waits.count == 2)
    }

    @Test("The waits grow, are spread and stay in their bounds")
    func backoff() async throws {
        let server = try ScriptedChatServer(.status(500), .status(500), .status(500), .status(500))
        await #expect(throws: LanguageModelError.self) { _ = try await ask(model(server.baseURL)) }
        let bounds: [ClosedRange<Duration>] = [
            .milliseconds(250) ... .milliseconds(500), .milliseconds(500) ... .seconds(1), .seconds(1) ... .seconds(2),
        ]
        #expect(waits.count == 3)
        for (jump, bound) in zip(waits, bounds) { #expect(bound.contains(jump)) }
    }

    @Test("After the last attempt the failure is told")
    func attemptsExhausted() async throws {
        let server = try ScriptedChatServer(.htmlUnavailable, .htmlUnavailable)
        let error = await #expect(throws: LanguageModelError.self) {
            _ = try await ask(model(server.baseURL) { $0.maximumAttempts = 2 })
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message == "The model service answered 503.")
        #expect(server.requests.count == 2)
    }

    @Test(
        "What cannot pass is told at once",
        arguments: [
            (400, .invalidRequest), (401, .authentication), (403, .authentication), (404, .invalidRequest),
        ] as [(Int, LanguageModelError.Code)])
    func notRetried(status: Int, code: LanguageModelError.Code) async throws {
        let server = try ScriptedChatServer(.status(status))
        let error = await #expect(throws: LanguageModelError.self) { _ = try await ask(model(server.baseURL)) }
        #expect(error?.code == code)
        #expect(server.requests.count == 1)
        #expect(waits.isEmpty)
    }

    @Test(
        "The wait that the service asks for is kept, in seconds or until a date",
        arguments: [("20", Duration.seconds(20)), ("Thu, 01 Jan 1970 00:00:30 GMT", .seconds(30))])
    func retryAfter(header: String, expected: Duration) async throws {
        let server = try ScriptedChatServer(.rateLimited(retryAfter: header), .text("42"))
        _ = try await ask(model(server.baseURL))
        #expect(waits == [expected])
    }

    @Test("A wait beyond the turn's time is not begun")
    func retryAfterTooLong() async throws {
        let server = try ScriptedChatServer(.rateLimited(retryAfter: "3600"))
        let error = await #expect(throws: LanguageModelError.self) { _ = try await ask(model(server.baseURL)) }
        #expect(error?.code == .rateLimited)
        #expect(server.requests.count == 1)
    }

    @Test("A stream that breaks amid a text is tried again, without what came of it")
    func brokenAmidText() async throws {
        let piece = ChatChunk.event(ChatChunk.delta(["content": "The number is"]))
        let server = try ScriptedChatServer(.cut([piece]), .text("It is 42"))
        #expect(try await ask(model(server.baseURL)).message == .assistant("It is 42"))
    }

    @Test("A stream that breaks amid a tool call is tried again")
    func brokenAmidCall() async throws {
        let piece = ChatChunk.event(
            ChatChunk.delta([
                "tool_calls": [["index": 0, "id": "a", "function": ["name": "f", "arguments": "{\"x"]]]
            ]))
        let call = ToolCall(id: "a", name: "f", arguments: ["x": 1])
        let server = try ScriptedChatServer(.cut([piece]), .calls(call))
        #expect(try await ask(model(server.baseURL)).message.toolCalls == [call])
    }

    @Test("A connection that breaks once the turn is complete harms nothing")
    func brokenAfterEnd() async throws {
        let pieces = [ChatChunk.delta(["content": "42"]), ChatChunk.finish("stop")].map(ChatChunk.event)
        let server = try ScriptedChatServer(.cut(pieces))
        #expect(try await ask(model(server.baseURL)).message == .assistant("42"))
    }

    @Test("A service that keeps the connection open after its last event does not hold the turn up")
    func openAfterEnd() async throws {
        let pieces = [ChatChunk.event(ChatChunk.delta(["content": "42"])), Array("data: [DONE]\n\n".utf8)]
        let server = try ScriptedChatServer(.stalled(pieces))
        #expect(try await ask(model(server.baseURL)).message == .assistant("42"))
    }

    @Test("A service without a first byte times out, and is tried again")
    func slowFirstByte() async throws {
        let server = try ScriptedChatServer(.stalled([]), .stalled([]))
        let patient = model(server.baseURL) { $0.maximumAttempts = 2 }
        await withThrowingTaskGroup(of: ModelResponse.self) { group in
            group.addTask { try await ask(patient) }
            for count in 1...2 {
                while server.requests.count < count { await Task.yield() }
                await clock.sleepers(atLeast: 2)
                clock.advance(by: .seconds(120))
            }
            let error = await #expect(throws: LanguageModelError.self) { _ = try await group.next() }
            #expect(error?.code == .timeout)
        }
        #expect(server.requests.count == 2)
    }

    @Test("Silence amid an answer times out")
    func silenceAmidAnswer() async throws {
        let server = try ScriptedChatServer(.stalled([ChatChunk.event(ChatChunk.delta(["content": "The"]))]))
        let error = await #expect(throws: LanguageModelError.self) {
            _ = try await ask(
                model(server.baseURL) {
                    $0.timeouts.idle = .seconds(10)
                    $0.maximumAttempts = 1
                })
        }
        #expect(error?.code == .timeout)
    }

    @Test("The turn's whole time bounds all attempts together")
    func totalTime() async throws {
        let server = try ScriptedChatServer(Array(repeating: .status(500), count: 20))
        let error = await #expect(throws: LanguageModelError.self) {
            _ = try await ask(
                model(server.baseURL) { configuration in
                    configuration.timeouts.total = .seconds(160)
                    configuration.backoff = Backoff(initial: .seconds(45), maximum: .seconds(45))
                    configuration.maximumAttempts = 100
                })
        }
        // One hundred attempts are allowed, but there is no time for more than seven waits.
        #expect(error?.code == .unavailable || error?.code == .timeout)
        #expect((2...8).contains(server.requests.count))
    }

    @Test("An address where nobody listens is told after all attempts")
    func refusedConnection() async throws {
        let server = try RawHTTPServer { _, _ in }
        let url = "http://127.0.0.1:\(server.port)"
        server.stop()
        let error = await #expect(throws: LanguageModelError.self) { _ = try await ask(model(url)) }
        #expect(error?.code == .unavailable)
        #expect(waits.count == 3)
    }

    @Test("A bad address and a key with a line break are refused without a word of the key")
    func badSettings() async throws {
        for bad in [model("localhost"), model("http://127.0.0.1:1", key: "topsecret\nX: y")] {
            let error = await #expect(throws: LanguageModelError.self) { _ = try await ask(bad) }
            #expect(error?.code == .invalidRequest)
            #expect(error?.message.contains("topsecret") == false)
        }
    }

    @Test("Cancelling the turn ends the call, while waiting for bytes and between attempts", arguments: [true, false])
    func cancellation(whileReading: Bool) async throws {
        let server = try ScriptedChatServer(whileReading ? .stalled([]) : .rateLimited(retryAfter: "100"))
        await withThrowingTaskGroup(of: ModelResponse.self) { group in
            group.addTask { try await ask(model(server.baseURL)) }
            while server.requests.isEmpty { await Task.yield() }
            await clock.sleepers(atLeast: 1)
            group.cancelAll()
            await #expect(throws: CancellationError.self) { _ = try await group.next() }
        }
        #expect(server.requests.count == 1)
    }

    @Test("The model is named with its provider")
    func name() {
        #expect(model("http://localhost").name == "openai:gpt-x")
    }
}

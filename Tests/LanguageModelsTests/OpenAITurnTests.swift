import ServiceRuntime
import TestSupport
import Testing

@testable import LanguageModels

@Suite struct OpenAITurnTests {
    private func turn(_ chunks: [JSONValue]) throws -> ModelResponse {
        let counter = Locked(0)
        var turn = OpenAITurn(makeID: {
            counter.withLock { count in
                count += 1
                return "made\(count)"
            }
        })
        for chunk in chunks { try turn.consume(chunk) }
        return turn.response
    }

    private func fragment(
        index: Int64? = nil, id: String? = nil, name: String? = nil, _ arguments: JSONValue? = nil
    ) -> JSONValue {
        var function: [String: JSONValue] = [:]
        function["name"] = name.map(JSONValue.string)
        function["arguments"] = arguments
        var call: [String: JSONValue] = ["function": .object(function)]
        call["index"] = index.map(JSONValue.integer)
        call["id"] = id.map(JSONValue.string)
        return ChatChunk.delta(["tool_calls": [.object(call)]])
    }

    private func call(_ id: String, _ name: String, _ arguments: JSONValue, raw: String? = nil) -> ToolCall {
        ToolCall(id: id, name: name, arguments: arguments, rawArguments: raw)
    }

    @Test("Text is joined, and is whole with the reason of its end")
    func text() throws {
        var turn = OpenAITurn()
        try turn.consume(ChatChunk.delta(["role": "assistant", "content": ""]))
        try turn.consume(ChatChunk.delta(["content": "4"]))
        try turn.consume(ChatChunk.delta(["content": nil]))
        try turn.consume(ChatChunk.delta(["content": "2"]))
        #expect(!turn.isComplete)
        try turn.consume(ChatChunk.finish("stop"))
        #expect(turn.isComplete)
        #expect(turn.response.message == .assistant("42"))
        #expect(turn.response.finishReason == .stop)
    }

    @Test("Fragments of calls find their call, however the service numbers them")
    func assembly() throws {
        let expected = [call("a", "f", ["x": 1]), call("b", "g", ["y": 2])]
        let byIndex = [
            fragment(index: 0, id: "a", name: "f", ""), fragment(index: 1, id: "b", name: "g", ""),
            fragment(index: 0, "{\"x\""), fragment(index: 1, "{\"y\":2"), fragment(index: 0, ":1}"),
            fragment(index: 1, "}"),
        ]
        let byID = [
            fragment(id: "a", name: "f", "{\"x\""), fragment(":1}"), fragment(id: "b", name: "g", "{\"y\":2}"),
        ]
        let alwaysZero = [
            fragment(index: 0, id: "a", name: "f", "{\"x\":1}"), fragment(index: 0, id: "b", name: "g", "{\"y\":"),
            fragment(index: 0, "2}"),
        ]
        let repeatedNames = [
            fragment(index: 0, id: "a", name: "f", "{\"x\""), fragment(index: 0, id: "a", name: "f", ":1}"),
            fragment(index: 1, id: "b", name: "g", "{\"y\":2}"),
        ]
        for chunks in [byIndex, byID, alwaysZero, repeatedNames] {
            let response = try turn(chunks + [ChatChunk.finish("tool_calls")])
            #expect(response.message.toolCalls == expected)
            #expect(response.finishReason == .toolCalls)
        }
    }

    @Test("Calls without an id, or with one that occurs twice, are named")
    func missingIDs() throws {
        let response = try turn([
            fragment(index: 0, id: "", name: "f", "{}"), fragment(index: 1, name: "g", "{}"),
            fragment(index: 2, id: "x", name: "h", "{}"), fragment(index: 3, id: "x", name: "i", "{}"),
        ])
        #expect(response.message.toolCalls.map(\.id) == ["made1", "made2", "x", "made3"])
        #expect(response.message.toolCalls.map(\.name) == ["f", "g", "h", "i"])
    }

    @Test("Whole calls without index or id are separate calls")
    func wholeCallsWithoutNumbers() throws {
        let response = try turn([fragment(name: "f", "{\"x\":1}"), fragment(name: "f", "{\"x\":2}")])
        #expect(response.message.toolCalls.map(\.arguments) == [["x": 1], ["x": 2]])
    }

    @Test(
        "Arguments: nothing and null are an empty object, malformed ones are kept as they are",
        arguments: [
            ("", [:], "{}"), (" ", [:], "{}"), ("null", [:], "{}"), ("{ }", [:], "{ }"),
            ("{\"a\": 1}", ["a": 1], "{\"a\": 1}"), ("{\"a\":", nil, "{\"a\":"), ("[1]", [1], "[1]"),
            ("SELECT 1", nil, "SELECT 1"),
        ] as [(String, JSONValue, String)])
    func arguments(raw: String, parsed: JSONValue, kept: String) throws {
        let response = try turn([fragment(index: 0, id: "a", name: "f", .string(raw))])
        #expect(response.message.toolCalls == [call("a", "f", parsed, raw: kept)])
    }

    @Test("Arguments given as an object instead of a text are taken too")
    func objectArguments() throws {
        let response = try turn([fragment(index: 0, id: "a", name: "f", ["x": 1])])
        #expect(response.message.toolCalls == [call("a", "f", ["x": 1])])
    }

    @Test(
        "The reason of the end",
        arguments: [
            ("stop", .stop), ("length", .length), ("content_filter", .refused), ("eos", .stop),
        ] as [(String, ModelResponse.FinishReason)])
    func finishReasons(reason: String, expected: ModelResponse.FinishReason) throws {
        #expect(try turn([ChatChunk.delta(["content": "x"]), ChatChunk.finish(reason)]).finishReason == expected)
    }

    @Test("Calls count even where the service says it merely stopped")
    func callsWithStop() throws {
        let response = try turn([fragment(index: 0, id: "a", name: "f", "{}"), ChatChunk.finish("stop")])
        #expect(response.finishReason == .toolCalls)
    }

    @Test("A refusal is a refused turn with its words")
    func refusal() throws {
        let response = try turn([ChatChunk.delta(["refusal": "I can't help."]), ChatChunk.finish("stop")])
        #expect(response.finishReason == .refused)
        #expect(response.message.text == "I can't help.")
    }

    @Test("Usage with cached and reasoning tokens; the last one counts; none is fine")
    func usage() throws {
        let usage = Usage(input: 100, cachedInput: 80, output: 30, reasoning: 20)
        #expect(try turn([ChatChunk.usage(Usage(input: 1)), ChatChunk.usage(usage)]).usage == usage)
        #expect(try turn([ChatChunk.finish("stop")]).usage == Usage())
        #expect(try turn([["choices": [], "usage": nil]]).usage == Usage())
        #expect(try turn([["choices": [], "usage": ["prompt_tokens": 7]]]).usage == Usage(input: 7))
    }

    @Test("A whole body of a service that does not stream")
    func wholeBody() throws {
        let message: JSONValue = [
            "role": "assistant", "content": [["type": "text", "text": "I look."]],
            "tool_calls": [
                ["id": "a", "type": "function", "function": ["name": "f", "arguments": "{\"x\":1}"]],
                ["id": "b", "type": "function", "function": ["name": "g", "arguments": "{}"]],
            ],
        ]
        let response = try turn([
            [
                "object": "chat.completion",
                "choices": [["index": 0, "finish_reason": "tool_calls", "message": message]],
                "usage": ["prompt_tokens": 3, "completion_tokens": 4],
            ]
        ])
        #expect(response.message.text == "I look.")
        #expect(response.message.toolCalls == [call("a", "f", ["x": 1]), call("b", "g", [:])])
        #expect(response.usage == Usage(input: 3, output: 4))
    }

    @Test(
        "A failure inside a stream is told by its kind",
        arguments: [
            (["error": ["message": "x", "type": "server_error"]], .unavailable, true),
            (["error": ["message": "x", "code": 502]], .unavailable, true),
            (["error": ["message": "x", "code": "rate_limit_exceeded"]], .rateLimited, true),
            (["error": ["message": "x", "code": "insufficient_quota"]], .rateLimited, false),
            (["error": ["message": "x", "code": "context_length_exceeded"]], .contextTooLong, false),
            (["error": ["message": "x", "type": "invalid_request_error"]], .invalidRequest, false),
            (["error": "overloaded"], .unavailable, true),
            (["choices": [["delta": [:], "finish_reason": "error"]]], .unavailable, true),
        ] as [(JSONValue, LanguageModelError.Code, Bool)])
    func failures(chunk: JSONValue, code: LanguageModelError.Code, isRetryable: Bool) throws {
        let failure = #expect(throws: OpenAIFailure.self) { try turn([chunk]) }
        #expect(failure?.error.code == code)
        #expect(failure?.isRetryable == isRetryable)
    }

    @Test(
        "Chunks of no meaning are passed over",
        arguments: [[:], ["choices": []], ["choices": [["index": 1]]], 1, []] as [JSONValue])
    func meaningless(chunk: JSONValue) throws {
        #expect(try turn([chunk]).message.content.isEmpty)
    }
}

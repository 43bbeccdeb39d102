import ServiceRuntime
import TestSupport
import Testing

@testable import LanguageModels

@Suite struct OpenAIBodyReaderTests {
    private static let stream: [UInt8] = {
        let chunks: [JSONValue] = [
            ChatChunk.delta(["role": "assistant", "content": ""]), ChatChunk.delta(["content": "Zwölf – "]),
            ChatChunk.delta(["content": "12 €"]),
            ChatChunk.delta([
                "tool_calls": [["index": 0, "id": "a", "function": ["name": "f", "arguments": "{\"x\":"]]]
            ]),
            ChatChunk.delta(["tool_calls": [["index": 0, "function": ["arguments": "\"ü\"}"]]]]),
            ChatChunk.finish("tool_calls"), ChatChunk.usage(Usage(input: 10, cachedInput: 4, output: 5)),
        ]
        return Array(": hello\r\n\r\n".utf8) + chunks.flatMap(ChatChunk.event) + Array("data: [DONE]\n\n".utf8)
    }()

    private func read(_ pieces: [[UInt8]], maximumBytes: Int = 1 << 20) throws -> ModelResponse {
        var reader = OpenAIBodyReader(maximumBytes: maximumBytes, turn: OpenAITurn(makeID: { "made" }))
        for piece in pieces { try reader.append(piece) }
        return try reader.finish()
    }

    private func checkStream(_ pieces: [[UInt8]]) throws {
        let response = try read(pieces)
        #expect(response.message.text == "Zwölf – 12 €")
        #expect(
            response.message.toolCalls == [
                ToolCall(id: "a", name: "f", arguments: ["x": "ü"], rawArguments: "{\"x\":\"ü\"}")
            ])
        #expect(response.usage == Usage(input: 10, cachedInput: 4, output: 5))
        #expect(response.finishReason == .toolCalls)
    }

    @Test("A stream cut in two at any byte reads the same")
    func everySplit() throws {
        for cut in 0...Self.stream.count {
            try checkStream([Array(Self.stream[..<cut]), Array(Self.stream[cut...])])
        }
    }

    @Test("A stream in pieces of any one size reads the same", arguments: [1, 2, 3, 7, 64, 1000])
    func everySize(size: Int) throws {
        try checkStream(
            stride(from: 0, to: Self.stream.count, by: size).map {
                Array(Self.stream[$0..<min($0 + size, Self.stream.count)])
            })
    }

    @Test("A JSON body in two pieces cut at any byte reads the same")
    func everySplitOfDocument() throws {
        let document: JSONValue = [
            "choices": [["message": ["content": "Zwölf"], "finish_reason": "stop"]],
            "usage": ["prompt_tokens": 3, "completion_tokens": 1],
        ]
        let bytes = Array("\n \(document.encoded())\n".utf8)
        for cut in 0...bytes.count {
            let response = try read([Array(bytes[..<cut]), Array(bytes[cut...])])
            #expect(response.message == .assistant("Zwölf"))
            #expect(response.usage == Usage(input: 3, output: 1))
        }
    }

    @Test("A stream that ends at any byte before its end is not taken for whole")
    func truncated() throws {
        let marker = Array("\"finish_reason\":\"tool_calls\"".utf8)
        let end = try #require(
            (0..<Self.stream.count - marker.count).first { Self.stream[$0...].starts(with: marker) })
        for cut in 0...end {
            let failure = #expect(throws: OpenAIFailure.self) { try read([Array(Self.stream[..<cut])]) }
            #expect(failure?.isRetryable == true)
        }
    }

    @Test("After the reason of the end, usage, marker and even half an event may be missing")
    func lenientEnd() throws {
        let whole = ChatChunk.event(ChatChunk.delta(["content": "x"])) + ChatChunk.event(ChatChunk.finish("stop"))
        for tail in ["", "data: [DO", "data: {\"usa", "data: [DONE]"] {
            #expect(try read([whole + Array(tail.utf8)]).message.text == "x")
        }
        let unended = Array("data: \(ChatChunk.finish("stop").encoded())".utf8)
        #expect(try read([unended]).finishReason == .stop)
    }

    @Test("What comes after the marker is not looked at")
    func afterMarker() throws {
        let pieces = [
            ChatChunk.event(ChatChunk.delta(["content": "x"])), Array("data: [DONE]\n\n".utf8),
            Array("data: junk\n\n".utf8),
        ]
        #expect(try read(pieces).message.text == "x")
    }

    @Test(
        "What is no answer fails",
        arguments: [
            ("", true), ("   \n", true), ("<html></html>", false), ("{\"choices\":[]}", true), ("{\"a\":1}", true),
            ("{\"choices\":[{", true), ("data: {broken\n\n", true), ("[1]", true), ("{}", true),
        ])
    func unreadable(body: String, isRetryable: Bool) {
        let failure = #expect(throws: OpenAIFailure.self) { try read([Array(body.utf8)]) }
        #expect(failure?.isRetryable == isRetryable)
    }

    @Test("A body above the limit is refused", arguments: ["data: {}\n\n", "{ "])
    func tooLarge(start: String) {
        let pieces = [Array(start.utf8)] + Array(repeating: [UInt8](repeating: 0x20, count: 100), count: 11)
        let failure = #expect(throws: OpenAIFailure.self) { try read(pieces, maximumBytes: 1000) }
        #expect(failure?.error.message.contains("larger than 1000 bytes") == true)
    }
}

import ServiceRuntime
import TestSupport
import Testing

@testable import LanguageModels

@Suite struct OpenAIRequestTests {
    private func body(
        _ messages: [Message], instructions: String = "", tools: [ToolDefinition] = [], limit: Int? = nil,
        field: OpenAIConfiguration.TokenLimitField = .maximumTokens, effort: String? = nil
    ) -> JSONValue {
        OpenAIRequest(
            model: "m",
            request: ModelRequest(
                instructions: instructions, messages: messages, tools: tools, maximumOutputTokens: limit),
            tokenLimitField: field, reasoningEffort: effort
        ).body
    }

    @Test("A plain question")
    func plain() {
        #expect(
            body([.user("How many?")], instructions: "Be brief.") == [
                "model": "m", "stream": true, "stream_options": ["include_usage": true],
                "messages": [
                    ["role": "system", "content": "Be brief."], ["role": "user", "content": "How many?"],
                ],
            ])
    }

    @Test("Tools, the token limit's name and the effort are sent where given")
    func options() {
        let tool = ToolDefinition(name: "look", description: "Looks.", parameters: ["type": "object"])
        let value = body([.user("x")], tools: [tool], limit: 50, field: .maximumCompletionTokens, effort: "low")
        #expect(
            value["tools"] == [
                [
                    "type": "function",
                    "function": ["name": "look", "description": "Looks.", "parameters": ["type": "object"]],
                ]
            ])
        #expect(value["max_completion_tokens"] == 50)
        #expect(value["max_tokens"] == nil)
        #expect(value["reasoning_effort"] == "low")
        #expect(body([.user("x")], limit: 50)["max_tokens"] == 50)
        #expect(body([.user("x")], limit: 50)["max_completion_tokens"] == nil)
    }

    @Test("Calls and results: the results come right after the calls, then what else the person said")
    func toolRound() {
        let messages = [
            Message(
                role: .assistant,
                content: [
                    .text("I look."),
                    .toolCall(ToolCall(id: "a", name: "look", arguments: ["n": 1], rawArguments: "{\"n\": 1}")),
                    .toolCall(ToolCall(id: "b", name: "look", arguments: [:])),
                ]),
            Message(
                role: .user,
                content: [
                    .text("Hurry."), .toolResult(ToolResult(callID: "a", content: "1")),
                    .toolResult(ToolResult(callID: "b", content: "gone", isError: true)),
                ]),
        ]
        let expected: JSONValue = [
            [
                "role": "assistant", "content": "I look.",
                "tool_calls": [
                    ["id": "a", "type": "function", "function": ["name": "look", "arguments": "{\"n\": 1}"]],
                    ["id": "b", "type": "function", "function": ["name": "look", "arguments": "{}"]],
                ],
            ],
            ["role": "tool", "tool_call_id": "a", "content": "1"],
            ["role": "tool", "tool_call_id": "b", "content": "Error: gone"],
            ["role": "user", "content": "Hurry."],
        ]
        #expect(body(messages)["messages"] == expected)
    }

    @Test("A turn of calls only has null content; one of nothing is left out")
    func emptyContent() {
        let calls = Message(role: .assistant, content: [.toolCall(ToolCall(id: "a", name: "f", arguments: [:]))])
        #expect(body([calls])["messages"]?[0]?["content"] == JSONValue.null)
        #expect(body([Message(role: .assistant, content: []), .user("x")])["messages"]?.array?.count == 1)
    }

    @Test("Malformed arguments go back inside a JSON object, since services parse them")
    func malformedArguments() throws {
        let call = ToolCall(id: "a", name: "f", arguments: .null, rawArguments: "{\"sql\": \"SEL")
        let entry = body([Message(role: .assistant, content: [.toolCall(call)])])["messages"]?[0]
        let sent = try #require(entry?["tool_calls"]?[0]?["function"]?["arguments"]?.string)
        #expect(try JSONValue(parsing: sent) == ["invalid_arguments": "{\"sql\": \"SEL"])
    }

    @Test("Images and files are sent as parts")
    func attachments() {
        let message = Message(
            role: .user,
            content: [
                .text("See."), .image(mediaType: "image/png", base64: "AAAA"),
                .file(name: "a.pdf", mediaType: "application/pdf", base64: "BBBB"),
            ])
        #expect(
            body([message])["messages"]?[0]?["content"] == [
                ["type": "text", "text": "See."],
                ["type": "image_url", "image_url": ["url": "data:image/png;base64,AAAA"]],
                ["type": "file", "file": ["filename": "a.pdf", "file_data": "data:application/pdf;base64,BBBB"]],
            ])
    }

    @Test("What a service attached to a call goes back with it; parts of other providers do not")
    func opaqueParts() throws {
        var turn = OpenAITurn()
        try turn.consume(
            ChatChunk.delta([
                "tool_calls": [
                    [
                        "id": "a", "function": ["name": "f", "arguments": "{}"],
                        "extra_content": ["google": ["thought_signature": "xyz"]],
                    ]
                ]
            ]))
        var message = turn.response.message
        message.content.append(.opaque(provider: "other", ["call": "a", "extra_content": "no"]))
        let call = body([message])["messages"]?[0]?["tool_calls"]?[0]
        #expect(call?["extra_content"] == ["google": ["thought_signature": "xyz"]])
    }
}

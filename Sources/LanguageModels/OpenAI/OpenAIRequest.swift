import ServiceRuntime

/// The JSON body of one Chat Completions call.
struct OpenAIRequest {
    /// `ContentPart.opaque` parts of this provider: `{"call": id, "extra_content": …}`, which some services attach to
    /// a tool call and want back.
    static let opaqueProvider = "chat-completions"

    var model: String
    var request: ModelRequest
    var tokenLimitField: OpenAIConfiguration.TokenLimitField
    var reasoningEffort: String?

    var body: JSONValue {
        var members: [String: JSONValue] = [
            "model": .string(model),
            "stream": true,
            "stream_options": ["include_usage": true],
            "messages": .array(system + request.messages.flatMap(Self.entries)),
        ]
        if !request.tools.isEmpty { members["tools"] = .array(request.tools.map(Self.tool)) }
        if let limit = request.maximumOutputTokens {
            members[tokenLimitField.rawValue] = .integer(Int64(limit))
        }
        if let reasoningEffort { members["reasoning_effort"] = .string(reasoningEffort) }
        return .object(members)
    }

    private var system: [JSONValue] {
        request.instructions.isEmpty ? [] : [["role": "system", "content": .string(request.instructions)]]
    }

    private static func tool(_ definition: ToolDefinition) -> JSONValue {
        [
            "type": "function",
            "function": [
                "name": .string(definition.name), "description": .string(definition.description),
                "parameters": definition.parameters,
            ],
        ]
    }

    private static func entries(of message: Message) -> [JSONValue] {
        switch message.role {
        case .assistant: assistant(message)
        case .user: message.toolResults.map(toolEntry) + user(message)
        }
    }

    private static func assistant(_ message: Message) -> [JSONValue] {
        var extras: [String: JSONValue] = [:]
        for case .opaque(opaqueProvider, let value) in message.content {
            if let call = value["call"]?.string { extras[call] = value["extra_content"] }
        }
        let calls = message.toolCalls.map { call in
            var entry: [String: JSONValue] = [
                "id": .string(call.id), "type": "function",
                "function": ["name": .string(call.name), "arguments": .string(arguments(of: call))],
            ]
            entry["extra_content"] = extras[call.id]
            return JSONValue.object(entry)
        }
        guard !calls.isEmpty || !message.text.isEmpty else { return [] }
        var entry: [String: JSONValue] = ["role": "assistant"]
        entry["content"] = message.text.isEmpty ? .null : .string(message.text)
        if !calls.isEmpty { entry["tool_calls"] = .array(calls) }
        return [.object(entry)]
    }

    /// Several services parse the arguments they get back and refuse the request where they are no JSON object.
    private static func arguments(of call: ToolCall) -> String {
        guard call.arguments.object == nil else { return call.rawArguments }
        return JSONValue.object(["invalid_arguments": .string(call.rawArguments)]).encoded()
    }

    private static func toolEntry(_ result: ToolResult) -> JSONValue {
        let content = result.isError ? "Error: \(result.content)" : result.content
        return ["role": "tool", "tool_call_id": .string(result.callID), "content": .string(content)]
    }

    private static func user(_ message: Message) -> [JSONValue] {
        let parts: [JSONValue] = message.content.compactMap { part in
            switch part {
            case .text(let text):
                ["type": "text", "text": .string(text)]
            case .image(let mediaType, let base64):
                ["type": "image_url", "image_url": ["url": .string("data:\(mediaType);base64,\(base64)")]]
            case .file(let name, let mediaType, let base64):
                [
                    "type": "file",
                    "file": [
                        "filename": .string(name), "file_data": .string("data:\(mediaType);base64,\(base64)"),
                    ],
                ]
            case .toolCall, .toolResult, .opaque: nil
            }
        }
        guard !parts.isEmpty else { return [] }
        let isText = parts.allSatisfy { $0["type"] == "text" }
        return [["role": "user", "content": isText ? .string(message.text) : .array(parts)]]
    }
}

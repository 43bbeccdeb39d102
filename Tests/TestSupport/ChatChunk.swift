package import LanguageModels
package import ServiceRuntime

/// The chunks that a Chat Completions stream is made of.
package enum ChatChunk {
    package static func delta(_ delta: JSONValue) -> JSONValue {
        ["object": "chat.completion.chunk", "choices": [["index": 0, "delta": delta, "finish_reason": nil]]]
    }

    package static func finish(_ reason: String) -> JSONValue {
        [
            "object": "chat.completion.chunk",
            "choices": [["index": 0, "delta": [:], "finish_reason": .string(reason)]],
        ]
    }

    package static func usage(_ usage: Usage) -> JSONValue {
        ["object": "chat.completion.chunk", "choices": [], "usage": usage.chatCompletions]
    }

    /// The bytes of the event that carries a chunk.
    package static func event(_ chunk: JSONValue) -> [UInt8] {
        Array("data: \(chunk.encoded())\n\n".utf8)
    }
}

extension Usage {
    /// As Chat Completions writes it.
    package var chatCompletions: JSONValue {
        [
            "prompt_tokens": .integer(Int64(input)), "completion_tokens": .integer(Int64(output)),
            "total_tokens": .integer(Int64(total)),
            "prompt_tokens_details": ["cached_tokens": .integer(Int64(cachedInput))],
            "completion_tokens_details": ["reasoning_tokens": .integer(Int64(reasoning))],
        ]
    }
}

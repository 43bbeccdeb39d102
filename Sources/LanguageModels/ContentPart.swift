package import ServiceRuntime

/// A piece of a message.
package enum ContentPart: Sendable, Codable, Equatable {
    case text(String)
    /// The model asks for a tool (assistant messages).
    case toolCall(ToolCall)
    /// What the tool returned (user messages); carries the call's id.
    case toolResult(ToolResult)
    case image(mediaType: String, base64: String)
    case file(name: String, mediaType: String, base64: String)
    /// Provider data that must be sent back verbatim: thinking signatures, reasoning items.
    case opaque(provider: String, JSONValue)
}

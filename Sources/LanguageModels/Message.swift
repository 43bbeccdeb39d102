/// One entry of the conversation with a model.
package struct Message: Sendable, Codable, Equatable {
    package enum Role: String, Sendable, Codable {
        case user, assistant
    }

    package var role: Role
    package var content: [ContentPart]

    package init(role: Role, content: [ContentPart]) {
        self.role = role
        self.content = content
    }

    package static func user(_ text: String) -> Message { Message(role: .user, content: [.text(text)]) }
    package static func assistant(_ text: String) -> Message { Message(role: .assistant, content: [.text(text)]) }

    /// All text parts, joined.
    package var text: String {
        content.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined()
    }

    package var toolCalls: [ToolCall] {
        content.compactMap { if case .toolCall(let call) = $0 { call } else { nil } }
    }

    package var toolResults: [ToolResult] {
        content.compactMap { if case .toolResult(let result) = $0 { result } else { nil } }
    }
}

/// A model's turn: its message, what it cost and why it ended.
package struct ModelResponse: Sendable {
    package enum FinishReason: String, Sendable, Codable {
        case stop, toolCalls, length, refused
    }

    package var message: Message
    package var usage: Usage
    package var finishReason: FinishReason

    package init(message: Message, usage: Usage = Usage(), finishReason: FinishReason) {
        self.message = message
        self.usage = usage
        self.finishReason = finishReason
    }
}

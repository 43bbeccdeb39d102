package import FoundationEssentials

/// One entry of a conversation: a person's words or Dash's answer.
package struct Turn: Sendable, Codable {
    package enum Content: Sendable, Codable {
        case question(text: String, asker: Asker)
        case answer(Answer)
    }

    package var content: Content
    package var time: Date

    package init(content: Content, time: Date) {
        self.content = content
        self.time = time
    }
}

package import FoundationEssentials

/// What a person asked, wherever they asked it.
package struct Question: Sendable, Codable {
    /// Characters of a question that are read, as people count them; more is refused politely.
    package static let maximumLength = 8_000

    package static func isTooLong(_ text: String) -> Bool { text.count > maximumLength }

    package var text: String
    package var conversation: ConversationID
    package var asker: Asker
    package var origin: Origin
    package var askedAt: Date
    /// The same for every attempt to answer it, so that it stands in its conversation once; nil where there is one attempt.
    package var key: String?
    /// A guest or somebody of another organisation: nothing they say or cause applies to others.
    package var isByOutsider: Bool

    package init(
        text: String, conversation: ConversationID, asker: Asker, origin: Origin = .terminal, askedAt: Date,
        key: String? = nil, isByOutsider: Bool = false
    ) {
        self.text = text
        self.conversation = conversation
        self.asker = asker
        self.origin = origin
        self.askedAt = askedAt
        self.key = key
        self.isByOutsider = isByOutsider
    }
}

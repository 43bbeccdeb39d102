/// A conversation: a Slack thread, a terminal session. Unique over all surfaces, for example `slack:T1:C1:1700000000.1`.
package struct ConversationID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package var rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }
}

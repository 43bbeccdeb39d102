package import ServiceRuntime

/// A page of the conversations the app is in.
package struct SlackConversationPage: Sendable {
    package var conversations: [SlackConversation]
    /// nil on the last page.
    package var nextCursor: String?

    package init(json: JSONValue) {
        conversations = (json["channels"]?.array ?? []).prefix(1000).compactMap { channel in
            guard let id: SlackChannelID = channel["id"]?.identifier() else { return nil }
            return SlackConversation(id: id, json: channel)
        }
        nextCursor = json["response_metadata"]?["next_cursor"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}

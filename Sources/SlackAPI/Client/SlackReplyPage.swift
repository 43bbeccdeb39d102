package import ServiceRuntime

/// A page of messages, of a thread or of a conversation.
package struct SlackReplyPage: Sendable {
    package struct Message: Sendable {
        package var event: SlackEvent
        package var metadata: SlackMetadata?
        /// Of the thread that the message began, the newest reply.
        package var latestReply: SlackTimestamp?
    }

    package var messages: [Message]
    /// nil on the last page.
    package var nextCursor: String?

    package init(json: JSONValue) {
        messages = (json["messages"]?.array ?? []).prefix(1000).map { message in
            Message(
                event: SlackEvent(message), metadata: message["metadata"].flatMap(SlackMetadata.init(json:)),
                latestReply: message["latest_reply"]?.identifier())
        }
        nextCursor = json["response_metadata"]?["next_cursor"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
}

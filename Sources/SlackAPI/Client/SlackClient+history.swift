import ServiceRuntime

extension SlackClient {
    /// One page of the conversations of these kinds that the app is in, archived ones left out.
    package func conversations(
        of kinds: [SlackConversation.Kind], limit: Int = 200, cursor: String? = nil, timeout: Duration = .seconds(10)
    ) async throws -> SlackConversationPage {
        var arguments = [
            ("types", kinds.map(\.rawValue).joined(separator: ",")), ("exclude_archived", "true"),
            ("limit", String(limit)),
        ]
        if let cursor { arguments.append(("cursor", cursor)) }
        let reply = try await read("users.conversations", arguments, timeout: timeout)
        return SlackConversationPage(json: reply.body)
    }

    /// One page of a conversation's messages outside threads, newest first; a thread's first message is one of them.
    package func history(
        of channel: SlackChannelID, oldest: SlackTimestamp, limit: Int = 200, cursor: String? = nil,
        timeout: Duration = .seconds(10)
    ) async throws -> SlackReplyPage {
        var arguments = [
            ("channel", channel.rawValue), ("oldest", oldest.rawValue), ("limit", String(limit)), ("inclusive", "true"),
        ]
        if let cursor { arguments.append(("cursor", cursor)) }
        let reply = try await read("conversations.history", arguments, timeout: timeout)
        return SlackReplyPage(json: reply.body)
    }
}

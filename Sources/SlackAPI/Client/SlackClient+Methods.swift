package import HTTP
import ServiceRuntime

extension SlackClient {
    /// Who the token is and what it may do.
    package func authTest() async throws -> SlackIdentity {
        let reply = try await read("auth.test", [])
        guard let user: SlackUserID = reply.body["user_id"]?.identifier() else {
            throw SlackError(.refused("no_user_id"), method: "auth.test")
        }
        return SlackIdentity(
            user: user, botID: reply.body["bot_id"]?.string, team: reply.body["team_id"]?.identifier(),
            enterprise: reply.body["enterprise_id"]?.identifier(), scopes: reply.scopes)
    }

    /// Posts into a channel or thread and returns the message's time stamp. Not idempotent.
    package func postMessage(
        _ message: SlackMessage, to channel: SlackChannelID, thread: SlackTimestamp?,
        metadata: SlackMetadata? = nil, timeout: Duration = .seconds(10), dispatch: HTTPDispatch = HTTPDispatch()
    ) async throws -> SlackTimestamp {
        var arguments = message.arguments(metadata: metadata)
        arguments["channel"] = .string(channel.rawValue)
        if let thread { arguments["thread_ts"] = .string(thread.rawValue) }
        let reply = try await call("chat.postMessage", arguments, timeout: timeout, dispatch: dispatch)
        guard let ts: SlackTimestamp = reply.body["ts"]?.identifier() else {
            throw SlackError(.ambiguous, method: "chat.postMessage", details: ["the answer has no ts"])
        }
        return ts
    }

    /// Replaces the content of a message of ours. Idempotent.
    package func update(
        _ message: SlackMessage, in channel: SlackChannelID, ts: SlackTimestamp, metadata: SlackMetadata? = nil,
        timeout: Duration = .seconds(10), dispatch: HTTPDispatch = HTTPDispatch()
    ) async throws {
        var arguments = message.arguments(metadata: metadata)
        arguments["channel"] = .string(channel.rawValue)
        arguments["ts"] = .string(ts.rawValue)
        // Without the field Slack would keep the blocks of the message that is replaced.
        arguments["blocks"] = .array(message.blocks.map(\.json))
        _ = try await call("chat.update", arguments, timeout: timeout, dispatch: dispatch)
    }

    /// Shows `status` under the thread's composer; an empty one clears it.
    package func setStatus(
        _ status: SlackPlainText, in channel: SlackChannelID, thread: SlackTimestamp, timeout: Duration = .seconds(3)
    ) async throws {
        _ = try await call(
            "assistant.threads.setStatus",
            [
                "channel_id": .string(channel.rawValue), "thread_ts": .string(thread.rawValue),
                "status": .string(status.text),
            ], timeout: timeout)
    }

    package func userInfo(_ user: SlackUserID, timeout: Duration = .seconds(3)) async throws -> SlackUser {
        let reply = try await read("users.info", [("user", user.rawValue)], timeout: timeout)
        guard let json = reply.body["user"] else { throw SlackError(.refused("no_user"), method: "users.info") }
        return SlackUser(id: user, json: json)
    }

    /// What a channel is now, whoever is asking.
    package func conversationInfo(
        _ channel: SlackChannelID, timeout: Duration = .seconds(3)
    ) async throws -> SlackConversation {
        let reply = try await read("conversations.info", [("channel", channel.rawValue)], timeout: timeout)
        guard let json = reply.body["channel"] else {
            throw SlackError(.refused("no_channel"), method: "conversations.info")
        }
        return SlackConversation(id: channel, json: json)
    }

    /// One page of a thread, oldest first, with metadata.
    package func replies(
        in channel: SlackChannelID, thread: SlackTimestamp, oldest: SlackTimestamp? = nil, limit: Int = 200,
        cursor: String? = nil, timeout: Duration = .seconds(10)
    ) async throws -> SlackReplyPage {
        var arguments = [
            ("channel", channel.rawValue), ("ts", thread.rawValue), ("limit", String(limit)),
            ("include_all_metadata", "true"), ("inclusive", "true"),
        ]
        if let oldest { arguments.append(("oldest", oldest.rawValue)) }
        if let cursor { arguments.append(("cursor", cursor)) }
        let reply = try await read("conversations.replies", arguments, timeout: timeout)
        return SlackReplyPage(json: reply.body)
    }
}

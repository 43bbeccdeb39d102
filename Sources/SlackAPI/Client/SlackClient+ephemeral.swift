import ServiceRuntime

extension SlackClient {
    /// Shows a message to one person only, once; it is gone when they reload. Not idempotent.
    package func postEphemeral(
        _ message: SlackMessage, to user: SlackUserID, in channel: SlackChannelID, thread: SlackTimestamp?,
        timeout: Duration = .seconds(5)
    ) async throws {
        var arguments = message.arguments(metadata: nil)
        arguments["channel"] = .string(channel.rawValue)
        arguments["user"] = .string(user.rawValue)
        if let thread { arguments["thread_ts"] = .string(thread.rawValue) }
        _ = try await call("chat.postEphemeral", arguments, timeout: timeout)
    }
}

package import ServiceRuntime

/// The inner event of a delivery, as far as messages need it.
package struct SlackEvent: Sendable {
    package enum ChannelType: String, Sendable {
        case channel, group, im, mpim
    }

    /// What an edit made of a message, and the text it had before.
    package struct Edit: Sendable {
        package var message: JSONValue
        package var before: String
    }

    /// The message that is gone, and the thread it was in.
    package struct Deletion: Sendable {
        package var ts: SlackTimestamp
        package var thread: SlackTimestamp
    }

    package var type: String
    package var subtype: String?
    package var channel: SlackChannelID?
    package var channelType: ChannelType?
    package var user: SlackUserID?
    package var botID: String?
    /// The team of the person who wrote; differs from ours in shared channels.
    package var userTeam: SlackTeamID?
    package var ts: SlackTimestamp?
    package var threadTS: SlackTimestamp?
    package var text: String
    package var isHidden: Bool
    /// Of `message_changed`.
    package var edit: Edit?
    /// Of `message_deleted`.
    package var deletion: Deletion?

    package init(_ json: JSONValue) {
        type = json["type"]?.string ?? ""
        subtype = json["subtype"]?.string
        channel = json["channel"]?.identifier()
        channelType = json["channel_type"]?.string.flatMap(ChannelType.init)
        user = json["user"]?.identifier()
        botID = json["bot_id"]?.string ?? json["bot_profile"]?["id"]?.string
        userTeam = json["user_team"]?.identifier() ?? json["team"]?.identifier()
        ts = json["ts"]?.identifier()
        threadTS = json["thread_ts"]?.identifier()
        text = json["text"]?.string ?? ""
        isHidden = json["hidden"]?.bool ?? false
        if subtype == "message_changed", let message = json["message"] {
            edit = Edit(message: message, before: json["previous_message"]?["text"]?.string ?? "")
        }
        if subtype == "message_deleted", let deleted: SlackTimestamp = json["deleted_ts"]?.identifier() {
            deletion = Deletion(ts: deleted, thread: json["previous_message"]?["thread_ts"]?.identifier() ?? deleted)
        }
    }
}

package import ServiceRuntime

/// A click or a submitted form.
package struct SlackInteraction: Sendable {
    package struct Action: Sendable {
        package var actionID: String
        package var blockID: String?
        package var value: String?
        package var actionTS: String?
    }

    package var type: String
    package var user: SlackUserID?
    package var userName: String?
    package var team: SlackTeamID?
    /// The workspace of the person, and the organisation of the app's workspace.
    package var userTeam: SlackTeamID?
    package var enterprise: SlackTeamID?
    package var channel: SlackChannelID?
    package var messageTS: SlackTimestamp?
    package var threadTS: SlackTimestamp?
    package var triggerID: String?
    package var responseURL: String?
    package var actions: [Action]

    package init(_ json: JSONValue) throws(SlackPayloadError) {
        guard let type = json["type"]?.string, !type.isEmpty else {
            throw SlackPayloadError("an interaction without a type")
        }
        self.type = type
        user = json["user"]?["id"]?.identifier()
        userName = (json["user"]?["name"] ?? json["user"]?["username"])?.string.map { String($0.prefix(80)) }
        // In an installation for a whole organisation `team` is null.
        team = json["team"]?["id"]?.identifier() ?? json["user"]?["team_id"]?.identifier()
        userTeam = json["user"]?["team_id"]?.identifier()
        enterprise = json["enterprise"]?["id"]?.identifier()
        channel = json["channel"]?["id"]?.identifier() ?? json["container"]?["channel_id"]?.identifier()
        messageTS = json["message"]?["ts"]?.identifier() ?? json["container"]?["message_ts"]?.identifier()
        threadTS = json["message"]?["thread_ts"]?.identifier() ?? json["container"]?["thread_ts"]?.identifier()
        triggerID = json["trigger_id"]?.string
        responseURL = json["response_url"]?.string
        actions = (json["actions"]?.array ?? []).prefix(25).compactMap { action in
            guard let id = action["action_id"]?.string else { return nil }
            return Action(
                actionID: id, blockID: action["block_id"]?.string,
                value: action["value"]?.string ?? action["selected_option"]?["value"]?.string,
                actionTS: action["action_ts"]?.string)
        }
    }
}

package import ServiceRuntime

/// A person, as far as Dash needs to know.
package struct SlackUser: Sendable, Equatable {
    package var id: SlackUserID
    package var displayName: String?
    package var timeZone: String?
    package var isBot: Bool
    package var isDeactivated: Bool
    /// A guest, of one channel or of several.
    package var isGuest: Bool
    /// Of another organisation, by Slack's own word.
    package var isStranger: Bool
    /// The workspace and the organisation of the person; nil where Slack does not say.
    package var team: SlackTeamID?
    package var enterprise: SlackTeamID?

    package init(id: SlackUserID, json: JSONValue) {
        self.id = id
        let names = [
            json["profile"]?["display_name"], json["profile"]?["real_name"], json["real_name"], json["name"],
        ]
        displayName = names.lazy.compactMap { $0?.string }.first { !$0.isEmpty }.map {
            // A name is shown to models: no line of it may look like one of theirs.
            String(VisibleText.clean($0).map { $0.isNewline ? " " : $0 }.prefix(80))
        }
        timeZone = json["tz"]?.string
        isBot = json["is_bot"]?.bool ?? false
        isDeactivated = json["deleted"]?.bool ?? false
        isGuest = json["is_restricted"]?.bool == true || json["is_ultra_restricted"]?.bool == true
        isStranger = json["is_stranger"]?.bool ?? false
        team = json["team_id"]?.identifier() ?? json["profile"]?["team"]?.identifier()
        enterprise = json["enterprise_user"]?["enterprise_id"]?.identifier()
    }
}

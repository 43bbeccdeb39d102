package import ServiceRuntime

/// A channel, as far as it matters who reads it.
package struct SlackConversation: Sendable, Equatable {
    /// As `users.conversations` names the kinds.
    package enum Kind: String, Sendable, CaseIterable {
        case publicChannel = "public_channel"
        case privateChannel = "private_channel"
        case groupMessage = "mpim"
        case directMessage = "im"

        /// The scope that lists such conversations.
        package var listScope: String { "\(scope):read" }
        /// The scope that reads their messages.
        package var historyScope: String { "\(scope):history" }

        private var scope: String {
            switch self {
            case .publicChannel: "channels"
            case .privateChannel: "groups"
            case .groupMessage: "mpim"
            case .directMessage: "im"
            }
        }
    }

    package var id: SlackChannelID
    /// People of another organisation read it, or one of the two ends of a direct message is theirs.
    package var isExternallyShared: Bool
    /// The workspaces whose people read it, as far as Slack names them.
    package var teams: Set<SlackTeamID>

    package init(id: SlackChannelID, json: JSONValue) {
        self.id = id
        isExternallyShared = json["is_ext_shared"]?.bool ?? false
        let lists = ["shared_team_ids", "connected_team_ids", "internal_team_ids"]
        let named = lists.flatMap { (json[$0]?.array ?? []).prefix(1_000) }
        teams = Set(named.compactMap { $0.identifier() })
    }
}

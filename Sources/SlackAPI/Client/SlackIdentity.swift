/// Who a token is.
package struct SlackIdentity: Sendable, Equatable {
    package var user: SlackUserID
    package var botID: String?
    package var team: SlackTeamID?
    /// The organisation the workspace belongs to, on Enterprise Grid.
    package var enterprise: SlackTeamID?
    /// nil where Slack did not name them.
    package var scopes: Set<String>?

    package init(
        user: SlackUserID, botID: String? = nil, team: SlackTeamID? = nil, enterprise: SlackTeamID? = nil,
        scopes: Set<String>? = nil
    ) {
        self.user = user
        self.botID = botID
        self.team = team
        self.enterprise = enterprise
        self.scopes = scopes
    }
}

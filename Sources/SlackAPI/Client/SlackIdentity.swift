/// Who a token is.
package struct SlackIdentity: Sendable, Equatable {
    package var user: SlackUserID
    package var botID: String?
    package var team: SlackTeamID?
    /// nil where Slack did not name them.
    package var scopes: Set<String>?

    package init(user: SlackUserID, botID: String? = nil, team: SlackTeamID? = nil, scopes: Set<String>? = nil) {
        self.user = user
        self.botID = botID
        self.team = team
        self.scopes = scopes
    }
}

import Dash
import SlackAPI

/// A click on one of the buttons under a confirmation, as the signed payload has it.
struct ConfirmationClick: Sendable, Equatable {
    static let approve = "dash_confirm_approve"
    static let decline = "dash_confirm_decline"

    var id: ConfirmationID
    var decision: Confirmation.Decision
    var user: SlackUserID
    /// What Slack calls them; only to be shown.
    var userName: String?
    var team: SlackTeamID
    var userTeam: SlackTeamID?
    var enterprise: SlackTeamID?
    var channel: SlackChannelID
    var thread: SlackTimestamp?

    /// Nil for anything else that people click on.
    init?(_ interaction: SlackInteraction) {
        guard interaction.type == "block_actions", let action = interaction.actions.first,
            let id = action.value.flatMap({ ConfirmationID($0) }), let user = interaction.user,
            let team = interaction.team, let channel = interaction.channel
        else { return nil }
        switch action.actionID {
        case Self.approve: decision = .approved
        case Self.decline: decision = .declined
        default: return nil
        }
        self.id = id
        self.user = user
        userName = interaction.userName
        self.team = team
        userTeam = interaction.userTeam
        enterprise = interaction.enterprise
        self.channel = channel
        thread = interaction.threadTS
    }

    /// As askers are named.
    var person: String { "slack:\(team):\(user)" }
}

package import SlackAPI

/// Who wants something of Dash, and where, by a signed request of Slack.
package struct SlackRequester: Sendable, Equatable {
    package var user: SlackUserID
    package var team: SlackTeamID
    package var channel: SlackChannelID
    package var isDirect: Bool
    /// The organisation of the workspace, the person's workspace, and whether others read the channel; nil where the
    /// request does not say.
    package var enterprise: SlackTeamID?
    package var userTeam: SlackTeamID?
    package var isExternallyShared: Bool?
}

extension SlackQuestion {
    package var requester: SlackRequester {
        SlackRequester(
            user: user, team: team, channel: channel, isDirect: isDirect, enterprise: enterprise, userTeam: userTeam,
            isExternallyShared: isExternallyShared)
    }
}

extension ConfirmationClick {
    /// - Parameter organisation: what the token's workspace belongs to, where the click does not say.
    func requester(in organisation: SlackTeamID?) -> SlackRequester {
        SlackRequester(
            user: user, team: team, channel: channel, isDirect: channel.isDirectMessage,
            enterprise: enterprise ?? organisation, userTeam: userTeam)
    }
}

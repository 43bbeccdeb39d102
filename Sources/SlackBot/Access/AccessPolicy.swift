package import SlackAPI

/// Who may ask, and where answers may be shown. What the signed event and Slack itself say counts, never a text.
///
/// By default members of the workspace's own organisation may ask, in channels that only it reads.
package struct AccessPolicy: Sendable, Equatable {
    /// Other workspaces whose people may ask, and may read what is answered in channels shared with them.
    package var teams: Set<SlackTeamID> = []
    /// Where it is not empty, nobody else may ask; who is listed may, as a guest or of another organisation too.
    package var users: Set<SlackUserID> = []
    /// Where it is not empty, Dash answers in these channels and in direct messages only; a listed one may be shared.
    package var channels: Set<SlackChannelID> = []
    package var allowsGuests = false
    /// Lets in every other organisation, and answers in every shared channel.
    package var allowsExternal = false

    package init() {}

    package enum Verdict: Sendable, Equatable {
        /// What an outsider says applies to themselves only.
        case allowed(isOutsider: Bool)
        case refused(Refusal)
    }

    package enum Refusal: String, Sendable, Equatable {
        case bot, deactivated, guest, external, sharedChannel, channel, user

        /// Nobody reads an answer to a bot, and two of them could talk for ever.
        var isSilent: Bool { self == .bot || self == .deactivated }
    }

    /// `conversation` is needed where the request says that the channel is shared and `teams` are allowed, and where it
    /// does not say whether it is. `isApprover`: the person is named for decisions, so that the list of users, which is
    /// about questions, does not keep them out; everything else does.
    package func verdict(
        for requester: SlackRequester, by user: SlackUser, in conversation: SlackConversation? = nil,
        isApprover: Bool = false
    ) -> Verdict {
        if user.isBot { return .refused(.bot) }
        if user.isDeactivated { return .refused(.deactivated) }
        let isListed = users.contains(requester.user)
        guard users.isEmpty || isListed || isApprover else { return .refused(.user) }
        let isExternal = isExternal(user, requester)
        if isExternal, !isListed, !allowsExternal, !isAllowedTeam(user, requester) { return .refused(.external) }
        if user.isGuest, !isListed, !allowsGuests { return .refused(.guest) }
        guard channels.isEmpty || requester.isDirect || channels.contains(requester.channel) else {
            return .refused(.channel)
        }
        if requester.isExternallyShared == true || conversation?.isExternallyShared == true,
            !maySee(requester.channel, conversation, own: [requester.team, requester.enterprise].compactMap(\.self))
        {
            return .refused(.sharedChannel)
        }
        return .allowed(isOutsider: isExternal || user.isGuest)
    }

    /// Whether an answer may stand in a channel that people of other organisations read.
    package func maySee(
        _ channel: SlackChannelID, _ conversation: SlackConversation?, own: [SlackTeamID]
    ) -> Bool {
        if allowsExternal || channels.contains(channel) { return true }
        guard let readers = conversation?.teams.subtracting(own), !readers.isEmpty else { return false }
        return readers.isSubset(of: teams)
    }

    /// Slack's word about the person; where it names no workspace, the request's.
    private func isExternal(_ user: SlackUser, _ requester: SlackRequester) -> Bool {
        if user.isStranger { return true }
        let own = [requester.team, requester.enterprise].compactMap(\.self)
        if let enterprise = user.enterprise, let home = requester.enterprise { return enterprise != home }
        let teams = [user.team, requester.userTeam].compactMap(\.self)
        guard teams.contains(where: { !own.contains($0) }) else { return false }
        // Another workspace of one's own organisation writes in channels that are not shared with others.
        return requester.enterprise == nil || requester.isExternallyShared == true
    }

    private func isAllowedTeam(_ user: SlackUser, _ requester: SlackRequester) -> Bool {
        [user.team, user.enterprise, requester.userTeam].contains { $0.map(teams.contains) ?? false }
    }
}

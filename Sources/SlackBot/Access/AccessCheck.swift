import ServiceRuntime
import SlackAPI

/// Asks Slack what the policy needs to know about a person and a channel.
package struct AccessCheck: Sendable {
    private let policy: AccessPolicy
    private let users: UserDirectory
    private let channels: ChannelDirectory

    package init(policy: AccessPolicy, users: UserDirectory, channels: ChannelDirectory) {
        self.policy = policy
        self.users = users
        self.channels = channels
    }

    /// Throws where Slack cannot be asked for now; then nobody may assume anything.
    func verdict(
        for question: SlackQuestion, _ installation: SlackInstallation
    ) async throws -> AccessPolicy.Verdict {
        guard let user = try await user(question.user, in: question.team, installation) else {
            return .refused(.external)
        }
        var conversation: SlackConversation?
        if question.isExternallyShared == true, !policy.teams.isEmpty,
            case .known(let found) = try await channels.conversation(
                question.channel, in: question.team, installation)
        {
            conversation = found
        }
        return policy.verdict(for: question.requester, by: user, in: conversation)
    }

    /// As above about a click, which does not say whether others read the channel.
    func verdict(
        for click: ConfirmationClick, isApprover: Bool, _ installation: SlackInstallation
    ) async throws -> AccessPolicy.Verdict {
        guard let user = try await user(click.user, in: click.team, installation) else { return .refused(.external) }
        var requester = click.requester(in: installation.identity?.enterprise)
        var conversation: SlackConversation?
        // Where Slack does not say, the click counts by who it is; what it leads to is not shown there.
        if !requester.isDirect,
            case .known(let found) = try await channels.conversation(click.channel, in: click.team, installation)
        {
            conversation = found
            requester.isExternallyShared = found.isExternallyShared
        }
        return policy.verdict(for: requester, by: user, in: conversation, isApprover: isApprover)
    }

    /// Somebody whom our own workspace does not know is a stranger where strangers may ask, else nil.
    private func user(
        _ id: SlackUserID, in team: SlackTeamID, _ installation: SlackInstallation
    ) async throws -> SlackUser? {
        do {
            return try await users.user(id, in: team, installation)
        } catch let error as SlackError where error.isUnknownUser {
            return policy.allowsExternal ? SlackUser(id: id, json: ["is_stranger": true]) : nil
        }
    }

    /// Whether company data may stand in a channel now.
    enum Showing: Sendable {
        case allowed
        /// People of other organisations read it.
        case shared
        /// Slack does not say who reads it.
        case unknown(SlackError)
    }

    /// Throws where Slack cannot be asked for now.
    func showing(in destination: SlackDestination, _ installation: SlackInstallation) async throws -> Showing {
        // Who is in a direct message does not change, and what settings allow needs no asking.
        if destination.channel.isDirectMessage || policy.maySee(destination.channel, nil, own: []) { return .allowed }
        switch try await channels.conversation(destination.channel, in: destination.team, installation) {
        case .unknown(let error): return .unknown(error)
        case .known(let conversation) where !conversation.isExternallyShared: return .allowed
        case .known(let conversation):
            let own = [destination.team, installation.identity?.team, installation.identity?.enterprise]
                .compactMap(\.self)
            return policy.maySee(destination.channel, conversation, own: own) ? .allowed : .shared
        }
    }
}

extension SlackError {
    fileprivate var isUnknownUser: Bool {
        if case .refused(let name) = code { ["user_not_found", "user_not_visible"].contains(name) } else { false }
    }
}

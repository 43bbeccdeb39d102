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
        if question.isExternallyShared == true, !policy.teams.isEmpty {
            conversation = try await channels.conversation(question.channel, in: question.team, installation)
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
        if !requester.isDirect {
            conversation = try await channels.conversation(click.channel, in: click.team, installation)
            requester.isExternallyShared = conversation?.isExternallyShared
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

    /// Whether what was asked may still be shown in the channel; throws where Slack cannot be asked for now.
    func mayShow(in destination: SlackDestination, _ installation: SlackInstallation) async throws -> Bool {
        // Who is in a direct message does not change.
        guard !destination.channel.isDirectMessage,
            let conversation = try await channels.conversation(destination.channel, in: destination.team, installation)
        else { return true }
        guard conversation.isExternallyShared else { return true }
        let own = [destination.team, installation.identity?.team, installation.identity?.enterprise].compactMap(\.self)
        return policy.maySee(destination.channel, conversation, own: own)
    }
}

extension SlackError {
    fileprivate var isUnknownUser: Bool {
        if case .refused(let name) = code { ["user_not_found", "user_not_visible"].contains(name) } else { false }
    }
}

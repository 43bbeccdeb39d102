import ServiceRuntime
package import SlackAPI

/// Who people are, asked for anew after a few minutes.
package final class UserDirectory: Sendable {
    private struct Entry {
        var user: SlackUser
        var expires: ContinuousClock.Instant
    }

    private struct Key: Hashable {
        var team: SlackTeamID
        var user: SlackUserID
    }

    private static let capacity = 10_000
    private let lifetime: Duration
    private let entries = Locked<[Key: Entry]>([:])

    package init(lifetime: Duration = .seconds(300)) {
        self.lifetime = lifetime
    }

    /// Who somebody is by Slack's word, at most a few minutes old. Throws where Slack does not tell.
    package func user(
        _ id: SlackUserID, in team: SlackTeamID, _ installation: SlackInstallation
    ) async throws -> SlackUser {
        let key = Key(team: team, user: id)
        if let known = entries.withLock({ $0[key] }), known.expires > .now { return known.user }
        let user = try await installation.client.userInfo(id, timeout: .seconds(3))
        entries.withLock { entries in
            if entries.count >= Self.capacity { entries.removeAll() }
            entries[key] = Entry(user: user, expires: .now + lifetime)
        }
        return user
    }

    /// What is known without asking.
    package func knownName(of user: SlackUserID, in team: SlackTeamID) -> String? {
        entries.withLock { $0[Key(team: team, user: user)]?.user.displayName }
    }
}

package import ServiceRuntime
package import SlackAPI

/// Names of people, asked for once an hour; best effort.
package final class UserDirectory: Sendable {
    private struct Entry {
        var name: String?
        var expires: ContinuousClock.Instant
    }

    private struct Key: Hashable {
        var team: SlackTeamID
        var user: SlackUserID
    }

    private static let capacity = 10_000
    private let entries = Locked<[Key: Entry]>([:])
    private let logger: Logger

    package init(logger: Logger) {
        self.logger = logger
    }

    package func name(of user: SlackUserID, in team: SlackTeamID, _ installation: SlackInstallation) async -> String? {
        let key = Key(team: team, user: user)
        let known = entries.withLock { $0[key] }
        if let known, known.expires > .now { return known.name }
        guard installation.mayHave(scope: "users:read") else { return nil }
        do {
            let name = try await installation.client.userInfo(user, timeout: .seconds(1)).displayName
            keep(Entry(name: name, expires: .now + .seconds(3600)), for: key)
            return name
        } catch {
            logger.debug("a name cannot be looked up", ["error": "\(error)"])
            keep(Entry(name: known?.name, expires: .now + .seconds(60)), for: key)
            return known?.name
        }
    }

    /// What is known without asking.
    package func knownName(of user: SlackUserID, in team: SlackTeamID) -> String? {
        entries.withLock { $0[Key(team: team, user: user)]?.name }
    }

    private func keep(_ entry: Entry, for key: Key) {
        entries.withLock { entries in
            if entries.count >= Self.capacity { entries.removeAll() }
            entries[key] = entry
        }
    }
}

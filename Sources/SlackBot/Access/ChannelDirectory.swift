package import ServiceRuntime
import SlackAPI

/// Whether channels are shared with other organisations, asked for anew after a few seconds.
package final class ChannelDirectory: Sendable {
    private struct Entry {
        var conversation: SlackConversation
        var expires: ContinuousClock.Instant
    }

    private struct Key: Hashable {
        var team: SlackTeamID
        var channel: SlackChannelID
    }

    private static let capacity = 10_000
    private let lifetime: Duration
    private let entries = Locked<[Key: Entry]>([:])
    private let hasWarned = Locked(false)
    private let logger: Logger

    package init(lifetime: Duration = .seconds(10), logger: Logger) {
        self.lifetime = lifetime
        self.logger = logger
    }

    /// nil where Slack does not tell: the app lacks the scope, or is not in the channel. Throws where it cannot be asked
    /// for now.
    func conversation(
        _ channel: SlackChannelID, in team: SlackTeamID, _ installation: SlackInstallation
    ) async throws -> SlackConversation? {
        let key = Key(team: team, channel: channel)
        if let known = entries.withLock({ $0[key] }), known.expires > .now { return known.conversation }
        do {
            let found = try await installation.client.conversationInfo(channel)
            entries.withLock { entries in
                if entries.count >= Self.capacity { entries.removeAll() }
                entries[key] = Entry(conversation: found, expires: .now + lifetime)
            }
            return found
        } catch let error as SlackError {
            guard case .refused(let name) = error.code else { throw error }
            if ["missing_scope", "no_permission", "unknown_method"].contains(name) {
                let isFirst = hasWarned.withLock { hasWarned in
                    defer { hasWarned = true }
                    return !hasWarned
                }
                if isFirst {
                    logger.warning(
                        "Slack does not say whether channels are shared; add channels:read, groups:read and mpim:read",
                        ["error": name])
                }
            }
            return nil
        }
    }
}

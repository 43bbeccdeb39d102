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
    private let warned = Locked<Set<String>>([])
    private let logger: Logger

    package init(lifetime: Duration = .seconds(10), logger: Logger) {
        self.lifetime = lifetime
        self.logger = logger
    }

    enum Finding: Sendable {
        case known(SlackConversation)
        /// Slack does not tell: the app lacks a scope, or is not in the channel. Then nobody may assume anything.
        case unknown(SlackError)
    }

    /// Throws where Slack cannot be asked for now.
    func conversation(
        _ channel: SlackChannelID, in team: SlackTeamID, _ installation: SlackInstallation
    ) async throws -> Finding {
        let key = Key(team: team, channel: channel)
        if let known = entries.withLock({ $0[key] }), known.expires > .now { return .known(known.conversation) }
        do {
            let found = try await installation.client.conversationInfo(channel)
            entries.withLock { entries in
                if entries.count >= Self.capacity { entries.removeAll() }
                entries[key] = Entry(conversation: found, expires: .now + lifetime)
            }
            return .known(found)
        } catch let error as SlackError {
            guard case .refused(let name) = error.code, error.reaction != .retry, error.reaction != .mendToken else {
                throw error
            }
            if warned.withLock({ $0.count < 100 && $0.insert(name).inserted }) {
                logger.warning(
                    """
                    Slack does not say whether a channel is shared, so nothing is shown there; the app needs channels:read, \
                    groups:read and mpim:read, and a private channel has to invite it
                    """,
                    ["error": "\(error)", "channel": channel.rawValue])
            }
            return .unknown(error)
        }
    }
}

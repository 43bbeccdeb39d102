package import ServiceRuntime
package import SlackAPI

/// The one workspace whose token is in the settings. Asks Slack at start who the token is, as often as it takes.
package final class SingleInstallation: SlackInstallations, Service {
    /// Without these, questions cannot be read or answered; without the last three not in every kind of channel.
    package static let requiredScopes: Set<String> = [
        "app_mentions:read", "chat:write", "im:history", "users:read", "channels:read", "groups:read", "mpim:read",
    ]

    private let client: SlackClient
    private let identity = Locked<SlackIdentity?>(nil)
    private let backoff = Backoff(initial: .seconds(1), maximum: .seconds(60))
    private let logger: Logger

    package init(client: SlackClient, logger: Logger) {
        self.client = client
        self.logger = logger
    }

    package func installation(for team: SlackTeamID) -> SlackInstallation? {
        SlackInstallation(client: client, identity: identity.withLock { $0 })
    }

    package var teams: [SlackTeamID] { [identity.withLock { $0?.team }].compactMap(\.self) }

    /// Who the token is; nil until Slack has been reached.
    package var current: SlackIdentity? { identity.withLock { $0 } }

    package func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { await self.identify() }
        } catch is CancellationError {
            return
        }
        await gracefulShutdown()
    }

    private func identify() async {
        var attempt = 0
        while !Task.isCancelled {
            do {
                let found = try await client.authTest()
                identity.withLock { $0 = found }
                logger.info("connected to Slack", ["user": "\(found.user)", "team": found.team?.rawValue ?? ""])
                let missing = Self.requiredScopes.subtracting(found.scopes ?? Self.requiredScopes)
                if !missing.isEmpty {
                    logger.error(
                        "the Slack app lacks permissions; add them under OAuth & Permissions and install it again",
                        ["scopes": missing.sorted().joined(separator: ",")])
                }
                return
            } catch {
                attempt += 1
                guard !Task.isCancelled else { return }
                if (error as? SlackError)?.reaction == .mendToken {
                    logger.error("Slack does not accept the token; set SLACK_TOKEN", ["error": "\(error)"])
                } else {
                    logger.warning("Slack cannot be asked who the token is", ["error": "\(error)"])
                }
                try? await Task.sleep(for: backoff.delay(afterAttempt: attempt))
            }
        }
    }
}

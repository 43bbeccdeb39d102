package import Jobs
package import ServiceRuntime
import SlackAPI

/// Finds questions whose events never came, in the history of conversations and threads; on one replica at a time.
///
/// A round is due when this replica becomes the one, after an outage, and every few minutes.
package final class HistoryCatchUp: Sendable {
    package static let lease: LeaseName = "slack.catch-up"

    private struct State {
        var term: Int64?
        /// Workspaces whose next round waits for nothing.
        var begun: Set<SlackTeamID> = []
    }

    private let store: CatchUpStore
    private let events: EventStore
    private let installations: any SlackInstallations
    private let options: CatchUpOptions
    private let state = Locked(State())
    /// Kinds of conversations that cannot be read, so that each is told of once.
    private let told = Locked<Set<SlackConversation.Kind>>([])
    private let logger: Logger

    package init(
        store: CatchUpStore, events: EventStore, installations: any SlackInstallations, options: CatchUpOptions,
        logger: Logger
    ) {
        self.store = store
        self.events = events
        self.installations = installations
        self.options = options
        self.logger = logger
    }

    /// To be called every tick while the lease is held. After an error the next call begins a round.
    package func tick(_ lease: Lease) async throws {
        for team in installations.teams {
            guard let installation = installations.installation(for: team), let identity = installation.identity else {
                continue
            }
            let isForced = state.withLock { state in
                if state.term != lease.term { state = State(term: lease.term) }
                return !state.begun.contains(team)
            }
            do {
                guard let round = try await store.begin(team, isForced: isForced, options) else { continue }
                state.withLock { _ = $0.begun.insert(team) }
                try await CatchUpRound(
                    team: team, client: installation.client, identity: identity, round: round,
                    kinds: kinds(installation),
                    calls: CatchUpCalls(options), store: store, events: events, options: options, logger: logger
                ).run()
            } catch {
                state.withLock { _ = $0.begun.remove(team) }
                throw error
            }
        }
    }

    /// What the app may list and read; tells once of what it may not.
    private func kinds(_ installation: SlackInstallation) -> [SlackConversation.Kind] {
        SlackConversation.Kind.allCases.filter { kind in
            let missing = [kind.listScope, kind.historyScope].filter { !installation.mayHave(scope: $0) }
            if !missing.isEmpty, told.withLock({ $0.insert(kind).inserted }) {
                logger.notice(
                    "questions missed during an outage are not found in this kind of conversation",
                    ["kind": kind.rawValue, "scopes": missing.joined(separator: ",")])
            }
            return missing.isEmpty
        }
    }
}

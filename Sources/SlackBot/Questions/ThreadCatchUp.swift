package import ServiceRuntime
import SlackAPI

/// Recovers replies that came in before their thread was known: events arrive in any order, and a reply without a
/// mention is nothing to Dash until the thread's first question has been accepted.
package struct ThreadCatchUp: Sendable {
    private let store: EventStore
    private let logger: Logger

    package init(store: EventStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    private static let attempts = 5

    /// Accepts what people wrote in the thread after its first question. Whoever runs that question again does so again.
    ///
    /// To be awaited before the question is closed: a reply that was acknowledged and not stored is known to Slack alone.
    func recover(after question: SlackQuestion, _ installation: SlackInstallation) async {
        // A direct message needs no mention, so none is missed.
        guard question.kind == .mention, let own = installation.identity?.user ?? question.own,
            installation.mayHave(scope: "channels:history") || installation.mayHave(scope: "groups:history")
        else { return }
        for attempt in 1...Self.attempts {
            do {
                guard try await store.isFirst(question) else { return }
                let page = try await installation.client.replies(
                    in: question.channel, thread: question.thread, oldest: question.ts, limit: 50,
                    timeout: .seconds(5))
                for message in page.messages {
                    guard let reply = reply(message.event, to: question, own, installation.identity) else { continue }
                    if try await store.accept(reply) { logger.info("a reply was recovered from its thread") }
                }
                return
            } catch {
                logger.debug("a thread cannot be read for earlier replies", ["error": "\(error)"])
                guard let error = error as? SlackError, error.reaction == .retry, attempt < Self.attempts else {
                    return
                }
                guard (try? await Task.sleep(for: .milliseconds(500 * attempt))) != nil else { return }
            }
        }
    }

    private func reply(
        _ event: SlackEvent, to question: SlackQuestion, _ own: SlackUserID, _ identity: SlackIdentity?
    ) -> SlackQuestion? {
        guard let ts = event.ts, ts > question.ts else { return nil }
        var event = event
        event.channel = question.channel
        let envelope = SlackEnvelope(
            eventID: "catch-up:\(question.team):\(question.channel):\(ts)", team: question.team,
            enterprise: question.enterprise, own: own,
            isExternallyShared: question.isExternallyShared ?? false, event: event)
        switch EventFilter.decide(envelope, identity: identity) {
        case .reply(let found), .question(let found): return found
        case .ignore, .withdrawn: return nil
        }
    }
}

package import FoundationEssentials
package import HTTP
package import ServiceRuntime
package import SlackAPI

/// `POST /slack/events` and `POST /slack/interactions`: a question or a decision is durable before Slack gets its 200.
///
/// Both take both, for an app may send everything to one address.
package struct SlackEventsRoute: Sendable {
    package static let path = "/slack/events"
    package static let interactionsPath = "/slack/interactions"
    package static let maximumBodyBytes = 1 << 20

    private let signature: SlackSignature
    private let installations: any SlackInstallations
    private let store: EventStore
    private let notices: OutageNotices
    private let interactions: InteractionHandler
    private let metrics: SlackMetrics?
    private let onOutage: @Sendable () -> Void
    private let now: @Sendable () -> Date
    private let logger: Logger

    /// `onOutage` is called when a question could not be stored.
    package init(
        signature: SlackSignature, installations: any SlackInstallations, store: EventStore, notices: OutageNotices,
        interactions: InteractionHandler, metrics: SlackMetrics? = nil, logger: Logger,
        onOutage: @escaping @Sendable () -> Void = {},
        now: @escaping @Sendable () -> Date = { Date.now }
    ) {
        self.onOutage = onOutage
        self.signature = signature
        self.installations = installations
        self.store = store
        self.notices = notices
        self.interactions = interactions
        self.metrics = metrics
        self.now = now
        self.logger = logger
    }

    package func install(on router: inout HTTPRouter) {
        for path in [Self.path, Self.interactionsPath] {
            router.on(.post, path, maximumBodyBytes: Self.maximumBodyBytes) { request in await respond(to: request) }
        }
    }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        let start = ContinuousClock.now
        let (response, outcome) = await answer(to: request)
        metrics?.requests[outcome].increment()
        metrics?.acknowledgements.observe(start.duration(to: .now))
        return response
    }

    private func answer(to request: HTTPRequest) async -> (HTTPResponse, SlackMetrics.Request) {
        do {
            try signature.verify(request, now: now())
        } catch {
            // One answer for all causes: it would tell a forger what to mend.
            logger.warning("a request to the Slack route was refused", ["cause": error.rawValue])
            return (.json(["error": "invalid request"], status: 401), .refused)
        }
        do {
            switch try SlackRequestBody(request) {
            case .urlVerification(let challenge): return (.json(["challenge": .string(challenge)]), .check)
            case .event(let envelope): return await answer(to: envelope)
            case .interaction(let interaction):
                let response = await interactions.respond(to: interaction)
                return (response, response.status == 200 ? .interaction : .unavailable)
            case .certificateCheck, .other: return (HTTPResponse(status: 200), .check)
            }
        } catch {
            logger.warning("a signed request from Slack cannot be read", ["error": "\(error)"])
            return (.json(["error": "unreadable payload"], status: 400), .unreadable)
        }
    }

    private func withdraw(_ ts: SlackTimestamp, in place: SlackDestination) async -> (
        HTTPResponse, SlackMetrics.Request
    ) {
        do {
            if try await store.withdraw(ts, in: place) { logger.info("a question was deleted before it was begun") }
            return (HTTPResponse(status: 200), .ignored)
        } catch {
            logger.warning("a deletion cannot be looked at; Slack will deliver it again", ["error": "\(error)"])
            return (.json(["error": "temporarily unavailable"], status: 503), .unavailable)
        }
    }

    private func answer(to envelope: SlackEnvelope) async -> (HTTPResponse, SlackMetrics.Request) {
        let identity = envelope.team.flatMap { installations.installation(for: $0)?.identity }
        let question: SlackQuestion
        let isReply: Bool
        switch EventFilter.decide(envelope, identity: identity) {
        case .ignore(let reason):
            logger.debug("an event is not for Dash", ["reason": reason.rawValue])
            return (HTTPResponse(status: 200), .ignored)
        case .question(let found): (question, isReply) = (found, false)
        case .reply(let found): (question, isReply) = (found, true)
        case .withdrawn(let place, let ts): return await withdraw(ts, in: place)
        }
        do {
            if isReply, try await !store.knowsThread(of: question) { return (HTTPResponse(status: 200), .ignored) }
            guard try await store.accept(question) else {
                logger.debug("a delivery was a duplicate")
                return (HTTPResponse(status: 200), .duplicate)
            }
            return (HTTPResponse(status: 200), .accepted)
        } catch {
            // Not 200: Slack delivers the event again.
            logger.error("a question cannot be stored; Slack will deliver it again", ["error": "\(error)"])
            if !isReply { notices.add(question.destination) }
            onOutage()
            return (.json(["error": "temporarily unavailable"], status: 503), .unavailable)
        }
    }
}

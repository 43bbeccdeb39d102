package import Dash
package import HTTP
import Jobs
package import Postgres
package import ServiceRuntime
package import SlackAPI

/// Dash in Slack, put together: a route and the services behind it.
package struct SlackApp: Sendable {
    /// Tables of the surface and of the queue it uses, in order.
    package static let migrations = JobsMigrations.all + SlackBotMigrations.all

    /// To be started in this order, after the database pool and the HTTP client, and stopped in reverse.
    package let services: [any Service]
    /// Who the token is, once Slack has been reached.
    package let installation: SingleInstallation
    package let publisher: SlackAnswerPublisher
    /// What calls of the Web API came to.
    package let calls: SlackCalls
    private let route: SlackEventsRoute

    /// `postgres` is the pool of role `dash_app`. Throws `SlackConfigurationError` where a setting cannot work.
    package init(
        configuration: SlackConfiguration, postgres: PostgresClient, eventLoop: EventLoop, http: HTTPClient,
        runner: any Answering, confirmations: ConfirmationStore, usage: UsageStore? = nil,
        metrics registry: MetricRegistry = MetricRegistry(), logger: Logger
    ) throws {
        let logger = logger.labelled("slack")
        let signature = try SlackSignature(
            secret: configuration.signingSecret, previous: configuration.previousSigningSecret)
        let metrics = SlackMetrics(registry)
        let calls = SlackCalls(registry)
        let client = try SlackClient(
            token: configuration.token, baseURL: configuration.apiURL, http: http, calls: calls)
        let installation = SingleInstallation(client: client, logger: logger)
        let queue = JobQueue()
        let outbox = Outbox(repeatAfter: configuration.outbox.reconcileAfter)
        let events = EventStore(client: postgres, queue: queue)
        let notices = OutageNotices(installations: installation, logger: logger)
        let users = UserDirectory(lifetime: configuration.userLifetime)
        let channels = ChannelDirectory(lifetime: configuration.channelLifetime, logger: logger)
        let access = AccessCheck(policy: configuration.questions.access, users: users, channels: channels)
        let sender = OutboxSender(
            outbox: outbox, client: postgres, installations: installation, access: access,
            options: configuration.outbox, metrics: metrics, logger: logger)
        let confirmations = SlackConfirmations(
            postgres: postgres, store: confirmations, queue: queue, outbox: outbox, users: users, access: access,
            installations: installation, approvers: configuration.approvers, links: configuration.questions.links)
        let personal = PersonalNotices(installations: installation, logger: logger)
        let question = QuestionJob(
            answering: runner, postgres: postgres, outbox: outbox, confirmations: confirmations,
            installations: installation,
            users: users, channels: channels, usage: usage, status: StatusIndicator(logger: logger),
            catchUp: ThreadCatchUp(store: events, logger: logger), options: configuration.questions, logger: logger)
        let listener = PostgresListener(
            configuration: postgres.configuration, channels: JobWorker.channels + [Outbox.channel],
            eventLoop: eventLoop, logger: logger)
        let worker = JobWorker(
            queue: queue, client: postgres, listener: listener,
            handlers: [
                question,
                ConfirmedJob(answering: runner, postgres: postgres, outbox: outbox, confirmations: confirmations),
                ConfirmationExpiryJob(confirmations: confirmations),
            ], options: configuration.worker, metrics: JobMetrics(registry),
            logger: logger.labelled("jobs")
        ) { channel in
            if channel == Outbox.channel { outbox.wake() }
        }
        let history = CatchUpStore(client: postgres)
        let requests = CatchUpRequests(store: history, interval: configuration.catchUp.tick / 5, logger: logger)
        let catchUp = HistoryCatchUp(
            store: history, events: events, installations: installation, options: configuration.catchUp, logger: logger)
        let isCatchingUp = configuration.catchUp.ageLimit > .zero
        let catchingUp: [any Service] = [
            requests,
            LeasedTask(
                HistoryCatchUp.lease, leases: Leases(client: postgres), every: configuration.catchUp.tick,
                lease: configuration.worker.lease, logger: logger
            ) { try await catchUp.tick($0) },
        ]
        services =
            [installation, EventSweeper(store: events, logger: logger), notices, personal]
            + (isCatchingUp ? catchingUp : []) + [sender, worker]
        self.installation = installation
        self.calls = calls
        publisher = SlackAnswerPublisher(outbox: outbox, confirmations: confirmations)
        route = SlackEventsRoute(
            signature: signature, installations: installation, store: events, notices: notices,
            interactions: InteractionHandler(confirmations: confirmations, notices: personal, logger: logger),
            metrics: metrics, logger: logger, onOutage: requests.note)
    }

    package func install(on router: inout HTTPRouter) {
        route.install(on: &router)
    }
}

import Dash
import HTTP
import Jobs
import Postgres
import ServiceRuntime
import SlackAPI
import SlackBot

/// What `dashd serve` runs: the services, in the order of their dependencies.
struct Daemon {
    /// From a signal to the end at the latest: less than the 30 s that Kubernetes gives.
    private static let gracePeriod = Duration.seconds(28)
    /// What running questions get of it; the rest is for requests before and messages after them.
    private static let graceOfJobs = Duration.seconds(15)

    private let settings: Settings
    private let logger: Logger

    init(_ settings: Settings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// Returns when everything has stopped after a signal; throws what ended it otherwise.
    func run() async throws {
        var options = HTTPServer.Options()
        options.host = settings.listenAddress
        options.port = settings.port
        // First of all, so that a taken port is one sentence and nothing has been started.
        let socket = try ListeningSocket(host: options.host, port: options.port)
        let eventLoop = EventLoop()
        defer { eventLoop.stop() }
        let servers = try await DatabaseServers(settings, eventLoop: eventLoop, logger: logger)
        let metrics = MetricRegistry()
        let application = Application(
            settings, servers: servers, metrics: metrics, eventLoop: eventLoop, logger: logger)
        let probes = ServerProbes(application, eventLoop: eventLoop, logger: logger.labelled("probe"))
        let health = Health()
        let readiness = ReadinessLatch()
        var router = HTTPRouter()
        let slack = try settings.slack.map { configuration in
            var configuration = configuration
            configuration.worker.grace = Self.graceOfJobs
            return try SlackApp(
                configuration: configuration, postgres: application.database, eventLoop: eventLoop,
                http: application.http,
                runner: application.runner, confirmations: application.confirmations, usage: application.usage,
                metrics: metrics, logger: logger)
        }
        slack?.install(on: &router)
        StatusRoutes(
            settings: settings, health: health, probes: probes, gate: application.gate,
            slackTrouble: { slack?.calls.trouble },
            abandonedStatements: {
                (application.warehouse.abandonedStatements, application.warehouse.runningAbandonedStatements)
            }
        ).install(on: &router)
        DaemonMetrics(
            metrics, probes: probes, application: application, health: health, replica: Replica.name
        ).install(on: &router)

        let server = HTTPServer(options: options, router: router, socket: socket, logger: logger.labelled("http"))
        let knowledge = KnowledgeSync(
            folder: KnowledgeFolder(path: settings.knowledgeDirectory), knowledge: application.knowledge, logger: logger
        )
        let startUp = StartUp(
            application: application, knowledge: knowledge, health: health, readiness: readiness, server: server,
            logger: logger)
        let inBackground: [any Service] = [application.gate, application.confirmationSweeper, application.planning]
        let whileDeveloping: [any Service] = settings.runtimeEnvironment == .development ? [knowledge] : []
        let services: [any Service] =
            [servers.embedded].compactMap { $0 } + [application.database] + application.warehouse.services
            + probes.services + [application.http]
            + (inBackground + (slack?.services ?? []) + whileDeveloping).map {
                LatchedService(latch: readiness, service: $0)
            }
            + [startUp, server, StopNotice(health: health, delay: settings.stopDelay)]
        try await ServiceGroup(services, gracePeriod: Self.gracePeriod + settings.stopDelay, logger: logger).run()
    }
}

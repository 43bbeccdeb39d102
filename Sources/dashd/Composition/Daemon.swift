import Dash
import HTTP
import Postgres
import ServiceRuntime
import SlackBot

/// What `dashd serve` runs: the services, in the order of their dependencies.
struct Daemon {
    private let settings: Settings
    private let logger: Logger

    init(_ settings: Settings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// Returns when everything has stopped after a signal; throws what ended it otherwise.
    func run() async throws {
        var options = HTTPServer.Options()
        options.port = settings.port
        // First of all, so that a taken port is one sentence and nothing has been started.
        let socket = try ListeningSocket(host: options.host, port: options.port)
        let eventLoop = EventLoop()
        defer { eventLoop.stop() }
        let servers = try await DatabaseServers(settings, eventLoop: eventLoop, logger: logger)
        let application = Application(settings, servers: servers, eventLoop: eventLoop, logger: logger)
        let health = Health()
        let readiness = ReadinessLatch()
        var router = HTTPRouter()
        let slack = try settings.slack.map { slack in
            try SlackApp(
                configuration: slack, postgres: application.database, eventLoop: eventLoop, http: application.http,
                runner: application.runner, confirmations: application.confirmations, usage: application.usage,
                logger: logger)
        }
        slack?.install(on: &router)
        StatusRoutes(
            settings, health: health, database: application.database, gate: application.gate,
            abandonedStatements: {
                (application.warehouse.abandonedStatements, application.warehouse.runningAbandonedStatements)
            }
        ).install(on: &router)

        let server = HTTPServer(options: options, router: router, socket: socket, logger: logger.labelled("http"))
        let knowledge = KnowledgeSync(
            folder: KnowledgeFolder(path: settings.knowledgeDirectory), knowledge: application.knowledge, logger: logger
        )
        let startUp = StartUp(
            application: application, knowledge: knowledge, health: health, readiness: readiness, server: server,
            logger: logger)
        let inBackground: [any Service] = [application.gate, application.confirmationSweeper]
        let whileDeveloping: [any Service] = settings.runtimeEnvironment == .development ? [knowledge] : []
        let services: [any Service] =
            [servers.embedded].compactMap { $0 } + [application.database] + application.warehouse.services
            + [application.http]
            + (inBackground + (slack?.services ?? []) + whileDeveloping).map {
                LatchedService(latch: readiness, service: $0)
            }
            + [startUp, server]
        try await ServiceGroup(services, logger: logger).run()
    }
}

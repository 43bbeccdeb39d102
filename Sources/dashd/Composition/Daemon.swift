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
        let eventLoop = EventLoop()
        defer { eventLoop.stop() }
        let servers = try await DatabaseServers(settings, eventLoop: eventLoop, logger: logger)
        let application = Application(settings, servers: servers, eventLoop: eventLoop, logger: logger)
        let health = Health()
        let isReady = Gate()
        var router = HTTPRouter()
        let slack = try settings.slack.map { slack in
            try SlackApp(
                configuration: slack, postgres: application.database, eventLoop: eventLoop, http: application.http,
                runner: application.runner, confirmations: application.confirmations, usage: application.usage,
                logger: logger)
        }
        slack?.install(on: &router)
        StatusRoutes(
            settings, health: health, database: application.database, access: application.access,
            abandonedStatements: { application.warehouse.abandonedStatements }
        ).install(on: &router)

        var options = HTTPServer.Options()
        options.port = settings.port
        let server = HTTPServer(options: options, router: router, logger: logger.labelled("http"))
        let knowledge = KnowledgeSync(
            folder: KnowledgeFolder(path: settings.knowledgeDirectory), knowledge: application.knowledge, logger: logger
        )
        let startUp = StartUp(
            application: application, knowledge: knowledge, health: health, isReady: isReady, server: server,
            logger: logger)
        let whileDeveloping: [any Service] = settings.runtimeEnvironment == .development ? [knowledge] : []
        let services: [any Service] =
            [servers.embedded].compactMap { $0 } + [application.database] + application.warehouse.services
            + [application.http, GatedService(gate: isReady, service: application.access)]
            + ((slack?.services ?? []) + whileDeveloping).map { GatedService(gate: isReady, service: $0) }
            + [startUp, server]
        try await ServiceGroup(services, logger: logger).run()
    }
}

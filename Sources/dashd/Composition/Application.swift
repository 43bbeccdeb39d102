import Dash
import HTTP
import LanguageModels
import Postgres
import ServiceRuntime
import SlackBot

/// Everything a question needs, made from the settings: pools, stores, warehouse, models and the runner.
///
/// Nothing here does I/O until it is used; `prepare(settingUp:)` brings the database up to date first.
struct Application: Sendable {
    let settings: Settings
    let servers: DatabaseServers
    let database: PostgresClient
    let warehouse: WarehouseConnection
    let knowledge: KnowledgeStore
    let learnings: LearningStore
    let context: ContextBuilder
    let runner: QuestionRunner
    let models: TeamModels
    let http: HTTPClient
    private let logger: Logger

    /// In the order of the targets: what others refer to comes first.
    static let migrations = DashMigrations.all + SlackApp.migrations

    init(_ settings: Settings, servers: DatabaseServers, eventLoop: EventLoop, logger: Logger) {
        self.settings = settings
        self.servers = servers
        self.logger = logger
        http = HTTPClient(logger: logger.labelled("http"))
        database = PostgresClient(
            configuration: PostgresConfiguration(
                host: servers.state.host, port: servers.state.port, database: servers.state.database,
                user: servers.roles.app, password: servers.state.passwords[servers.roles.app],
                settings: SandboxSettings.app()),
            maximumConnections: 12, eventLoop: eventLoop, logger: logger.labelled("postgres"))
        warehouse = WarehouseConnection(
            Self.warehouseConfiguration(settings, servers), app: servers.warehouse == nil ? database : nil,
            eventLoop: eventLoop, logger: logger.labelled("warehouse"))
        knowledge = KnowledgeStore(client: database, logger: logger.labelled("knowledge"))
        learnings = LearningStore(
            client: database, warehouseID: warehouse.warehouse.id, logger: logger.labelled("learnings"))
        models = Self.models(settings, http: http, logger: logger)
        context = ContextBuilder(
            knowledge: knowledge, learnings: learnings, introspection: warehouse.warehouse.introspection)
        runner = QuestionRunner(
            warehouse: warehouse.warehouse, knowledge: knowledge, learnings: learnings,
            conversations: ConversationStore(client: database, logger: logger.labelled("conversations")),
            runs: RunStore(client: database, logger: logger.labelled("runs")),
            context: context, models: models, maximumRetries: settings.maximumRetries,
            timeZone: settings.timeZone,
            logger: logger.labelled("team"))
    }

    /// Opens the application for one command, runs the body, and leaves everything as it was found.
    ///
    /// `settingUp`: as the administrator, roles and schemas are brought up to date first; a server of our own always is.
    /// `isChecking`: rights that are too wide are for the body to find, and no reason to stop. `report` is told what the
    /// set-up changed and found.
    static func with<Result: Sendable>(
        _ settings: Settings, logger: Logger, settingUp: Bool = false, isChecking: Bool = false,
        report: @Sendable (SetupOutcome) -> Void = { _ in },
        _ body: @Sendable (Application) async throws -> Result
    ) async throws -> Result {
        let eventLoop = EventLoop()
        defer { eventLoop.stop() }
        let servers = try await DatabaseServers(settings, eventLoop: eventLoop, logger: logger)
        let application = Application(settings, servers: servers, eventLoop: eventLoop, logger: logger)
        do {
            let result = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await application.http.run() }
                defer { group.cancelAll() }
                let outcome = try await application.prepare(settingUp: settingUp || servers.embedded != nil)
                report(outcome)
                if !isChecking { try outcome.refuseFatalFindings() }
                return try await body(application)
            }
            await application.close()
            return result
        } catch {
            await application.close()
            throw LoginProblem(error, roles: servers.roles) ?? error
        }
    }

    /// Sets up roles and schemas on request, where there is an administrator; applies what is missing of Dash's own
    /// tables, and looks whether the roles are as tight as they must be.
    func prepare(settingUp: Bool) async throws -> SetupOutcome {
        var outcome = settingUp ? try await servers.setUp() : SetupOutcome()
        if !outcome.changes.isEmpty { logger.info("set up", ["changes": "\(outcome.changes.count)"]) }
        if !settingUp || !servers.haveAdministrator { outcome.findings = try await checkRights() }
        try await Migrator(client: database, logger: logger.labelled("migrations")).apply(Self.migrations)
        return outcome
    }

    /// What the roles may do that they must not, and cannot do that they should.
    func checkRights() async throws -> [SetupFinding] {
        var findings: [SetupFinding] = []
        for (_, plan) in servers.plans {
            let client = plan.parts.contains(.state) ? database : warehouse.app
            findings += try await SetupCheck(plan: plan).findings(on: client)
        }
        return findings
    }

    func close() async {
        await warehouse.close()
        await database.close()
        await servers.leave()
    }

    /// The built-in model, and the one that the settings name.
    static func models(_ settings: Settings, http: HTTPClient, logger: Logger) -> TeamModels {
        guard case .openAI(let model, let key, let baseURL) = settings.model else { return TeamModels() }
        let configuration = OpenAIConfiguration(model: model, key: key, baseURL: baseURL)
        return TeamModels(
            model: OpenAIModel(configuration, client: http, logger: logger.labelled("model")),
            usesFastPath: settings.fastPath)
    }

    private static func warehouseConfiguration(
        _ settings: Settings, _ servers: DatabaseServers
    ) -> WarehouseConnection.Configuration {
        let access = servers.warehouse ?? servers.state
        var configuration = WarehouseConnection.Configuration(
            host: access.host, port: access.port, database: access.database, roles: servers.roles,
            passwords: access.passwords)
        configuration.dataSchemas = settings.dataSchemas
        configuration.statementTimeout = settings.statementTimeout
        configuration.timeZone = settings.timeZone.identifier
        // The embedded server's port may change between starts.
        if access.kind == .embedded { configuration.id = "embedded/\(access.database)" }
        return configuration
    }
}

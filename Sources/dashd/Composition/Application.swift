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
    /// The gate in front of statements of agents.
    let gate: SQLGate
    let audit: AuditLog
    /// The warehouse on somebody's behalf.
    let warehouseAccess: WarehouseAccess
    let knowledge: KnowledgeStore
    let learnings: LearningStore
    let confirmations: ConfirmationStore
    let context: ContextBuilder
    let planning: PlanningService
    let runner: QuestionRunner
    let usage: UsageStore
    let models: TeamModels
    let http: HTTPClient
    let rights: RightsCheck
    private let logger: Logger

    /// In the order of the targets: what others refer to comes first.
    static let migrations = DashMigrations.all + SlackApp.migrations

    /// - Parameters:
    ///   - layers: what protects the warehouse from statements; fewer than all only to test single ones.
    ///   - metrics: where everything counts; by default where nobody looks.
    init(
        _ settings: Settings, servers: DatabaseServers, layers: ProtectionLayers = .all,
        metrics: MetricRegistry = MetricRegistry(), eventLoop: EventLoop, logger: Logger
    ) {
        self.settings = settings
        self.servers = servers
        self.logger = logger
        SecretScan.process.register(settings.secrets + servers.secrets)
        SecretScan.process.onRemoval { removed in
            let kinds = removed.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.rawValue)" }
            logger.error(
                "something that looks like a secret was removed from a text", ["kinds": kinds.joined(separator: ", ")])
        }
        http = HTTPClient(logger: logger.labelled("http"))
        database = PostgresClient(
            configuration: PostgresConfiguration(
                host: servers.state.host, port: servers.state.port, database: servers.state.database,
                user: servers.roles.app, password: servers.state.passwords[servers.roles.app],
                settings: SandboxSettings.app()),
            maximumConnections: 12, eventLoop: eventLoop, logger: logger.labelled("postgres"))
        // The gate asks through the pools, and the pools are behind the gate.
        let rights = Locked<RightsCheck?>(nil)
        gate = SQLGate(logger: logger.labelled("sql")) {
            guard let rights = rights.withLock({ $0 }) else { throw SQLToolsOff(findings: []) }
            return try await rights.reports().flatMap(\.findings)
        }
        let knowledge = KnowledgeStore(client: database, logger: logger.labelled("knowledge"))
        self.knowledge = knowledge
        // It would find what the test of the other layers takes away: the roles, and that their sessions are read only.
        warehouse = WarehouseConnection(
            Self.warehouseConfiguration(settings, servers, layers), app: servers.warehouse == nil ? database : nil,
            gate: layers.isSuperset(of: [.roles, .transaction]) ? gate : nil,
            knowledgeUsing: { try await knowledge.dependants(on: $0) }, eventLoop: eventLoop,
            logger: logger.labelled("warehouse"))
        let check = RightsCheck(
            servers: servers, database: database, warehouse: warehouse, eventLoop: eventLoop,
            logger: logger.labelled("rights"))
        rights.withLock { $0 = check }
        self.rights = check
        audit = AuditLog(client: database)
        warehouseAccess = WarehouseAccess(
            warehouse.warehouse, log: audit, metrics: StatementMetrics(metrics))
        confirmations = ConfirmationStore(
            client: database, lifetime: settings.confirmationLifetime, logger: logger.labelled("confirmations"))
        learnings = LearningStore(
            client: database, warehouseID: warehouseAccess.id, logger: logger.labelled("learnings"))
        models = Self.models(settings, http: http, metrics: metrics, logger: logger)
        context = ContextBuilder(
            knowledge: knowledge, learnings: learnings, introspection: warehouseAccess.introspection)
        planning = PlanningService(
            warehouse: warehouseAccess, knowledge: knowledge, client: database, timeZone: settings.timeZone.identifier,
            logger: logger)
        usage = UsageStore(
            client: database, limits: settings.usage,
            timeZone: settings.timeZone)
        runner = QuestionRunner(
            warehouse: warehouseAccess, knowledge: knowledge, learnings: learnings,
            conversations: ConversationStore(client: database, logger: logger.labelled("conversations")),
            runs: RunStore(client: database, logger: logger.labelled("runs")),
            confirmations: confirmations, context: context, planning: planning, models: models,
            maximumRetries: settings.maximumRetries,
            budget: settings.budget, usage: usage, timeZone: settings.timeZone, metrics: RunMetrics(metrics),
            logger: logger.labelled("team"))
    }

    var confirmationSweeper: ConfirmationSweeper {
        ConfirmationSweeper(store: confirmations, runner: runner, logger: logger.labelled("confirmations"))
    }

    var hasAdministratorOfWarehouse: Bool { (servers.warehouse ?? servers.state).administrator != nil }

    /// Opens the application for one command, runs the body, and leaves everything as it was found.
    ///
    /// `settingUp`: as the administrator, roles and schemas are brought up to date first; a server of our own always is.
    /// Where a right is too wide only the gate is closed. `report` is told what the set-up changed and found.
    static func with<Result: Sendable>(
        _ settings: Settings, logger: Logger, settingUp: Bool = false, takingOverPasswords: Bool = false,
        layers: ProtectionLayers = .all,
        report: @Sendable (SetupOutcome) -> Void = { _ in },
        _ body: @Sendable (Application) async throws -> Result
    ) async throws -> Result {
        let eventLoop = EventLoop()
        defer { eventLoop.stop() }
        let servers = try await DatabaseServers(settings, eventLoop: eventLoop, logger: logger)
        let application = Application(
            settings, servers: servers, layers: layers, eventLoop: eventLoop, logger: logger)
        do {
            let result = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await application.http.run() }
                defer { group.cancelAll() }
                try await application.prepare(
                    settingUp: settingUp || servers.embedded != nil, takingOverPasswords: takingOverPasswords,
                    report: report)
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
    @discardableResult
    func prepare(
        settingUp: Bool, takingOverPasswords: Bool = false, report: @Sendable (SetupOutcome) -> Void = { _ in }
    ) async throws -> SetupOutcome {
        var outcome =
            settingUp
            ? try await servers.setUp(takingOverPasswords: takingOverPasswords) : SetupOutcome()
        if !outcome.changes.isEmpty { logger.info("set up", ["changes": "\(outcome.changes.count)"]) }
        if !settingUp || !servers.haveAdministrator {
            outcome.findings = try await rights.reports().flatMap(\.findings)
        }
        gate.settle(outcome.findings)
        report(outcome)
        do {
            try await Migrator(client: database, logger: logger.labelled("migrations")).apply(Self.migrations)
        } catch let error as PostgresError where !error.isPassing {
            // What was found on the way explains it better.
            try outcome.refuseFatalFindings()
            throw error
        }
        return outcome
    }

    func close() async {
        await warehouse.close()
        await database.close()
        await servers.leave()
    }

    /// The built-in model, and the one that the settings name.
    static func models(
        _ settings: Settings, http: HTTPClient, metrics: MetricRegistry = MetricRegistry(), logger: Logger
    ) -> TeamModels {
        // Made in any case, so that the metrics are there whichever model is used.
        let metrics = ModelMetrics(metrics)
        guard case .openAI(let model, let key, let baseURL) = settings.model else { return TeamModels() }
        let configuration = OpenAIConfiguration(model: model, key: key, baseURL: baseURL)
        return TeamModels(
            model: MeasuredModel(
                OpenAIModel(configuration, client: http, logger: logger.labelled("model")), provider: .openAI,
                metrics: metrics),
            usesFastPath: settings.fastPath)
    }

    private static func warehouseConfiguration(
        _ settings: Settings, _ servers: DatabaseServers, _ layers: ProtectionLayers
    ) -> WarehouseConnection.Configuration {
        let access = servers.warehouse ?? servers.state
        var configuration = WarehouseConnection.Configuration(
            host: access.host, port: access.port, database: access.database, roles: servers.roles,
            passwords: access.passwords)
        configuration.dataSchemas = settings.dataSchemas
        configuration.allowedTables = settings.allowedTables
        configuration.statementTimeout = settings.statementTimeout
        configuration.timeZone = settings.timeZone.identifier
        configuration.limits.cost = settings.costLimit
        configuration.layers = layers
        configuration.administrator = access.administrator
        // The embedded server's port may change between starts.
        if access.kind == .embedded { configuration.id = "embedded/\(access.database)" }
        return configuration
    }
}

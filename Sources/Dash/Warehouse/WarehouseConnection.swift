package import Postgres
package import ServiceRuntime

/// The pools to the server with the company's data, and the warehouse made of them.
package struct WarehouseConnection: Sendable {
    package struct Configuration: Sendable {
        package var host: String
        package var port: Int
        package var database: String
        package var roles: RoleNames
        package var passwords: RolePasswords
        package var dataSchemas: [String] = ["public"]
        package var allowedTables = AllowedTables.everything
        package var statementTimeout = Duration.seconds(30)
        /// How long a statement may outlive its limit, and then again its cancellation, before it is abandoned.
        package var cancelGrace = Duration.seconds(3)
        package var timeZone = "UTC"
        package var limits = ResultLimits()
        package var quota = EngineerRunner.defaultQuota
        /// Per process; all replicas together must stay within the roles' connection limits.
        package var analystConnections = 6
        package var engineerConnections = 2
        /// Sessions beside those, in which statements go on that nobody can stop.
        package var analystAbandoned = 4
        package var engineerAbandoned = 1
        /// Keys what is learned; nil stands for host, port and database. For a server whose address may change.
        package var id: String?
        package var layers = ProtectionLayers.all
        /// Who runs the agents' statements where the layer of roles is off.
        package var administrator: PostgresConfiguration?

        package init(host: String, port: Int, database: String, roles: RoleNames, passwords: RolePasswords) {
            self.host = host
            self.port = port
            self.database = database
            self.roles = roles
            self.passwords = passwords
        }
    }

    package let app: PostgresClient
    package let analyst: PostgresClient
    package let engineer: PostgresClient
    package let warehouse: Warehouse

    /// - Parameter app: the pool of the daemon's role, where the warehouse is the server that holds `ai` too; nil opens
    ///   one of its own.
    /// - Parameter gate: the gate in front of both runners; nil leaves it open, where somebody else has checked the roles.
    /// - Parameter knowledgeUsing: which entries of the knowledge use the given relations.
    package init(
        _ configuration: Configuration, app: PostgresClient? = nil, gate: SQLGate? = nil,
        knowledgeUsing: @escaping @Sendable ([String]) async throws -> [ProposedAction.Dependant] = { _ in [] },
        eventLoop: EventLoop, logger: Logger
    ) {
        let roles = configuration.roles
        // The roles' settings and their runners' clocks end an agent's statement; this is for a peer that is gone.
        let longest = StatementLimits(statement: max(configuration.statementTimeout, CostGate.approvedTimeLimit))
        func client(_ role: String, _ settings: [String: String], _ connections: Int) -> PostgresClient {
            let stranger =
                configuration.layers.contains(.roles) || role == roles.app ? nil : configuration.administrator
            return PostgresClient(
                configuration: PostgresConfiguration(
                    host: configuration.host, port: configuration.port, database: configuration.database,
                    user: stranger?.user ?? role, password: stranger?.password ?? configuration.passwords[role],
                    settings: settings, limits: role == roles.app ? .usual : longest,
                    cancelGrace: configuration.cancelGrace),
                maximumConnections: connections, eventLoop: eventLoop, logger: logger)
        }
        self.app = app ?? client(roles.app, SandboxSettings.app(), 4)
        ownsApp = app == nil
        var reading = SandboxSettings.analyst(
            dataSchemas: configuration.dataSchemas, statementTimeout: configuration.statementTimeout,
            timeZone: configuration.timeZone)
        if !configuration.layers.contains(.transaction) { reading["default_transaction_read_only"] = nil }
        analyst = client(roles.analyst, reading, configuration.analystConnections)
        engineer = client(
            roles.engineer,
            SandboxSettings.engineer(
                dataSchemas: configuration.dataSchemas, statementTimeout: configuration.statementTimeout,
                timeZone: configuration.timeZone),
            configuration.engineerConnections)
        let allowed = configuration.allowedTables
        let catalog = GuardCatalog(
            client: self.app, dataSchemas: configuration.dataSchemas,
            allowedTables: allowed.qualified(in: configuration.dataSchemas))
        abandoned = AbandonedStatements(client: self.app, logger: logger)
        let runners = AgentRunners(
            configuration: configuration, catalog: catalog, gate: gate, abandoned: abandoned,
            knowledgeUsing: knowledgeUsing)
        let reader = runners.analyst(analyst)
        let introspection = PostgresIntrospection(
            client: self.app, analyst: reader, roles: roles, dataSchemas: configuration.dataSchemas,
            allowedTables: allowed)
        let builder = runners.engineer(engineer) { introspection.invalidate() }
        warehouse = Warehouse(
            id: configuration.id ?? "\(configuration.host):\(configuration.port)/\(configuration.database)",
            analyst: reader, engineer: builder, introspection: introspection, allowedTables: allowed,
            abandoned: abandoned, isElsewhere: ownsApp)
    }

    private let ownsApp: Bool
    private let abandoned: AbandonedStatements

    /// The pools that this connection opened and that want to run, and who watches what was abandoned.
    package var services: [any Service] { (ownsApp ? [app] : []) + [analyst, engineer, abandoned] }

    /// How many statements were abandoned so far, because they went on although they had been cancelled.
    package var abandonedStatements: Int { analyst.abandonedSessions + engineer.abandonedSessions }
    /// How many of them go on.
    package var runningAbandonedStatements: Int { abandoned.count }

    /// Closes the same pools, for a command that ends without having run them.
    package func close() async {
        if ownsApp { await app.close() }
        await analyst.close()
        await engineer.close()
    }
}

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
        package var timeZone = "UTC"
        package var limits = ResultLimits()
        package var quota = EngineerRunner.defaultQuota
        /// Per process; all replicas together must stay within the roles' connection limits.
        package var analystConnections = 4
        package var engineerConnections = 1
        /// `server_version_num`, as setup reports it; 0 where it is not known.
        package var serverVersion = 0
        /// Keys what is learned; nil stands for host, port and database. For a server whose address may change.
        package var id: String?

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
    /// - Parameter access: the gate in front of both runners; nil leaves it open, where somebody else has checked the roles.
    /// - Parameter knowledgeUsing: which entries of the knowledge use the given relations.
    package init(
        _ configuration: Configuration, app: PostgresClient? = nil, access: SQLAccess? = nil,
        policy: any StatementPolicy = BasicStatementPolicy(),
        knowledgeUsing: @escaping @Sendable ([String]) async throws -> [ProposedAction.Dependant] = { _ in [] },
        eventLoop: EventLoop, logger: Logger
    ) {
        func client(_ role: String, _ settings: [String: String], _ connections: Int) -> PostgresClient {
            PostgresClient(
                configuration: PostgresConfiguration(
                    host: configuration.host, port: configuration.port, database: configuration.database, user: role,
                    password: configuration.passwords[role], settings: settings),
                maximumConnections: connections, eventLoop: eventLoop, logger: logger)
        }
        let roles = configuration.roles
        self.app = app ?? client(roles.app, SandboxSettings.app(), 4)
        ownsApp = app == nil
        analyst = client(
            roles.analyst,
            SandboxSettings.analyst(
                dataSchemas: configuration.dataSchemas, statementTimeout: configuration.statementTimeout,
                timeZone: configuration.timeZone, serverVersion: configuration.serverVersion),
            configuration.analystConnections)
        engineer = client(
            roles.engineer,
            SandboxSettings.engineer(
                dataSchemas: configuration.dataSchemas, statementTimeout: configuration.statementTimeout,
                timeZone: configuration.timeZone, serverVersion: configuration.serverVersion),
            configuration.engineerConnections)
        func gated(_ runner: any SQLRunner) -> any SQLRunner {
            access.map { GatedRunner(access: $0, runner: runner) } ?? runner
        }
        let runner = gated(
            AnalystRunner(
                client: analyst, policy: policy, limits: configuration.limits,
                statementTimeout: configuration.statementTimeout))
        let introspection = PostgresIntrospection(
            client: self.app, analyst: runner, roles: roles, dataSchemas: configuration.dataSchemas,
            allowedTables: configuration.allowedTables)
        warehouse = Warehouse(
            id: configuration.id ?? "\(configuration.host):\(configuration.port)/\(configuration.database)",
            analyst: runner,
            engineer: gated(
                EngineerRunner(
                    client: engineer, policy: policy, limits: configuration.limits,
                    statementTimeout: configuration.statementTimeout, quota: configuration.quota,
                    knowledgeUsing: knowledgeUsing, didChange: { introspection.invalidate() })),
            introspection: introspection, allowedTables: configuration.allowedTables)
    }

    private let ownsApp: Bool

    /// The pools that this connection opened and that want to run.
    package var services: [any Service] { (ownsApp ? [app] : []) + [analyst, engineer] }

    /// Closes the same pools, for a command that ends without having run them.
    package func close() async {
        if ownsApp { await app.close() }
        await analyst.close()
        await engineer.close()
    }
}

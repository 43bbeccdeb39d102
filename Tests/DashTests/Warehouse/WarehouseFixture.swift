import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

/// A set-up database with its pools.
struct WarehouseFixture: Sendable {
    let setup: SetupFixture
    let configuration: WarehouseConnection.Configuration
    let connection: WarehouseConnection

    var warehouse: Warehouse { connection.warehouse }

    /// What holds where the parse tree is not looked at.
    static let unguarded: ProtectionLayers = [.roles, .transaction]

    /// One for all tests that change nothing. It has a sequence, an enumeration and a secret in `ai`.
    static func withShared(
        layers: ProtectionLayers = .all, _ body: @Sendable (WarehouseFixture) async throws -> Void
    ) async throws {
        try await body(try await SharedFixture.instance.fixture(layers))
    }

    static func with(
        schemas: [String] = ["public"], script: String = "SELECT 1",
        configure: @Sendable (inout WarehouseConnection.Configuration) -> Void = { _ in },
        knowledgeUsing: @escaping @Sendable ([String]) async throws -> [ProposedAction.Dependant] = { _ in [] },
        _ body: @Sendable (WarehouseFixture) async throws -> Void
    ) async throws {
        try await SetupFixture.with { setup in
            try await setup.run(script)
            let fixture = try await WarehouseFixture(
                setup, schemas: schemas, configure: configure, knowledgeUsing: knowledgeUsing)
            try await body(fixture)
            await fixture.connection.close()
        }
    }

    init(
        _ setup: SetupFixture, schemas: [String] = ["public"],
        configure: (inout WarehouseConnection.Configuration) -> Void = { _ in },
        knowledgeUsing: @escaping @Sendable ([String]) async throws -> [ProposedAction.Dependant] = { _ in [] }
    ) async throws {
        let plan = setup.plan(schemas: schemas)
        let outcome = try await setup.setUp(plan)
        #expect(outcome.fatalFindings == [])
        var configuration = WarehouseConnection.Configuration(
            host: setup.superuser.host, port: setup.superuser.port, database: setup.superuser.database,
            roles: setup.roles, passwords: plan.passwords)
        configuration.dataSchemas = schemas
        configuration.administrator = setup.superuser
        configure(&configuration)
        self.init(setup, configuration, knowledgeUsing: knowledgeUsing)
    }

    private init(
        _ setup: SetupFixture, _ configuration: WarehouseConnection.Configuration,
        knowledgeUsing: @escaping @Sendable ([String]) async throws -> [ProposedAction.Dependant] = { _ in [] }
    ) {
        self.setup = setup
        self.configuration = configuration
        connection = WarehouseConnection(
            configuration, knowledgeUsing: knowledgeUsing, eventLoop: PostgresServer.eventLoop,
            logger: PostgresServer.logger)
    }

    /// The same database with pools of its own.
    func with(layers: ProtectionLayers) -> WarehouseFixture {
        var configuration = configuration
        configuration.layers = layers
        return WarehouseFixture(setup, configuration)
    }

    func ask(_ sql: String) async throws -> ResultTable {
        try await warehouse.analyst.run(sql, keepingAs: "result_1")
    }

    func build(_ sql: String) async throws -> ResultTable {
        try await warehouse.engineer.run(sql, keepingAs: "result_1")
    }

    /// As a person lets it run where one has to be asked.
    func buildConfirmed(_ sql: String) async throws -> ResultTable {
        do {
            return try await build(sql)
        } catch let asked as ConfirmationRequired {
            return try await Approval.given(for: asked.action) { try await build(sql) }
        }
    }

    /// Lets the body use the daemon's own role, as which everything is recorded.
    func withApp<Result>(_ body: (PostgresClient) async throws -> Result) async throws -> Result {
        let client = PostgresClient(
            configuration: setup.login(setup.roles.app), eventLoop: PostgresServer.eventLoop,
            logger: PostgresServer.logger)
        let result = try await body(client)
        await client.close()
        return result
    }

    /// Returns when the role runs so many statements that look like this.
    func waitUntilRunning(_ pattern: String, as role: String, count: Int = 1) async throws {
        let connection = try await setup.connect()
        try await waitUntil {
            let running: Int =
                try await connection.query(
                    """
                    SELECT count(*) AS running FROM pg_stat_activity
                    WHERE usename = \(role) AND state = 'active' AND query LIKE \(pattern)
                    """
                ).rows.first?.decode("running") ?? 0
            return running >= count
        }
    }

    /// What a person is asked before the statement runs; nil where it ran.
    func asked(_ sql: String, of runner: any SQLRunner) async throws -> ProposedAction? {
        do {
            _ = try await runner.run(sql, keepingAs: "result_1")
            return nil
        } catch let required as ConfirmationRequired {
            return required.action
        }
    }

    /// The failure of a statement; nil where it ran.
    func failure(_ sql: String, of runner: any SQLRunner) async throws -> SQLFailure? {
        do {
            _ = try await runner.run(sql, keepingAs: "result_1")
            return nil
        } catch let failure as SQLFailure {
            return failure
        }
    }
}

private actor SharedFixture {
    static let instance = SharedFixture()

    private var making: Task<WarehouseFixture, any Error>?

    private var others: [Int: WarehouseFixture] = [:]

    func fixture(_ layers: ProtectionLayers) async throws -> WarehouseFixture {
        let making = self.making ?? Task { try await Self.make() }
        self.making = making
        let shared = try await making.value
        guard layers != .all else { return shared }
        let fixture = others[layers.rawValue] ?? shared.with(layers: layers)
        others[layers.rawValue] = fixture
        return fixture
    }

    private static func make() async throws -> WarehouseFixture {
        var superuser = try await PostgresServer.shared.administrator()
        let server = SetupFixture(superuser)
        superuser.database = server.roles.prefix + "_shared"
        try await server.connect().query("CREATE DATABASE \(identifier: superuser.database) TEMPLATE template0")
        let setup = SetupFixture(superuser)
        try await setup.run(SetupFixture.company)
        try await setup.run(
            """
            CREATE SEQUENCE public.s;
            GRANT SELECT ON public.s TO PUBLIC;
            CREATE TYPE public.mood AS ENUM ('sad', 'glad');
            """)
        let fixture = try await WarehouseFixture(setup)
        try await setup.run("CREATE TABLE ai.secrets AS SELECT 'x' AS secret")
        return fixture
    }
}

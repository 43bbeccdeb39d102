import Postgres
import ServiceRuntime
import Synchronization
import TestSupport

@testable import Dash

/// A database with a little company data, and what tests of setup ask of it.
struct SetupFixture: Sendable {
    private static let lastPrefix = Atomic(0)

    static let company = """
        CREATE TABLE public.customers (id int PRIMARY KEY, name text NOT NULL, email text, plan text);
        INSERT INTO public.customers
            SELECT i, 'Customer ' || i, 'c' || i || '@example.com', (ARRAY['free', 'team'])[1 + i % 2]
            FROM generate_series(1, 20) i;
        CREATE TABLE public.orders (
            id int PRIMARY KEY, customer_id int REFERENCES public.customers, amount numeric(10, 2), placed_at timestamptz);
        INSERT INTO public.orders SELECT i, 1 + i % 20, i * 1.5, timestamptz '2026-01-01 00:00:00+00' + i * interval '1 hour'
            FROM generate_series(1, 100) i;
        """

    /// A superuser's login to the database.
    let superuser: PostgresConfiguration
    /// Roles belong to the server, which tests share.
    let roles: RoleNames

    init(_ superuser: PostgresConfiguration) {
        self.superuser = superuser
        roles = RoleNames(prefix: "t\(Self.lastPrefix.add(1, ordering: .relaxed).newValue)")
    }

    static func with(_ body: @Sendable (SetupFixture) async throws -> Void) async throws {
        try await PostgresServer.shared.withDatabase { configuration in
            let fixture = SetupFixture(configuration)
            try await fixture.run(company)
            try await body(fixture)
        }
    }

    /// A database of its own on the server of the set-up tests, for what would hit other tests' databases.
    static func onOwnServer() async throws -> SetupFixture {
        let administrator = try await OwnServer.withDatabases.administrator()
        var fixture = SetupFixture(administrator)
        let name = fixture.roles.prefix + "_own"
        try await fixture.connect().query("CREATE DATABASE \(identifier: name) TEMPLATE template0")
        var superuser = administrator
        superuser.database = name
        fixture = SetupFixture(superuser)
        return fixture
    }

    /// Somebody with CREATEROLE and CREATE on the database, who owns nothing.
    func plainAdministrator() async throws -> PostgresConfiguration {
        var administrator = superuser
        administrator.user = roles.prefix + "_plain"
        try await run(
            """
            CREATE ROLE \(administrator.user) LOGIN CREATEROLE PASSWORD 'plain';
            GRANT CREATE ON DATABASE \(superuser.database) TO \(administrator.user);
            GRANT USAGE ON SCHEMA public TO \(administrator.user);
            """)
        administrator.password = Secret("plain")
        return administrator
    }

    func setup(
        _ plan: SetupPlan? = nil, as administrator: PostgresConfiguration? = nil
    ) -> DatabaseSetup {
        DatabaseSetup(
            administrator: administrator ?? superuser, plan: plan ?? self.plan(), eventLoop: PostgresServer.eventLoop,
            logger: PostgresServer.logger)
    }

    func plan(
        _ server: SetupPlan.Server = .given, parts: SetupPlan.Parts = .all, schemas: [String] = ["public"],
        allowedTables: AllowedTables = .everything, password: Secret? = nil
    ) -> SetupPlan {
        SetupPlan(
            roles: roles, passwords: RolePasswords(roles: roles, administrator: password ?? superuser.password),
            dataSchemas: schemas, allowedTables: allowedTables, server: server, parts: parts)
    }

    func setUp(_ plan: SetupPlan? = nil, as administrator: PostgresConfiguration? = nil) async throws -> SetupOutcome {
        try await setup(plan, as: administrator).run()
    }

    func check(_ plan: SetupPlan? = nil) async throws -> [SetupFinding] {
        try await SetupCheck(plan: plan ?? self.plan()).findings(on: try await connect())
    }

    /// As a superuser unless a login is named.
    func connect(_ configuration: PostgresConfiguration? = nil) async throws -> PostgresConnection {
        try await PostgresConnection.connect(
            configuration ?? superuser, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
    }

    func run(_ script: String) async throws {
        try await connect().execute(script: script)
    }

    func login(_ role: String, _ plan: SetupPlan? = nil) -> PostgresConfiguration {
        var configuration = superuser
        configuration.user = role
        configuration.password = (plan ?? self.plan()).passwords[role]
        return configuration
    }

    /// The first cell of the first row.
    func value(_ query: PostgresQuery, as configuration: PostgresConfiguration? = nil) async throws -> String? {
        try await connect(configuration).query(query).rows.first?.cells.first ?? nil
    }

    /// The SQLSTATE with which the server refuses; nil where it does not.
    func refusal(_ sql: String, as configuration: PostgresConfiguration) async throws -> String? {
        let connection = try await connect(configuration)
        do {
            try await connection.query(PostgresQuery(unescaped: sql))
            return nil
        } catch let error as PostgresError {
            return error.sqlState ?? "?"
        }
    }
}

import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct DatabaseSetupTests {
    @Test("A second run changes nothing")
    func idempotence() async throws {
        try await SetupFixture.with { fixture in
            let first = try await fixture.setUp()
            #expect(!first.changes.isEmpty)
            #expect(first.fatalFindings.isEmpty)
            let second = try await fixture.setUp()
            #expect(second.changes == [])
            #expect(second.findings.withoutDatabases == first.findings.withoutDatabases)
            #expect(second.serverVersion >= 150_000)
        }
    }

    @Test("Each role can log in with its derived password and may do its work and no more")
    func rights() async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            let roles = fixture.roles
            let app = fixture.login(roles.app)
            let analyst = fixture.login(roles.analyst)
            let engineer = fixture.login(roles.engineer)
            for role in [app, analyst, engineer] {
                #expect(try await fixture.value("SELECT count(*) FROM public.customers", as: role) == "20")
            }
            #expect(try await fixture.refusal("CREATE TABLE ai.runs (id int)", as: app) == nil)
            #expect(try await fixture.value("SELECT similarity('word', 'words') > 0.1", as: app) == "t")
            #expect(try await fixture.refusal("CREATE VIEW dash.v AS SELECT 1 AS one", as: engineer) == nil)
            #expect(try await fixture.value("SELECT one FROM dash.v", as: analyst) == "1")
            #expect(try await fixture.value("SELECT one FROM dash.v", as: app) == "1")
            for (sql, role) in [
                ("CREATE TABLE dash.t (id int)", analyst), ("CREATE TABLE public.t (id int)", analyst),
                ("SELECT * FROM ai.runs", analyst), ("DELETE FROM public.customers", analyst),
                ("CREATE TABLE public.t (id int)", engineer), ("UPDATE public.customers SET name = ''", engineer),
                ("SELECT * FROM ai.runs", engineer), ("CREATE TABLE ai.t (id int)", engineer),
                ("DROP SCHEMA dash CASCADE", engineer), ("GRANT CREATE ON SCHEMA dash TO PUBLIC", engineer),
                ("CREATE TABLE public.t (id int)", app), ("CREATE TABLE dash.t (id int)", app),
            ] {
                let state = try await fixture.refusal(sql, as: role)
                // A grant without the right to grant is a warning and changes nothing.
                #expect(state == "42501" || sql.hasPrefix("GRANT"), "\(sql)")
            }
            #expect(
                try await fixture.value("SELECT has_schema_privilege(\(roles.analyst)::text, 'dash', 'CREATE')") == "f")
        }
    }

    @Test("An administrator who is no superuser sets up what it may; the rest becomes findings")
    func plainAdministrator() async throws {
        try await SetupFixture.with { fixture in
            let name = fixture.roles.prefix + "_admin"
            let owner = fixture.roles.prefix + "_loader"
            try await fixture.run(
                """
                CREATE ROLE \(name) LOGIN CREATEROLE PASSWORD 'of the admin';
                CREATE ROLE \(owner);
                GRANT CREATE ON DATABASE \(fixture.superuser.database) TO \(name);
                GRANT CREATE ON SCHEMA public TO \(name);
                ALTER TABLE public.customers OWNER TO \(owner);
                ALTER TABLE public.orders OWNER TO \(name);
                """)
            let password = Secret("of the admin")
            var administrator = fixture.superuser
            administrator.user = name
            administrator.password = password
            let plan = fixture.plan(password: password)
            let first = try await fixture.setUp(plan, as: administrator)
            #expect(first.fatalFindings == [])
            #expect(!first.changes.contains { $0.contains("REVOKE") })
            let subjects = Set(first.findings.map(\.subject))
            #expect(subjects.isSuperset(of: [.unreadableTables, .futureTables, .temporaryFiles, .temporaryTables]))
            #expect(
                first.findings.contains {
                    $0.subject == .unreadableTables && $0.remedy?.contains("GRANT SELECT ON public.customers") == true
                })
            #expect(try await fixture.setUp(plan, as: administrator).changes == [])

            let analyst = fixture.login(fixture.roles.analyst, plan)
            #expect(try await fixture.value("SELECT count(*) FROM public.orders", as: analyst) == "100")
            #expect(try await fixture.refusal("SELECT * FROM public.customers", as: analyst) == "42501")
            try await fixture.connect(administrator).query("CREATE TABLE public.later AS SELECT 1 AS one")
            #expect(try await fixture.value("SELECT one FROM public.later", as: analyst) == "1")
            #expect(
                try await fixture.value(
                    "SELECT count(*) FROM pg_database WHERE datname = current_database() AND has_database_privilege('public', oid, 'TEMP')"
                )
                    == "1")
        }
    }

    @Test("Without the right to create roles setup names the roles that somebody else must create")
    func powerlessAdministrator() async throws {
        try await SetupFixture.with { fixture in
            let name = fixture.roles.prefix + "_nobody"
            try await fixture.run("CREATE ROLE \(name) LOGIN PASSWORD 'x'")
            var administrator = fixture.superuser
            administrator.user = name
            administrator.password = Secret("x")
            let outcome = try await fixture.setUp(as: administrator)
            #expect(outcome.changes == [])
            #expect(Set(outcome.fatalFindings.map(\.subject)) == [.missingRole])
            #expect(outcome.findings.contains { $0.message.contains(fixture.roles.analyst) })
        }
    }

    @Test("Passwords that differ are set anew, and no one sees them")
    func passwords() async throws {
        try await SetupFixture.with { fixture in
            let lines = Locked<[String]>([])
            let logger = Logger(label: "test", minimumLevel: .trace) { _, _, message, metadata in
                lines.withLock { $0.append("\(message) \(metadata)") }
            }
            let setup = DatabaseSetup(
                administrator: fixture.superuser, plan: fixture.plan(), eventLoop: PostgresServer.eventLoop,
                logger: logger)
            _ = try await setup.run()
            try await fixture.run("ALTER ROLE \(fixture.roles.analyst) PASSWORD 'something else'")
            let outcome = try await setup.run()
            #expect(outcome.changes == ["ALTER ROLE \"\(fixture.roles.analyst)\" PASSWORD '***'"])
            #expect(try await fixture.value("SELECT 1", as: fixture.login(fixture.roles.analyst)) == "1")
            let password = try #require(fixture.plan().passwords[fixture.roles.analyst]).reveal()
            #expect(password.count == 64)
            #expect(!lines.withLock { $0 }.contains { $0.contains(password) || $0.contains("SCRAM") })
        }
    }

    @Test("Passwords that another administrator's set-up has set are left, unless they are to be taken over")
    func foreignPasswords() async throws {
        try await SetupFixture.with { fixture in
            let administrator = try await fixture.plainAdministrator()
            let plan = fixture.plan(password: administrator.password)
            _ = try await fixture.setUp(plan, as: administrator)
            let second = try await fixture.setUp()
            #expect(!second.changes.contains { $0.contains("PASSWORD") })
            let found = second.findings.filter { $0.subject == .login }
            #expect(found.count == 1 && found[0].isFatal && found[0].message.contains(administrator.user))
            #expect(found.first?.remedy?.contains("--take-over") == true)
            #expect(try await fixture.value("SELECT 1", as: fixture.login(fixture.roles.app, plan)) == "1")

            var takeover = fixture.plan()
            takeover.takesOverPasswords = true
            let third = try await fixture.setUp(takeover)
            #expect(third.renewedPasswords == [fixture.roles.app, fixture.roles.analyst, fixture.roles.engineer])
            #expect(try await fixture.value("SELECT 1", as: fixture.login(fixture.roles.app)) == "1")
            // Now they are the superuser's, and follow when his password changes.
            #expect(try await fixture.setUp().changes == [])
            #expect(try await fixture.setUp(plan, as: administrator).findings.contains { $0.subject == .login })
            let changed = try await fixture.setUp(fixture.plan(password: Secret("another of the superuser")))
            #expect(changed.renewedPasswords.count == 3)
            #expect(changed.findings.filter { $0.subject == .login } == [])
        }
    }

    @Test("Given passwords are set whoever set the others, and a derived one does not replace them")
    func givenPasswords() async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            var plan = fixture.plan()
            plan.passwords = RolePasswords(
                roles: fixture.roles, administrator: fixture.superuser.password, analyst: Secret("given to the analyst")
            )
            #expect(try await fixture.setUp(plan).renewedPasswords == [fixture.roles.analyst])
            let derived = try await fixture.setUp()
            #expect(derived.renewedPasswords == [])
            #expect(
                derived.findings.contains { $0.subject == .login && $0.remedy?.contains("DB_ANALYST_PASS") == true })
            #expect(try await fixture.value("SELECT 1", as: fixture.login(fixture.roles.analyst, plan)) == "1")
        }
    }

    @Test("What a person wrote about a role stays")
    func commentsOfPeople() async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            try await fixture.run(
                "COMMENT ON ROLE \(fixture.roles.app) IS 'ours'; ALTER ROLE \(fixture.roles.app) PASSWORD 'x'")
            #expect(try await fixture.setUp().renewedPasswords == [fixture.roles.app])
            let comment = try await fixture.value(
                "SELECT shobj_description(\(fixture.roles.app)::text::regrole, 'pg_authid')")
            #expect(comment == "ours")
        }
    }

    @Test(
        "What else keeps a role out is named with its remedy, which works",
        arguments: ["NOLOGIN", "VALID UNTIL '2020-01-01'"])
    func keptOut(_ change: String) async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            try await fixture.run("ALTER ROLE \(fixture.roles.app) \(change)")
            let findings = try await fixture.setUp().findings.filter { $0.subject == .login }
            #expect(findings.count == 1 && findings[0].isFatal)
            try await fixture.run(try #require(findings.first?.remedy))
            #expect(try await fixture.setUp().findings.filter { $0.subject == .login } == [])
            #expect(try await fixture.value("SELECT 1", as: fixture.login(fixture.roles.app)) == "1")
        }
    }

    @Test("Replicas may set up at the same time")
    func concurrency() async throws {
        try await SetupFixture.with { fixture in
            try await withThrowingTaskGroup(of: SetupOutcome.self) { group in
                for _ in 0..<4 { group.addTask { try await fixture.setUp() } }
                for try await outcome in group { #expect(outcome.fatalFindings == []) }
            }
            #expect(try await fixture.setUp().changes == [])
        }
    }

    @Test("The same roles may be set up in two databases of one server at the same time")
    func twoDatabasesAtOnce() async throws {
        try await SetupFixture.with { state in
            try await PostgresServer.shared.withDatabase { other in
                let plan = state.plan()
                try await withThrowingTaskGroup(of: SetupOutcome.self) { group in
                    group.addTask { try await state.setUp(plan) }
                    group.addTask { try await state.setUp(plan, as: other) }
                    for try await outcome in group { #expect(outcome.fatalFindings == []) }
                }
            }
        }
    }

    @Test("State and warehouse on two servers: each gets its part and its roles")
    func twoServers() async throws {
        try await SetupFixture.with { warehouse in
            try await PostgresServer.shared.withDatabase { configuration in
                let statePlan = warehouse.plan(parts: .state)
                let warehousePlan = warehouse.plan(parts: .warehouse)
                let state = try await warehouse.setUp(statePlan, as: configuration)
                #expect(state.fatalFindings == [])
                #expect(!state.changes.contains { $0.contains(warehouse.roles.analyst) })
                #expect(try await warehouse.setUp(warehousePlan).fatalFindings == [])
                let schemas: PostgresQuery = """
                    SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname IN ('ai', 'dash')
                    """
                #expect(try await warehouse.value(schemas, as: configuration) == "ai")
                #expect(try await warehouse.value(schemas) == "dash")
                #expect(try await warehouse.setUp(statePlan, as: configuration).changes == [])
                #expect(try await warehouse.setUp(warehousePlan).changes == [])
            }
        }
    }

    @Test("An extension that others use is not moved, but named")
    func extensionElsewhere() async throws {
        try await SetupFixture.with { fixture in
            try await fixture.run("CREATE EXTENSION pg_trgm SCHEMA public")
            let outcome = try await fixture.setUp()
            #expect(outcome.fatalFindings.map(\.remedy) == [SetupCheck.moveOfTrigrams])
            try await fixture.run("ALTER EXTENSION pg_trgm SET SCHEMA ai")
            #expect(try await fixture.setUp().fatalFindings == [])
        }
    }

    @Test("What an administrator has taken from the analyst stays taken, and is named")
    func respectsRevocation() async throws {
        try await SetupFixture.with { fixture in
            _ = try await fixture.setUp()
            try await fixture.run(
                """
                REVOKE SELECT ON public.customers FROM \(fixture.roles.analyst);
                GRANT SELECT (id, plan) ON public.customers TO \(fixture.roles.analyst);
                """)
            let outcome = try await fixture.setUp()
            #expect(outcome.changes == [])
            #expect(outcome.findings.contains { $0.subject == .unevenRights && $0.message.contains("customers") })
        }
    }

    @Test("Tables in other schemas, with any name, can be read")
    func otherSchemas() async throws {
        try await SetupFixture.with { fixture in
            try await fixture.run(
                """
                CREATE SCHEMA "Sales Data";
                CREATE TABLE "Sales Data"."Order" ("Id" int, "select" text);
                CREATE MATERIALIZED VIEW "Sales Data".sums AS SELECT 1 AS one;
                """)
            let plan = fixture.plan(schemas: ["public", "Sales Data", "absent"])
            let outcome = try await fixture.setUp(plan)
            #expect(outcome.findings.count { $0.subject == .schema && $0.message.contains("absent") } == 1)
            #expect(try await fixture.check(plan).contains { $0.message.contains("absent") })
            let analyst = fixture.login(fixture.roles.analyst)
            #expect(try await fixture.refusal(#"SELECT "Id" FROM "Sales Data"."Order""#, as: analyst) == nil)
            #expect(try await fixture.refusal(#"SELECT * FROM "Sales Data".sums"#, as: analyst) == nil)
        }
    }

    @Test(
        "Schemas that are no company schemas are refused", arguments: [["ai"], ["public", "dash"], ["pg_catalog"], []])
    func badSchemas(schemas: [String]) async throws {
        try await SetupFixture.with { fixture async throws in
            let plan = fixture.plan(schemas: schemas)
            _ = await #expect(throws: SetupError.self) { try await fixture.setUp(plan) }
        }
    }
}

extension [SetupFinding] {
    /// Other tests make and drop databases at the same time.
    var withoutDatabases: [SetupFinding] { filter { $0.subject != .otherDatabases } }
}

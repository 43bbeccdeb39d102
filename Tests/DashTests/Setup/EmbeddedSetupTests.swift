import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite(.serialized) struct EmbeddedSetupTests {
    private static let prepared = Locked<SetupFixture?>(nil)

    /// Set up once; the tests only look.
    private func fixture() async throws -> SetupFixture {
        if let fixture = Self.prepared.withLock({ $0 }) { return fixture }
        let fixture = SetupFixture(try await OwnServer.shared.administrator())
        try await fixture.run(
            SetupFixture.company + """
                CREATE EXTENSION citext;
                CREATE TABLE public.words (word citext);
                INSERT INTO public.words VALUES ('Word');
                CREATE FUNCTION public.answer() RETURNS int LANGUAGE sql AS 'SELECT 42';
                GRANT ALL ON public.customers TO PUBLIC;
                """)
        _ = try await fixture.setUp(fixture.plan(.embedded))
        Self.prepared.withLock { $0 = fixture }
        return fixture
    }

    @Test("A second run changes nothing and finds nothing")
    func idempotence() async throws {
        let fixture = try await fixture()
        let outcome = try await fixture.setUp(fixture.plan(.embedded))
        #expect(outcome.changes == [])
        #expect(outcome.findings == [])
        let connection = try await fixture.connect(fixture.login(fixture.roles.app))
        #expect(try await SetupCheck(plan: fixture.plan(.embedded)).findings(on: connection) == [])
    }

    @Test(
        "The sandbox roles have lost what everybody has",
        arguments: [
            "CREATE TEMP TABLE t (id int)", "DO $$ BEGIN END $$", "SELECT pg_sleep(0)",
            "SELECT set_config('a.b', 'c', true)",
            "SELECT pg_advisory_lock(1)", "SELECT pg_try_advisory_lock(1)", "SELECT lo_create(0)",
            "SELECT lo_from_bytea(0, 'x')", "SELECT query_to_xml('SELECT 1', true, true, '')",
            "SELECT ts_stat('SELECT 1')",
            "SELECT ts_rewrite('a'::tsquery, 'SELECT 1')", "SELECT pg_notify('a', 'b')", "SELECT pg_cancel_backend(1)",
            "SELECT pg_terminate_backend(1)", "SELECT pg_export_snapshot()", "SELECT * FROM pg_stat_activity",
            "SELECT * FROM pg_stats", "SELECT * FROM pg_settings", "SELECT * FROM pg_roles", "SELECT * FROM pg_locks",
            "SELECT * FROM pg_user", "SELECT array_fill(0, ARRAY[2])", "SELECT public.answer()",
            "CREATE FUNCTION dash.f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "DELETE FROM public.customers",
            "SELECT ai.similarity('a', 'b')",
        ])
    func refusals(sql: String) async throws {
        let fixture = try await fixture()
        for role in [fixture.roles.analyst, fixture.roles.engineer] {
            #expect(try await fixture.refusal(sql, as: fixture.login(role)) == "42501", "\(role)")
        }
    }

    /// Object, right, and who of app, analyst, engineer and PUBLIC has it.
    static let rights: [(object: String, right: String, holders: Set<Character>)] = [
        ("database", "CONNECT", ["p", "a", "e"]), ("database", "TEMPORARY", []), ("database", "CREATE", []),
        ("schema public", "USAGE", ["p", "a", "e"]), ("schema public", "CREATE", []),
        ("schema dash", "USAGE", ["p", "a", "e"]), ("schema dash", "CREATE", ["e"]),
        ("schema ai", "USAGE", ["p"]), ("schema ai", "CREATE", ["p"]),
        ("table public.orders", "SELECT", ["p", "a", "e"]), ("table public.orders", "INSERT", []),
        ("table public.orders", "UPDATE", []), ("table public.orders", "DELETE", []),
        ("table public.orders", "TRUNCATE", []), ("table public.orders", "REFERENCES", []),
        ("table public.orders", "TRIGGER", []),
        ("table public.customers", "SELECT", ["p", "a", "e"]), ("table public.customers", "DELETE", []),
        ("table ai.audit", "SELECT", ["p"]), ("table ai.audit", "INSERT", ["p"]), ("table ai.audit", "UPDATE", []),
        ("table ai.audit", "DELETE", []), ("table ai.audit", "TRUNCATE", []), ("table ai.audit", "TRIGGER", []),
        ("table ai.audit", "REFERENCES", []),
        ("table pg_catalog.pg_stats", "SELECT", ["p"]), ("table pg_catalog.pg_stat_activity", "SELECT", ["p"]),
        ("table pg_catalog.pg_roles", "SELECT", ["p"]), ("table pg_catalog.pg_settings", "SELECT", ["p"]),
        ("table pg_catalog.pg_prepared_xacts", "SELECT", []), ("table pg_catalog.pg_user_mappings", "SELECT", []),
        ("table pg_catalog.pg_class", "SELECT", ["p", "a", "e", "*"]),
        ("function public.answer()", "EXECUTE", []), ("function pg_catalog.pg_sleep(float8)", "EXECUTE", ["p"]),
        ("function pg_catalog.pg_advisory_lock(bigint)", "EXECUTE", ["p"]),
        ("function pg_catalog.pg_cancel_backend(int)", "EXECUTE", ["p"]),
        ("function pg_catalog.lo_from_bytea(oid, bytea)", "EXECUTE", []),
        ("function pg_catalog.query_to_xml(text, bool, bool, text)", "EXECUTE", []),
        ("function pg_catalog.pg_logical_emit_message(bool, text, text)", "EXECUTE", []),
        ("function pg_catalog.lower(text)", "EXECUTE", ["p", "a", "e", "*"]),
        ("function ai.similarity(text, text)", "EXECUTE", ["p"]),
        ("language sql", "USAGE", ["p"]), ("language plpgsql", "USAGE", ["p"]),
    ]

    @Test("Every role has exactly the rights of the table", arguments: rights.indices)
    func rightsTable(index: Int) async throws {
        let fixture = try await fixture()
        let (object, right, holders) = Self.rights[index]
        let parts = object.split(separator: " ", maxSplits: 1).map(String.init)
        let name = parts.count > 1 ? parts[1] : fixture.superuser.database
        for (letter, role) in [
            ("p" as Character, fixture.roles.app), ("a", fixture.roles.analyst), ("e", fixture.roles.engineer),
            ("*", "public"),
        ] {
            let has = try await fixture.value(
                PostgresQuery(unescaped: "SELECT has_\(parts[0])_privilege('\(role)', '\(name)', '\(right)')"))
            #expect(has == (holders.contains(letter) ? "t" : "f"), "\(role): \(right) on \(name)")
        }
        // Beside it: who owns anything at all, and who is a member of what.
        #expect(
            try await fixture.value(
                "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE NOT r.rolsuper AND starts_with(r.rolname, \(fixture.roles.prefix + "_"))"
            ) == "0")
    }

    @Test("The sandbox roles' attributes and limits are as planned")
    func attributes() async throws {
        let fixture = try await fixture()
        let rows = try await fixture.connect().query(
            """
            SELECT concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolinherit,
                rolcanlogin, rolconnlimit, rolconfig) AS line
            FROM pg_roles WHERE rolname IN (\(fixture.roles.analyst), \(fixture.roles.engineer)) ORDER BY rolname
            """
        ).rows.map { $0["line"] }
        #expect(
            rows == ["f f f f f f t 24 {temp_file_limit=256MB}", "f f f f f f t 8 {temp_file_limit=1GB}"])
        // A limit that only a superuser may set survives what the role itself can do.
        let analyst = fixture.login(fixture.roles.analyst)
        #expect(try await fixture.refusal("SET temp_file_limit = '10GB'", as: analyst) == "42501")
        let connection = try await fixture.connect(analyst)
        try await connection.query("RESET ALL")
        #expect(try await connection.query("SHOW temp_file_limit").rows.first?.cells == ["256MB"])
    }

    @Test("Other databases of the server are closed to every role of Dash")
    func otherDatabases() async throws {
        let fixture = try await fixture()
        for role in [fixture.roles.app, fixture.roles.analyst, fixture.roles.engineer] {
            var configuration = fixture.login(role)
            configuration.database = "template1"
            await #expect(throws: PostgresError.self) { _ = try await fixture.connect(configuration) }
        }
    }

    @Test(
        "The daemon's role keeps what it works with",
        arguments: [
            "SELECT pg_advisory_lock(1)", "SELECT pg_notify('a', 'b')", "LISTEN a",
            "SELECT set_config('a.b', 'c', true)",
            "SELECT similarity('a', 'b')", "SELECT 'word' % 'words', 'a' <-> 'b'", "SELECT count(*) FROM pg_settings",
            "SELECT count(*) FROM pg_roles", "SELECT count(*) FROM pg_stat_activity", "SELECT count(*) FROM pg_locks",
            "SELECT count(*) FROM public.customers", "SELECT * FROM public.words WHERE word = 'word'",
            """
            CREATE TABLE ai.notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text);
            """,
            "CREATE INDEX ON ai.notes USING gin (note gin_trgm_ops)",
            "CREATE FUNCTION ai.f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
            "SELECT count(*) FROM pg_stats WHERE tablename = 'customers'",
        ])
    func app(sql: String) async throws {
        let fixture = try await fixture()
        if sql.contains("ON ai.notes") {
            try await fixture.run("CREATE TABLE IF NOT EXISTS ai.notes (id bigint, note text)")
            try await fixture.run("ALTER TABLE ai.notes OWNER TO \(fixture.roles.app)")
        } else {
            try await fixture.run("DROP TABLE IF EXISTS ai.notes")
        }
        #expect(try await fixture.refusal(sql, as: fixture.login(fixture.roles.app)) == nil)
    }

    @Test("The runners, the introspection and the tools work behind all the walls")
    func runners() async throws {
        let fixture = try await fixture()
        var configuration = WarehouseConnection.Configuration(
            host: fixture.superuser.host, port: fixture.superuser.port, database: fixture.superuser.database,
            roles: fixture.roles, passwords: fixture.plan().passwords)
        configuration.limits.rows = 10
        let connection = WarehouseConnection(
            configuration, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
        let warehouse = connection.warehouse
        let rows = try await warehouse.analyst.run(
            "SELECT c.name, sum(amount) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY 1 ORDER BY 2 DESC",
            keepingAs: "r")
        #expect(rows.rows.count == 10 && rows.isTruncated)
        let word = try await warehouse.analyst.run("SELECT word FROM words WHERE word = 'wORD'", keepingAs: "r")
        #expect(word.rows == [["Word"]] && word.columns.first?.type == .text)
        let view = try await warehouse.engineer.run(
            "CREATE OR REPLACE VIEW dash.plans AS SELECT plan, count(*) AS n FROM customers GROUP BY 1", keepingAs: "r")
        #expect(view.rows == [["CREATE VIEW"]])
        #expect(
            try await warehouse.introspection.catalog(refresh: false).relation(named: "dash.plans")?.columns.count == 2)
        #expect(try await warehouse.introspection.statistics(of: "orders", personalColumns: .none).rows == 100)
        await connection.close()
    }
}

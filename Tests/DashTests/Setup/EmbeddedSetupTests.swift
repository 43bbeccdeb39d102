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

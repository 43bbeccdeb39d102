import Postgres
import TestSupport
import Testing

@testable import Dash

/// What a statement could leave to the next question, tried without the guard, which stops all of it before.
@Suite struct SessionStateTests {
    /// Everything of a session that another statement could notice, in one text.
    private static let state = """
        SELECT (SELECT string_agg(name || '=' || setting, ',' ORDER BY name) FROM pg_settings
                WHERE name NOT IN ('application_name', 'transaction_read_only', 'transaction_isolation')),
            current_user, session_user, current_schemas(false)::text,
            (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors WHERE name <> 'dash_result'),
            (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()),
            (SELECT count(*) FROM pg_listening_channels()), (SELECT count(*) FROM pg_class WHERE relpersistence = 't'),
            coalesce(current_setting('my.own', true), ''), (SELECT rolconfig::text FROM pg_roles WHERE rolname = current_user)
        """

    static let attempts = [
        "SET work_mem = '1GB'", "SET SESSION statement_timeout = 0", "SET LOCAL work_mem = '1GB'",
        "SELECT set_config('statement_timeout', '0', false)", "SELECT set_config('statement_timeout', '1', false)",
        "SELECT set_config('my.own', 'secret', false)", "SELECT set_config('dash.sandbox', '', false)",
        "SELECT set_config('search_path', 'pg_temp, dash, public', false)", "SET search_path = dash",
        "SELECT set_config('TimeZone', 'Asia/Tokyo', false)",
        "SELECT set_config('default_transaction_read_only', 'off', false)",
        "SELECT set_config('role', 'none', false)", "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
        "SET DateStyle = 'German'", "SET standard_conforming_strings = off", "SELECT setseed(0.5)",
        "CREATE TEMP TABLE customers AS SELECT 'forged' AS name", "CREATE TEMP VIEW orders AS SELECT 1 AS id",
        "SELECT 'forged' AS name INTO TEMP customers",
        "PREPARE p AS SELECT 1", "DECLARE c CURSOR WITH HOLD FOR SELECT 1", "DECLARE c CURSOR FOR SELECT 1",
        "SELECT pg_advisory_lock(42)::text", "SELECT pg_try_advisory_lock(7)",
        "SELECT pg_advisory_lock_shared(9)::text",
        "LISTEN secrets", "SELECT pg_notify('secrets', 'x')", "LOAD 'plpgsql'", "BEGIN", "COMMIT", "ROLLBACK",
        "SAVEPOINT s", "PREPARE TRANSACTION 'x'", "SET ROLE NONE", "SET SESSION AUTHORIZATION DEFAULT",
        "ALTER ROLE CURRENT_USER SET statement_timeout = 0", "ALTER ROLE CURRENT_USER SET search_path = dash",
        "DISCARD ALL", "RESET ALL", "SELECT nextval('public.s')",
        "COPY (SELECT 1) TO STDOUT", "COPY customers FROM STDIN",
    ]

    @Test("The next question of the analyst sees nothing of it")
    func analyst() async throws {
        try await Self.with { fixture in
            try await expectNothingLeft(by: fixture.warehouse.analyst, state: Self.state)
        }
    }

    /// The engineer's sessions commit, so that here forgetting has to do what rolling back does for the analyst.
    @Test("Nor does the engineer's next statement")
    func engineer() async throws {
        try await Self.with { fixture in
            try await expectNothingLeft(by: fixture.warehouse.engineer, state: Self.state.withoutRoleSettings)
        }
    }

    private func expectNothingLeft(by runner: any SQLRunner, state: String) async throws {
        let before = try await runner.run(state, keepingAs: "r").rows
        for attempt in Self.attempts {
            _ = try? await runner.run(attempt, keepingAs: "r")
            let after = try await runner.run(state, keepingAs: "r").rows
            #expect(after == before, "\(attempt)")
            let next = try await runner.run(
                "SELECT name, current_setting('statement_timeout') FROM customers WHERE id = 1", keepingAs: "r")
            #expect(next.rows == [["Customer 1", "30s"]], "\(attempt)")
        }
    }

    @Test("Settings that a role gave itself lose against those of the session")
    func roleSettings() async throws {
        try await Self.with { fixture in
            for setting in ["statement_timeout = 0", "search_path = dash", "work_mem = '1GB'"] {
                _ = try await fixture.build("ALTER ROLE CURRENT_USER SET \(setting)")
            }
            let fresh = fixture.with(layers: WarehouseFixture.unguarded)
            #expect(
                try await fresh.build(
                    "SELECT current_setting('statement_timeout'), current_setting('work_mem'), current_setting('search_path')"
                ).rows == [["30s", "16MB", #""public", "dash""#]])
            await fresh.connection.close()
        }
    }

    private static func with(_ body: @Sendable (WarehouseFixture) async throws -> Void) async throws {
        try await WarehouseFixture.with(
            script: """
                CREATE SEQUENCE public.s;
                DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $$
                """,
            configure: {
                // One session each, so that the next statement meets the last one's.
                $0.analystConnections = 1
                $0.engineerConnections = 1
                $0.layers = WarehouseFixture.unguarded
            }, body)
    }
}

extension String {
    /// Without the settings that a role keeps: no layer but the guard can stop a role from changing its own.
    fileprivate var withoutRoleSettings: String {
        guard let start = firstRange(of: ", (SELECT rolconfig") else { return self }
        return String(self[..<start.lowerBound])
    }
}

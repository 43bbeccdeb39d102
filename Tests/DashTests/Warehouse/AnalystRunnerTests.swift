import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct AnalystRunnerTests {
    @Test(
        "Queries run however they are written",
        arguments: [
            "SELECT 1 AS one", "SELECT 1 AS one;", "  \n SELECT 1 AS one ;\n ; ", "SELECT 1 AS one -- the end",
            "SELECT 1 AS one; -- the end", "SELECT 1 AS one /* a; b */", "SELECT 1 AS one; /* a; b */ -- c; d",
            "-- first\nSELECT 1 AS one", "/* x; */ SELECT 1 AS one;", "WITH a AS (SELECT 1 AS one) SELECT * FROM a",
            "VALUES (1)", "(SELECT 1 AS one)", "SELECT 1 AS one UNION ALL SELECT 2 WHERE false ORDER BY 1 LIMIT 5;",
            "SELECT 1, ';' AS semicolon; -- ' unbalanced", "SELECT 1, $a$;--$a$ AS dollar", "SELECT 1, '--' AS dashes",
            "SELECT 1, 'x' AS a, 'y' AS a, 'z' AS \"a b\"; -- names that occur twice",
        ])
    func queries(sql: String) async throws {
        for layers in [ProtectionLayers.all, WarehouseFixture.unguarded] {
            try await run(sql, layers)
        }
    }

    private func run(_ sql: String, _ layers: ProtectionLayers) async throws {
        try await WarehouseFixture.withShared(layers: layers) { fixture in
            let result = try await fixture.ask(sql)
            #expect(result.rows.count == 1)
            #expect(result.rows.first?.first == "1")
            #expect(result.sql == sql)
            #expect(!result.isTruncated)
        }
    }

    @Test("Names, types, order and values are those of the statement")
    func shape() async throws {
        try await WarehouseFixture.withShared { fixture in
            let result = try await fixture.ask(
                """
                SELECT i, i * 1.50 AS d, 't' || i AS t, i = 1 AS b, date '2026-01-01' + i AS day,
                    timestamptz '2026-01-01 12:00+02' AS at, '{"a": 1}'::jsonb AS j, 'glad'::public.mood AS m,
                    NULL::text AS t, ARRAY['a', NULL] AS l, '\\xff'::bytea AS x
                FROM generate_series(1, 2) AS t(i) ORDER BY i DESC
                """)
            #expect(result.columns.map(\.name) == ["i", "d", "t", "b", "day", "at", "j", "m", "t", "l", "x"])
            #expect(
                result.columns.map(\.type) == [
                    .integer, .decimal, .text, .boolean, .date, .timestamp, .json, .text, .text, .other, .other,
                ])
            #expect(
                result.rows.first == [
                    "2", "3.00", "t2", "f", "2026-01-03", "2026-01-01 10:00:00+00", "{\"a\": 1}", "glad", nil,
                    "{a,NULL}", "\\xff",
                ])
            #expect(result.rows.count == 2)
        }
    }

    @Test(
        "What is not a query is refused, and nothing changes",
        arguments: [
            "DELETE FROM customers", "INSERT INTO customers VALUES (0, 'x')", "UPDATE customers SET name = 'x'",
            "TRUNCATE customers", "DROP TABLE customers", "CREATE TABLE t (id int)", "SELECT * INTO t FROM customers",
            "CREATE TEMP TABLE t AS SELECT 1", "WITH d AS (DELETE FROM customers RETURNING *) SELECT * FROM d",
            "SELECT 1; DROP TABLE customers", "COMMIT; DROP TABLE customers", "COMMIT", "ROLLBACK", "BEGIN",
            "SET statement_timeout = 0", "RESET ALL", "SET ROLE postgres", "SET TRANSACTION READ WRITE",
            "SET SESSION AUTHORIZATION DEFAULT", "COPY customers TO STDOUT", "COPY customers FROM STDIN",
            "COPY (SELECT 1) TO PROGRAM 'true'", "DO $$ BEGIN DELETE FROM customers; END $$", "CALL p()",
            "NOTIFY dash_jobs",
            "LISTEN dash_jobs", "LOCK TABLE customers", "PREPARE p AS SELECT 1", "EXECUTE p", "DEALLOCATE ALL",
            "FETCH ALL FROM dash_result", "CLOSE dash_result", "DECLARE c CURSOR FOR SELECT 1", "VACUUM", "ANALYZE",
            "EXPLAIN ANALYZE DELETE FROM customers", "EXPLAIN (ANALYZE) DELETE FROM customers",
            "EXPLAIN ANALYZE SELECT 1", "EXPLAIN(ANALYZE true) SELECT 1", "SELECT * FROM customers FOR UPDATE",
            "SELECT nextval('public.s')", "SELECT setval('public.s', 100)", "ALTER ROLE CURRENT_USER PASSWORD 'x'",
            "SELECT * FROM ai.secrets", "TABLE ai.secrets",
            "SELECT query_to_xml('SELECT * FROM ai.secrets', true, true, '')",
            "SELECT pg_read_file('/etc/passwd')", "SELECT lo_import('/etc/passwd')", "SELECT * FROM pg_authid",
            "SELECT 1) AS q(c0); DROP TABLE customers; --", "SELECT 'x'::text) AS q(c0), (SELECT * FROM ai.secrets", "",
            " ; ", "SELECT 1\u{0}", "SELECT '" + String(repeating: "x", count: 70_000) + "'",
        ])
    func refusals(sql: String) async throws {
        for layers in [ProtectionLayers.all, WarehouseFixture.unguarded] {
            try await refuse(sql, layers)
        }
    }

    private func refuse(_ sql: String, _ layers: ProtectionLayers) async throws {
        try await WarehouseFixture.withShared(layers: layers) { fixture in
            let failure = try #require(try await fixture.failure(sql, of: fixture.warehouse.analyst))
            #expect([.refused, .permission, .syntax, .missingFunction, .other].contains(failure.errorClass))
            #expect(!failure.message.isEmpty)
            #expect(try await fixture.setup.value("SELECT count(*) FROM public.customers") == "20")
            #expect(try await fixture.setup.value("SELECT is_called FROM public.s") == "f")
            // The session is as good as new.
            #expect(try await fixture.ask("SELECT count(*) FROM customers").rows == [["20"]])
        }
    }

    @Test("Commands are called by their name when they are refused")
    func refusalNamesTheCommand() async throws {
        try await WarehouseFixture.withShared { fixture in
            let failure = try await fixture.failure("\n delete from customers", of: fixture.warehouse.analyst)
            #expect(failure?.errorClass == .refused)
            #expect(failure?.message.contains("DELETE") == true)
        }
    }

    @Test(
        "Failures are classified and point into the statement as it was written",
        arguments: [
            ("SELECT nam FROM customers", SQLFailure.Class.missingColumn, 8),
            ("SELECT *\nFROM custumers", .missingTable, 15),
            ("SELECT * FROM nowhere.customers", .missingTable, 15),
            ("SELECT nofunction(1)", .missingFunction, 8),
            ("SELECT é, FROM customers", .syntax, 11),
            ("SELECT id + name FROM customers", .missingFunction, 11),
            ("SELECT 'abc'::int", .typeMismatch, 8),
            ("SELECT plan, count(*) FROM customers", .syntax, 8),
            ("SELECT 1 / (id - id) FROM customers", .divisionByZero, nil),
            ("SELECT * FROM ai.secrets", .permission, 15),
            ("EXPLAIN SELECT nam FROM customers", .missingColumn, 16),
            ("\r\n EXPLAIN SELECT nam FROM customers", .missingColumn, 19),
            ("/* é */ EXPLAIN (COSTS off) SELECT nam FROM customers", .missingColumn, 36),
            ("SELECT 'e\u{301}', nam FROM customers", .missingColumn, 14),
        ] as [(String, SQLFailure.Class, Int?)])
    func failures(sql: String, errorClass: SQLFailure.Class, position: Int?) async throws {
        try await WarehouseFixture.withShared(layers: WarehouseFixture.unguarded) { fixture in
            let failure = try #require(try await fixture.failure(sql, of: fixture.warehouse.analyst))
            #expect(failure.errorClass == errorClass)
            #expect(failure.position == position)
            #expect(failure.sqlState?.count == 5)
        }
    }

    @Test(
        "EXPLAIN shows the plan without running the statement",
        arguments: [
            "explain SELECT * FROM customers", "EXPLAIN VERBOSE TABLE customers",
            "EXPLAIN (COSTS off) SELECT * FROM customers",
            "EXPLAIN (FORMAT JSON) SELECT * FROM customers",
            "EXPLAIN (COSTS, format 'yaml', SUMMARY 1) TABLE customers",
            "/* a plan; */ EXPLAIN(BUFFERS,VERBOSE false)SELECT * FROM customers;",
            "-- EXPLAIN ANALYZE\nEXPLAIN (SELECT * FROM customers) -- ;", "EXPLAIN (TABLE customers)",
            "EXPLAIN ((SELECT * FROM customers))", "EXPLAIN WITH a AS (SELECT * FROM customers) SELECT * FROM a",
        ])
    func explain(sql: String) async throws {
        for layers in [ProtectionLayers.all, WarehouseFixture.unguarded] {
            try await WarehouseFixture.withShared(layers: layers) { fixture in
                let result = try await fixture.ask(sql)
                let text = result.rows.compactMap { $0.first ?? nil }.joined(separator: "\n")
                #expect(text.contains("Seq Scan") && text.contains("customers") && !text.contains("actual"))
            }
        }
    }

    @Test(
        "EXPLAIN takes no option that runs the statement or shows settings",
        arguments: [
            "EXPLAIN ANALYZE TABLE customers", "EXPLAIN (ANALYZE) TABLE customers",
            "EXPLAIN (COSTS, ANALYZE) TABLE customers", "EXPLAIN (\"analyze\") TABLE customers",
            "EXPLAIN (U&\"an\\0061lyze\") TABLE customers", "EXPLAIN VERBOSE ANALYZE TABLE customers",
            "EXPLAIN (VERBOSE) (ANALYZE) TABLE customers", "EXPLAIN (COSTS off /*)*/, ANALYZE) TABLE customers",
            "EXPLAIN (SETTINGS) TABLE customers", "EXPLAIN (FORMAT 'json) , ANALYZE (') TABLE customers",
            "EXPLAIN (FORMAT json, ANALYZE on) TABLE customers",
        ])
    func explainOptions(sql: String) async throws {
        for layers in [ProtectionLayers.all, WarehouseFixture.unguarded] {
            try await WarehouseFixture.withShared(layers: layers) { fixture in
                let failure = try #require(try await fixture.failure(sql, of: fixture.warehouse.analyst))
                #expect([.refused, .syntax].contains(failure.errorClass), "\(failure)")
            }
        }
    }

    @Test("More rows than the cap are cut and flagged; exactly as many are not")
    func rowCap() async throws {
        try await WarehouseFixture.with(configure: { $0.limits.rows = 10 }) { fixture in
            let exact = try await fixture.ask("SELECT i, 'x' AS x FROM generate_series(1, 10) i")
            #expect(exact.rows.count == 10 && !exact.isTruncated)
            let more = try await fixture.ask("SELECT i, 'x' AS x FROM generate_series(1, 11) i ORDER BY i")
            #expect(more.rows.count == 10 && more.isTruncated)
            #expect(more.rows.last?.first == "10")
        }
    }

    @Test("The default cap is a thousand rows")
    func defaultRowCap() async throws {
        try await WarehouseFixture.withShared { fixture in
            let result = try await fixture.ask("SELECT i FROM generate_series(1, 100000) i")
            #expect(result.rows.count == 1000 && result.isTruncated)
        }
    }

    @Test("More bytes than the cap are cut and flagged")
    func byteCap() async throws {
        try await WarehouseFixture.withShared { fixture in
            let result = try await fixture.ask("SELECT i, repeat('x', 4000) AS x FROM generate_series(1, 900) i")
            #expect(result.isTruncated && !result.hasCutCells)
            let bytes = result.rows.joined().reduce(0) { $0 + ($1?.utf8.count ?? 0) }
            #expect(bytes <= ResultLimits().bytes && bytes > ResultLimits().bytes - 10_000)
        }
    }

    @Test("A huge cell is cut on the server, marked and flagged", arguments: ["", "; -- note"])
    func hugeCell(end: String) async throws {
        try await WarehouseFixture.withShared { fixture in
            let result = try await fixture.ask("SELECT repeat('é', 20000000) AS long, 7 AS seven\(end)")
            let cell = try #require(result.rows.first?.first ?? nil)
            #expect(cell.hasPrefix(String(repeating: "é", count: 4096) + "…"))
            #expect(cell.count < 4200)
            #expect(result.hasCutCells && !result.isTruncated)
            #expect(result.rows.first?.last == "7")
        }
    }

    @Test("A very wide row of long cells stays within the byte cap")
    func wideRow() async throws {
        try await WarehouseFixture.withShared { fixture in
            let cells = (0..<600).map { "repeat('x', 100000) AS c\($0)" }.joined(separator: ", ")
            let result = try await fixture.ask("SELECT \(cells)")
            #expect(result.rows.count == 1 && result.hasCutCells)
            #expect(result.rows.joined().reduce(0) { $0 + ($1?.utf8.count ?? 0) } < 1_200_000)
        }
    }

    @Test(
        "A statement that takes too long is ended",
        arguments: ["SELECT count(*) FROM generate_series(1, 1000000000)", "SELECT pg_sleep(60)"])
    func timeout(sql: String) async throws {
        try await WarehouseFixture.with(configure: {
            $0.statementTimeout = .milliseconds(200)
            $0.layers = WarehouseFixture.unguarded
        }) { fixture in
            let failure = try await fixture.failure(sql, of: fixture.warehouse.analyst)
            #expect(failure?.errorClass == .timeout)
            #expect(try await fixture.ask("SELECT 1").rows == [["1"]])
        }
    }

    @Test("Cancelling the task cancels the statement on the server")
    func cancellation() async throws {
        try await WarehouseFixture.with(configure: { $0.limits.cost = nil }) { fixture in
            // With all layers: what a question could really send.
            let task = Task { try await fixture.ask("SELECT count(*) FROM generate_series(1, 100000000000)") }
            let running: PostgresQuery = """
                SELECT count(*) FROM pg_stat_activity
                WHERE usename = \(fixture.setup.roles.analyst) AND state = 'active' AND query LIKE 'FETCH%'
                """
            try await fixture.waitUntilRunning("FETCH%", as: fixture.setup.roles.analyst)
            let start = ContinuousClock.now
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await fixture.setup.value(running) == "0")
            // How fast it is, the benchmark says; this only tells an end by cancellation from one by a time limit.
            #expect(start.duration(to: .now) < .seconds(15))
            #expect(fixture.connection.abandonedStatements == 0)
            #expect(try await fixture.ask("SELECT 1").rows == [["1"]])
        }
    }

    @Test("A statement leaves nothing behind for the next one")
    func freshSession() async throws {
        try await WarehouseFixture.with(configure: {
            $0.analystConnections = 1
            $0.layers = WarehouseFixture.unguarded
        }) { fixture in
            let state = """
                SELECT pg_backend_pid(), current_setting('statement_timeout'), current_setting('search_path'),
                    current_setting('transaction_read_only'), current_setting('TimeZone'),
                    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())
                """
            let before = try await fixture.ask(state)
            #expect(before.rows.first?.dropFirst() == ["30s", #""public""#, "on", "UTC", "0"])
            _ = try await fixture.ask(
                """
                SELECT set_config('statement_timeout', '0', false), set_config('search_path', 'dash', false),
                    set_config('default_transaction_read_only', 'off', false), set_config('TimeZone', 'Asia/Tokyo', false),
                    set_config('dash.sandbox', 'off', false), pg_advisory_lock(42)::text
                """)
            #expect(try await fixture.ask(state).rows == before.rows)
        }
    }

    @Test("Settings that a server took only after connecting are in force for every statement")
    func settingsWithoutStartupOptions() async throws {
        try await WarehouseFixture.with { fixture in
            var login = fixture.connection.analyst.configuration
            // What the server does not know makes it refuse the options, as a pooler does.
            login.settings["not_of_this_server"] = "on"
            let client = PostgresClient(
                configuration: login, maximumConnections: 1, eventLoop: PostgresServer.eventLoop,
                logger: PostgresServer.logger)
            let runner = AnalystRunner(client: client, policy: BasicStatementPolicy())
            for _ in 0..<3 {
                let result = try await runner.run(
                    "SELECT current_setting('statement_timeout'), current_setting('search_path')", keepingAs: "r")
                #expect(result.rows == [["30s", #""public""#]])
            }
            await client.close()
        }
    }
}

import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct EngineerRunnerTests {
    @Test("What the engineer builds in dash is there, and the analyst reads it")
    func builds() async throws {
        try await WarehouseFixture.with { fixture in
            let created = try await fixture.build(
                "CREATE VIEW dash.plans AS SELECT plan, count(*) AS customers FROM customers GROUP BY plan;")
            #expect(created.rows == [["CREATE VIEW"]])
            #expect(try await fixture.ask("SELECT customers FROM dash.plans ORDER BY plan").rows == [["10"], ["10"]])
            for (sql, tag) in [
                ("CREATE TABLE dash.totals (day date, total numeric)", "CREATE TABLE"),
                ("INSERT INTO dash.totals VALUES ('2026-01-01', 5), ('2026-01-02', 6)", "INSERT 0 2"),
                ("CREATE MATERIALIZED VIEW dash.sums AS SELECT sum(total) AS total FROM dash.totals", "SELECT 1"),
                ("REFRESH MATERIALIZED VIEW dash.sums", "REFRESH MATERIALIZED VIEW"),
                ("COMMENT ON VIEW dash.plans IS 'Customers per plan'", "COMMENT"),
                ("ALTER TABLE dash.totals ADD COLUMN note text", "ALTER TABLE"),
                ("CREATE TABLE dash.copied AS SELECT plan AS p, 1 AS n FROM customers", "SELECT 20"),
                ("DROP TABLE dash.copied", "DROP TABLE"),
            ] {
                #expect(try await fixture.buildConfirmed(sql).rows == [[tag]], "\(sql)")
            }
            #expect(try await fixture.ask("SELECT total FROM dash.sums").rows == [["11"]])
        }
    }

    @Test("Queries work and are capped as the analyst's are")
    func queries() async throws {
        try await WarehouseFixture.with(configure: { $0.limits.rows = 5 }) { fixture in
            let result = try await fixture.build("SELECT id FROM customers ORDER BY id;")
            #expect(result.rows == [["1"], ["2"], ["3"], ["4"], ["5"]])
            #expect(result.isTruncated)
            let returned = try await fixture.build(
                "WITH x AS (SELECT 1) SELECT * FROM x, customers ORDER BY id LIMIT 1 -- read")
            #expect(returned.rows.first?.prefix(2) == ["1", "1"])
        }
    }

    @Test(
        "Nothing outside dash can be changed",
        arguments: [
            "CREATE TABLE public.t (id int)", "CREATE TABLE t (id int)", "DELETE FROM customers",
            "UPDATE public.customers SET name = ''", "INSERT INTO orders VALUES (0)", "TRUNCATE orders",
            "DROP TABLE public.customers CASCADE", "CREATE TABLE ai.t (id int)", "SELECT * FROM ai.secrets",
            "CREATE TABLE dash.k () INHERITS (public.customers)", "CREATE SCHEMA mine", "DROP SCHEMA dash CASCADE",
            "CREATE TABLE dash.r (id int REFERENCES public.customers)", "CREATE ROLE x", "SET ROLE postgres",
            "ALTER TABLE public.orders ADD COLUMN x int", "CREATE INDEX ON public.orders (amount)",
            "CREATE TABLE dash.a (id int); DROP TABLE public.customers", "COPY customers TO '/tmp/x'",
            "COPY customers TO STDOUT", "GRANT SELECT ON public.customers TO PUBLIC",
        ])
    func refusals(sql: String) async throws {
        try await WarehouseFixture.with { fixture in
            try await fixture.setup.run("CREATE TABLE ai.secrets AS SELECT 1 AS secret")
            let dump: PostgresQuery = """
                SELECT (SELECT count(*) FROM public.customers WHERE name <> '') + (SELECT count(*) FROM public.orders)
                    + (SELECT count(*) FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'ai'::regnamespace))
                    + (SELECT count(*) FROM pg_namespace)
                """
            let before = try await fixture.setup.value(dump)
            let failure = try await fixture.failure(sql, of: fixture.warehouse.engineer)
            // A GRANT without the right to is a warning on the server.
            if !sql.hasPrefix("GRANT") { #expect(failure != nil) }
            #expect(try await fixture.setup.value(dump) == before)
            #expect(
                try await fixture.setup.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'dash'::regnamespace")
                    == "0")
        }
    }

    @Test("A statement that fails leaves nothing")
    func failure() async throws {
        try await WarehouseFixture.with { fixture in
            let failure = try await fixture.failure(
                "CREATE TABLE dash.t AS SELECT nam FROM customers", of: fixture.warehouse.engineer)
            #expect(failure?.errorClass == .missingColumn)
            #expect(failure?.position == 31)
            #expect(
                try await fixture.failure("SELECT * FROM dash.t", of: fixture.warehouse.engineer)?.errorClass
                    == .missingTable)
        }
    }

    @Test("Beyond the quota nothing is stored, but things can be dropped")
    func quota() async throws {
        try await WarehouseFixture.with { fixture in
            _ = try await fixture.build(
                "CREATE TABLE dash.big AS SELECT i, repeat('x', 100) FROM generate_series(1, 20000) i")
            let small = EngineerRunner(
                client: fixture.connection.engineer, policy: BasicStatementPolicy(), quota: 1_000_000)
            let failure = try await fixture.failure("INSERT INTO dash.big SELECT * FROM dash.big", of: small)
            #expect(failure?.errorClass == .limit)
            #expect(failure?.message.contains("schema dash") == true)
            #expect(try await fixture.ask("SELECT count(*) FROM dash.big").rows == [["20000"]])
            let asked = try #require(
                await #expect(throws: ConfirmationRequired.self) {
                    _ = try await small.run("DROP TABLE dash.big", keepingAs: "r")
                })
            let dropped = try await Approval.given(for: asked.action) {
                try await small.run("DROP TABLE dash.big", keepingAs: "r")
            }
            #expect(dropped.rows == [["DROP TABLE"]])
        }
    }

    @Test("Session state does not outlive a statement")
    func freshSession() async throws {
        try await WarehouseFixture.with(configure: { $0.layers = WarehouseFixture.unguarded }) { fixture in
            _ = try await fixture.build("SELECT set_config('statement_timeout', '0', false)")
            #expect(try await fixture.build("SHOW statement_timeout").rows == [["30s"]])
        }
    }

    @Test(
        "Commands that every role may give and that do nothing in dash are refused",
        arguments: [
            "ALTER ROLE %s PASSWORD NULL", "ALTER USER %s SET statement_timeout = 0", "NOTIFY dash_jobs_cancel, '1'",
            "/* /* */ CREATE VIEW */ NOTIFY dash_jobs_cancel, '1'", "--\rNOTIFY dash_jobs_cancel, '1' --\ncreate view",
            "DROP OWNED BY CURRENT_USER", "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC",
            "LOCK TABLE public.customers IN ACCESS SHARE MODE", "SET statement_timeout = 0", "COMMIT", "LISTEN x",
            "DISCARD ALL", "DO 'begin end'",
        ])
    func refusedCommands(sql: String) async throws {
        try await WarehouseFixture.with { fixture in
            let role = PostgresQuery.quoted(identifier: fixture.setup.roles.engineer)
            let parts = sql.split(separator: "%s", omittingEmptySubsequences: false)
            let failure = try await fixture.failure(parts.joined(separator: role), of: fixture.warehouse.engineer)
            // Where a comment ends, the parser knows better than whoever wrote the text: two statements may be no statement.
            #expect(
                failure?.errorClass == .refused || failure?.errorClass == .syntax, "\(failure?.message ?? "it ran")")
            #expect(try await fixture.build("SELECT 1").rows == [["1"]])
        }
    }

    @Test("What a change returns is bounded before it is in memory, and nothing of it stays")
    func boundedReply() async throws {
        try await WarehouseFixture.with { fixture in
            _ = try await fixture.build("CREATE TABLE dash.t (i int)")
            let failure = try await fixture.failure(
                """
                WITH new AS (INSERT INTO dash.t VALUES (1) RETURNING i)
                SELECT repeat('x', 10000) FROM new, generate_series(1, 1000000)
                """, of: fixture.warehouse.engineer)
            #expect(failure?.errorClass == .limit)
            #expect(try await fixture.build("SELECT count(*) FROM dash.t").rows == [["0"]])
            let returned = try await fixture.build("INSERT INTO dash.t SELECT generate_series(1, 3) RETURNING i")
            #expect(returned.rows == [["1"], ["2"], ["3"]])
        }
    }

    @Test(
        "Nothing in dash takes the name of a company table",
        arguments: [
            "CREATE VIEW dash.customers AS SELECT 1 AS one", "CREATE TABLE dash.orders (id int)",
            "CREATE MATERIALIZED VIEW dash.customers AS SELECT 1 AS one", "ALTER VIEW dash.plans RENAME TO customers",
        ])
    func shadows(sql: String) async throws {
        try await WarehouseFixture.with { fixture in
            _ = try await fixture.build("CREATE VIEW dash.plans AS SELECT 1 AS one")
            let failure = try await fixture.failure(sql, of: fixture.warehouse.engineer)
            #expect(failure?.errorClass == .refused)
            #expect(failure?.hint?.isEmpty == false)
            #expect(try await fixture.build("SELECT * FROM dash.plans").rows == [["1"]])
            // An object that is there already does not stand in the way of others.
            try await fixture.setup.run("CREATE TABLE public.plans (id int)")
            #expect(try await fixture.build("CREATE VIEW dash.other AS SELECT 1 AS one").rows == [["CREATE VIEW"]])
            #expect(try await fixture.build("DROP VIEW dash.plans").rows == [["DROP VIEW"]])
        }
    }

    @Test("EXPLAIN never runs what it explains")
    func explain() async throws {
        try await WarehouseFixture.with { fixture in
            _ = try await fixture.build("CREATE TABLE dash.t AS SELECT 1 AS i")
            for sql in ["EXPLAIN ANALYZE DELETE FROM dash.t", "EXPLAIN (ANALYZE) DELETE FROM dash.t"] {
                #expect(
                    try await fixture.failure(sql, of: fixture.warehouse.engineer)?.errorClass == .refused, "\(sql)")
            }
            #expect(try await fixture.build("SELECT i FROM dash.t").rows == [["1"]])
        }
    }

    @Test("A result says whether its statement changed something, and whether objects may be gone")
    func changes() async throws {
        try await WarehouseFixture.with { fixture in
            let created = try await fixture.build("CREATE VIEW dash.a AS SELECT 1 AS i").change
            #expect(created == ResultTable.Change(drops: false))
            #expect(try await fixture.build("SELECT i FROM dash.a").change == nil)
            #expect(try await fixture.ask("SELECT i FROM dash.a").change == nil)
            let dropped = try await fixture.build("  -- x\n drop view dash.a").change
            #expect(dropped == ResultTable.Change(drops: true))
        }
    }
}

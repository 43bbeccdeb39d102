import Postgres
import SQLGuard
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct GuardedPolicyTests {
    /// A time that tests move.
    private final class Time: Sendable {
        private let instant = Locked(ContinuousClock.now)
        func now() -> ContinuousClock.Instant { instant.withLock { $0 } }
        func pass(_ duration: Duration) { instant.withLock { $0 += duration } }
    }

    private func refusal(
        _ sql: String, _ catalog: GuardCatalog, as role: SQLRole = .analyst
    ) async throws -> SQLFailure? {
        do {
            _ = try await GuardedPolicy(role, catalog: catalog).check(sql)
            return nil
        } catch let failure as SQLFailure {
            return failure
        }
    }

    @Test("What somebody adds to a company schema is noticed within a minute")
    func changes() async throws {
        try await WarehouseFixture.with { fixture in
            let time = Time()
            let catalog = GuardCatalog(client: fixture.connection.app, dataSchemas: ["public"], now: time.now)
            let calls = ["SELECT lower(name) FROM customers", "SELECT c.forget FROM customers c"]
            for sql in calls { #expect(try await refusal(sql, catalog) == nil, "\(sql)") }
            #expect(try await refusal("SELECT 'sad'::public.mood", catalog)?.errorClass == .refused)
            let view = "CREATE VIEW dash.targets AS SELECT 1 AS one"
            #expect(try await refusal(view, catalog, as: .engineer) == nil)
            try await fixture.setup.run(
                """
                CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT ''''';
                CREATE FUNCTION public.forget(public.customers) RETURNS int LANGUAGE sql AS 'SELECT 1';
                CREATE TYPE public.mood AS ENUM ('sad');
                CREATE TABLE public.targets (id int);
                """)
            time.pass(.seconds(59))
            for sql in calls { #expect(try await refusal(sql, catalog) == nil, "\(sql)") }
            time.pass(.seconds(2))
            for sql in calls { #expect(try await refusal(sql, catalog)?.errorClass == .refused, "\(sql)") }
            #expect(try await refusal("SELECT 'sad'::public.mood", catalog) == nil)
            #expect(try await refusal(view, catalog, as: .engineer)?.errorClass == .refused)
            #expect(try await refusal("SELECT pg_catalog.lower(name) FROM customers", catalog) == nil)
        }
    }

    @Test("While the server cannot be asked nothing runs")
    func away() async throws {
        let silent = PostgresClient(
            configuration: PostgresConfiguration(host: "127.0.0.1", port: 1, database: "x", user: "x"),
            eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
        let catalog = GuardCatalog(client: silent, dataSchemas: ["public"])
        for sql in ["SELECT 1", "DELETE FROM customers"] {
            #expect(try await refusal(sql, catalog)?.errorClass == .connection)
        }
        await silent.close()
    }

    @Test("What was read once does not outlive its minute while the server is away")
    func awayLater() async throws {
        try await WarehouseFixture.with { fixture async throws in
            let time = Time()
            let catalog = GuardCatalog(client: fixture.connection.app, dataSchemas: ["public"], now: time.now)
            #expect(try await refusal("SELECT 1", catalog) == nil)
            await fixture.connection.app.close()
            #expect(try await refusal("SELECT 1", catalog) == nil)
            time.pass(.seconds(61))
            #expect(try await refusal("SELECT 1", catalog)?.errorClass == .connection)
        }
    }

    @Test("A list of tables bounds what statements may name, in every company schema")
    func allowedTables() async throws {
        try await WarehouseFixture.with(
            schemas: ["public", "crm"],
            script: "CREATE SCHEMA crm; CREATE TABLE crm.contacts (id int); CREATE TABLE crm.secrets (id int)",
            configure: {
                $0.allowedTables = AllowedTables(names: [
                    .init(table: "customers"), .init(schema: "crm", table: "contacts"),
                ])
            }
        ) { fixture in
            for sql in [
                "SELECT count(*) FROM customers", "SELECT count(*) FROM public.customers",
                "SELECT count(*) FROM crm.contacts",
            ] {
                #expect(try await fixture.ask(sql).rows.count == 1, "\(sql)")
            }
            for sql in [
                "SELECT count(*) FROM orders", "SELECT count(*) FROM public.orders", "SELECT count(*) FROM crm.secrets",
            ] {
                let failure = try await fixture.failure(sql, of: fixture.warehouse.analyst)
                #expect(failure?.errorClass == .refused && failure?.sqlState == nil, "\(sql)")
            }
        }
    }

    @Test("A slip in writing is a failure that points at it; what is not allowed is a refusal that says what to do")
    func classes() async throws {
        try await WarehouseFixture.withShared { fixture in
            let slip = try #require(
                try await fixture.failure("SELECT é, FROM customers", of: fixture.warehouse.analyst))
            #expect(slip.errorClass == .syntax && slip.position == 11)
            let refused = try #require(
                try await fixture.failure("SELECT pg_sleep(1)", of: fixture.warehouse.analyst))
            #expect(refused.errorClass == .refused && refused.hint?.isEmpty == false)
            #expect(refused.message.contains("pg_sleep"))
        }
    }
}

import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct PostgresIntrospectionTests {
    private static let script = #"""
        CREATE SCHEMA "Shop";
        CREATE TYPE "Shop"."State" AS ENUM ('new', 'paid', 'it''s');
        CREATE DOMAIN "Shop".cents AS int;
        CREATE TABLE "Shop"."Order Item" (
            "Order" int, "select" text NOT NULL, "State" "Shop"."State", price "Shop".cents,
            customer int REFERENCES public.customers, tags text[], doc json, "At" timestamptz,
            PRIMARY KEY ("select", "Order"));
        COMMENT ON TABLE "Shop"."Order Item" IS 'What was ordered';
        COMMENT ON COLUMN "Shop"."Order Item"."Order" IS 'Number';
        INSERT INTO "Shop"."Order Item" VALUES
            (1, 'a', 'paid', 5, 1, '{x}', '{"a": 1}', '2026-01-01 00:00+00'), (2, 'b', NULL, 7, 1, NULL, NULL, NULL),
            (3, 'b', 'new', NULL, 2, NULL, '{}', '2026-02-01 00:00+00');
        CREATE TABLE "Shop".part (id int, day date) PARTITION BY RANGE (day);
        CREATE TABLE "Shop".part_1 PARTITION OF "Shop".part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
        CREATE UNIQUE INDEX ON "Shop"."Order Item" (price, customer) INCLUDE ("State");
        CREATE UNIQUE INDEX ON "Shop"."Order Item" (price) WHERE price > 100;
        CREATE UNIQUE INDEX ON "Shop"."Order Item" (abs("Order"));
        CREATE INDEX ON "Shop"."Order Item" ("At");
        CREATE VIEW "Shop".v AS SELECT "Order" FROM "Shop"."Order Item";
        CREATE MATERIALIZED VIEW "Shop".m AS SELECT 1 AS one;
        CREATE TABLE "Shop".hidden (id int);
        ANALYZE;
        """#

    private func with(_ body: @Sendable (WarehouseFixture) async throws -> Void) async throws {
        try await WarehouseFixture.with(schemas: ["Shop", "public"], script: Self.script) { fixture in
            try await fixture.setup.run(
                """
                REVOKE ALL ON "Shop".hidden FROM \(fixture.setup.roles.analyst);
                REVOKE SELECT ON public.customers FROM \(fixture.setup.roles.analyst);
                GRANT SELECT (id, plan) ON public.customers TO \(fixture.setup.roles.analyst);
                """)
            try await body(fixture)
        }
    }

    @Test("Tables, views, keys, comments and enumerations are described as they are")
    func catalog() async throws {
        try await with { fixture in
            let catalog = try await fixture.warehouse.introspection.catalog(refresh: false)
            #expect(
                catalog.relations.map(\.qualifiedName) == [
                    "Shop.Order Item", "Shop.m", "Shop.part", "Shop.v", "public.customers", "public.orders",
                ])
            #expect(catalog.relations.map(\.kind) == [.table, .materializedView, .table, .view, .table, .table])
            let item = try #require(catalog.relation(named: "\"Shop\".\"Order Item\""))
            #expect(item.sqlName == #""Shop"."Order Item""#)
            #expect(item.comment == "What was ordered")
            #expect(item.primaryKey == ["select", "Order"])
            #expect(item.uniqueKeys == [["price", "customer"]])
            #expect(item.estimatedRows == 3)
            #expect(
                item.foreignKeys == [
                    .init(
                        columns: ["customer"], referencedSchema: "public", referencedTable: "customers",
                        referencedColumns: ["id"])
                ])
            #expect(item.columns.map(\.name) == ["Order", "select", "State", "price", "customer", "tags", "doc", "At"])
            #expect(item.columns.first?.comment == "Number")
            #expect(item.columns.map(\.isNullable) == [false, false, true, true, true, true, true, true])
            #expect(item.columns[2].labels == ["new", "paid", "it's"])
            #expect(item.columns[7].type == "timestamp with time zone")
        }
    }

    @Test("Only columns that the analyst may read are shown")
    func columnPrivileges() async throws {
        try await with { fixture in
            let catalog = try await fixture.warehouse.introspection.catalog(refresh: false)
            #expect(catalog.relation(named: "customers")?.columns.map(\.name) == ["id", "plan"])
        }
    }

    @Test("The catalog is kept for a minute, and read anew on request or when the engineer has built something")
    func caching() async throws {
        try await WarehouseFixture.with { fixture in
            let now = Locked(ContinuousClock.now)
            let introspection = PostgresIntrospection(
                client: fixture.connection.app, analyst: fixture.warehouse.analyst, roles: fixture.setup.roles,
                dataSchemas: ["public"], now: { now.withLock { $0 } })
            func count(refresh: Bool = false) async throws -> Int {
                try await introspection.catalog(refresh: refresh).relations.count
            }
            #expect(try await count() == 2)
            try await fixture.setup.run("CREATE TABLE public.third (id int)")
            #expect(try await count() == 2)
            #expect(try await count(refresh: true) == 3)
            try await fixture.setup.run("CREATE TABLE public.fourth (id int)")
            now.withLock { $0 += .seconds(61) }
            #expect(try await count() == 4)

            #expect(try await fixture.warehouse.introspection.catalog(refresh: false).relations.count == 4)
            _ = try await fixture.build("CREATE VIEW dash.v AS SELECT 1 AS one")
            #expect(try await fixture.warehouse.introspection.catalog(refresh: false).relation(named: "dash.v") != nil)
        }
    }

    @Test("Statistics count, and leave out ranges of personal columns")
    func statistics() async throws {
        try await with { fixture in
            let personal = PersonalColumns([
                TableKnowledge(
                    name: "Order Item", description: "",
                    columns: [.init(name: "select", type: "text", isPersonal: true)])
            ])
            let statistics = try await fixture.warehouse.introspection.statistics(
                of: "order item", personalColumns: personal)
            #expect(statistics.rows == 3 && !statistics.isEstimate)
            let columns = Dictionary(uniqueKeysWithValues: statistics.columns.map { ($0.name, $0) })
            #expect(columns["Order"]?.minimum == "1")
            #expect(columns["Order"]?.maximum == "3")
            #expect(columns["select"]?.distinctValues == 2)
            #expect(columns["select"]?.minimum == nil)
            #expect(columns["State"]?.nullFraction == 1.0 / 3)
            #expect(columns["State"]?.maximum == "paid")
            #expect(columns["price"]?.maximum == "7")
            #expect(columns["doc"]?.distinctValues == 2)
            #expect(columns["At"]?.maximum == "2026-02-01 00:00:00+00")
            #expect(try await fixture.warehouse.introspection.statistics(of: "v", personalColumns: .none).rows == 3)
            #expect(try await fixture.warehouse.introspection.statistics(of: "part", personalColumns: .none).rows == 0)
        }
    }

    @Test("A table too big to count is estimated, with ranges from its indexes")
    func estimates() async throws {
        let script = """
            CREATE TABLE public.big AS SELECT i AS id, i % 10 AS digit, repeat('x', 900) AS filler
                FROM generate_series(1, 90000) i;
            CREATE INDEX ON public.big (id);
            ANALYZE public.big;
            """
        try await WarehouseFixture.with(script: script) { fixture in
            let statistics = try await fixture.warehouse.introspection.statistics(of: "big", personalColumns: .none)
            #expect(statistics.isEstimate)
            #expect((80_000...100_000).contains(statistics.rows))
            #expect(statistics.columns[0].minimum == "1" && statistics.columns[0].maximum == "90000")
            #expect(statistics.columns[1].distinctValues == 10)
            #expect(statistics.columns[1].minimum == nil)
            #expect(statistics.columns[2].nullFraction == 0)
        }
    }

    @Test("The latest value of a column, and nil for an empty table")
    func latestValue() async throws {
        try await with { fixture in
            let introspection = fixture.warehouse.introspection
            let latest = try await introspection.latestValue(of: "At", in: "Shop.Order Item")
            #expect(latest == "2026-02-01 00:00:00+00")
            #expect(try await introspection.latestValue(of: "day", in: "part") == nil)
        }
    }

    @Test("Unknown names are answered with what is like them")
    func hints() async throws {
        try await with { fixture async throws in
            let introspection = fixture.warehouse.introspection
            await #expect {
                _ = try await introspection.latestValue(of: "placed", in: "orders")
            } throws: { error in
                (error as? SQLFailure)?.errorClass == .missingColumn
                    && (error as? SQLFailure)?.hint == "Did you mean placed_at?"
            }
            await #expect {
                _ = try await introspection.latestValue(of: "x", in: "custmers")
            } throws: { error in
                (error as? SQLFailure)?.hint?.contains("customers") == true
            }
        }
    }

    @Test("A view's functions run with the analyst's rights, never with the daemon's")
    func rightsOfViews() async throws {
        // The guard does not let such a view be made.
        try await WarehouseFixture.with(configure: { $0.layers = WarehouseFixture.unguarded }) { fixture in
            try await fixture.setup.run("CREATE TABLE ai.secrets AS SELECT 'hush' AS secret")
            _ = try await fixture.build(
                """
                CREATE VIEW dash.leak AS
                    SELECT query_to_xml('SELECT * FROM ai.secrets', true, true, '')::text AS leaked
                """)
            let failure = await #expect(throws: SQLFailure.self) {
                try await fixture.warehouse.introspection.statistics(of: "dash.leak", personalColumns: .none)
            }
            #expect(failure?.errorClass == .permission)
        }
    }
}

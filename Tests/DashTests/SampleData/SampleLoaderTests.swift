import Dash
import Postgres
import ServiceRuntime
import TestSupport
import Testing

// One at a time: generating the company keeps a thread busy, and tests share few.
@Suite(.serialized) struct SampleLoaderTests {
    private func company(_ date: String = "2026-11-21", seed: UInt64 = 42) throws -> SampleCompany {
        SampleCompany(seed: seed, asOf: try #require(CivilDate(date)))
    }

    private func count(_ client: PostgresClient, _ sql: String) async throws -> Int {
        let result = try await client.query(PostgresQuery(unescaped: "SELECT (\(sql)) AS n"))
        return try #require(result.rows.first).decode("n")
    }

    @Test("Loads what was generated, with keys, comments and statistics")
    func loads() async throws {
        try await PostgresServer.shared.withClient { client in
            let company = try company()
            let loader = SampleLoader(client: client)
            #expect(try await !loader.isLoaded())
            let loaded = try await loader.load(company)
            #expect(loaded.map(\.table) == company.tables().map(\.name))
            #expect(loaded.map(\.rows) == company.tables().map(\.rows))
            #expect(try await loader.isLoaded())
            for (table, rows) in loaded {
                #expect(try await count(client, "SELECT count(*) FROM public.\(table)") == rows)
                #expect(
                    try await count(
                        client, "SELECT reltuples::integer FROM pg_class WHERE oid = 'public.\(table)'::regclass")
                        == rows)
            }
            let records = company.records()
            let revenue = records.subscriptions.filter { $0.status == .active }.reduce(0) { $0 + $1.mrr }
            #expect(
                try await count(client, "SELECT (100 * sum(mrr))::integer FROM subscriptions WHERE status = 'active'")
                    == revenue)
            let keys = "SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype ="
            #expect(try await count(client, "\(keys) 'p'") == 6)
            #expect(try await count(client, "\(keys) 'f'") == 6)
            let described = try await client.query(
                "SELECT obj_description('public.customers'::regclass, 'pg_class') AS comment")
            #expect(
                described.rows.first?["comment"]?.hasSuffix("(Dash sample company, seed 42, as of 2026-11-21)")
                    == true)
        }
    }

    @Test("Loading again replaces the rows and leaves views in place")
    func reloads() async throws {
        try await PostgresServer.shared.withClient { client in
            let loader = SampleLoader(client: client)
            try await loader.load(try company())
            try await client.query(
                "CREATE VIEW public.lively AS SELECT id FROM public.customers WHERE status = 'active'")
            let other = try company("2025-03-01", seed: 7)
            try await loader.load(other)
            let active = other.records().customers.count { $0.status == .active }
            #expect(try await count(client, "SELECT count(*) FROM public.lively") == active)
        }
    }

    @Test("A table of that name that is not the sample's is never touched", arguments: ["TABLE", "VIEW"])
    func refusesForeignTables(kind: String) async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.query(PostgresQuery(unescaped: "CREATE \(kind) public.invoices AS SELECT 7 AS number"))
            let loader = SampleLoader(client: client)
            for action in [{ _ = try await loader.load(try company()) }, { _ = try await loader.remove() }] {
                let error = await #expect(throws: SampleDataError.self) { try await action() }
                #expect(error?.code == .foreignTables(["invoices"]))
                #expect(error?.description.contains("invoices") == true)
            }
            #expect(try await count(client, "SELECT number FROM public.invoices") == 7)
            #expect(
                try await count(client, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
                    == 1)
        }
    }

    @Test("Removing drops the sample's tables and nothing else")
    func removes() async throws {
        try await PostgresServer.shared.withClient { client in
            let loader = SampleLoader(client: client)
            try await client.query("CREATE TABLE public.own AS SELECT 1 AS number")
            try await loader.load(try company())
            #expect(
                try await loader.remove()
                    == ["customers", "invoices", "plan_changes", "subscriptions", "support_tickets", "usage_metrics"])
            #expect(try await count(client, "SELECT number FROM public.own") == 1)
            #expect(
                try await count(client, "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
                    == 1)
            #expect(try await loader.remove() == [])
        }
    }

    @Test("What others built on the sample is not pulled down with it")
    func keepsDependents() async throws {
        try await PostgresServer.shared.withClient { client in
            let loader = SampleLoader(client: client)
            try await loader.load(try company())
            try await client.query(
                "CREATE VIEW public.lively AS SELECT id FROM public.customers WHERE status = 'active'")
            let error = await #expect(throws: SampleDataError.self) { try await loader.remove() }
            #expect(error?.code == .builtOn([SampleView(schema: "public", name: "lively", isMaterialized: false)]))
            #expect(error?.description.contains("DROP VIEW public.lively") == true)
            #expect(try await loader.isLoaded())
        }
    }

    @Test("Views on the sample, and views on those, are named in the order in which they can be dropped")
    func orderOfViews() async throws {
        try await PostgresServer.shared.withClient { client in
            let loader = SampleLoader(client: client)
            try await loader.load(try company())
            #expect(try await loader.views().isEmpty)
            try await client.query("CREATE SCHEMA dash")
            for statement in [
                "CREATE VIEW dash.b AS SELECT id, status FROM public.customers",
                "CREATE MATERIALIZED VIEW dash.\"A b\" AS SELECT b.id FROM dash.b JOIN public.customers USING (id)",
                "CREATE VIEW dash.c AS SELECT * FROM dash.\"A b\"",
            ] {
                try await client.query(PostgresQuery(unescaped: statement))
            }
            let views = try await loader.views()
            #expect(views.map(\.qualifiedName) == ["dash.c", "dash.A b", "dash.b"])
            for view in views { try await client.query(PostgresQuery(unescaped: view.dropStatement)) }
            #expect(try await loader.remove().count == 6)
        }
    }

    @Test("A foreign key of another table is named before anything is emptied")
    func keepsReferences() async throws {
        try await PostgresServer.shared.withClient { client in
            let loader = SampleLoader(client: client)
            try await loader.load(try company())
            try await client.query(
                "CREATE TABLE public.notes (customer_id integer REFERENCES public.customers (id), text text)")
            let error = await #expect(throws: SampleDataError.self) { try await loader.load(try company(seed: 3)) }
            #expect(error?.code == .inUse)
            #expect(try await count(client, "SELECT count(*) FROM public.customers") > 800)
        }
    }
}

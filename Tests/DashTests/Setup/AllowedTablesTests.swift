import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct AllowedTablesTests {
    @Test(
        "Names are read as SQL reads them",
        arguments: [
            ("orders", [AllowedTables.Name(table: "orders")]),
            (" Orders , CRM.Contacts ", [.init(table: "orders"), .init(schema: "crm", table: "contacts")]),
            (#""Sales Data"."Order, new",x"#, [.init(schema: "Sales Data", table: "Order, new"), .init(table: "x")]),
            ("", []), (" , ", []),
        ])
    func parsing(text: String, names: [AllowedTables.Name]) throws {
        #expect(try AllowedTables(parsing: text).names == names)
    }

    @Test("What is no name is refused", arguments: ["a.b.c", "a b", "drop table;", #""open"#, "a."])
    func notNames(text: String) {
        #expect(throws: SetupError.self) { try AllowedTables(parsing: text) }
    }

    @Test("A name without a schema stands for every company schema; schema dash is never bounded")
    func containment() throws {
        let list = try AllowedTables(parsing: "orders, crm.contacts")
        #expect(list.contains(schema: "public", table: "orders"))
        #expect(list.contains(schema: "crm", table: "orders"))
        #expect(list.contains(schema: nil, table: "contacts"))
        #expect(!list.contains(schema: "public", table: "contacts"))
        #expect(!list.contains(schema: nil, table: "salaries"))
        #expect(list.contains(schema: "dash", table: "anything"))
        #expect(AllowedTables.everything.contains(schema: "public", table: "salaries"))
    }

    @Test("Only the tables of the list are granted; a shorter list takes back what Dash granted, and no more")
    func grants() async throws {
        try await SetupFixture.with { fixture in
            try await fixture.run(
                """
                CREATE TABLE public.salaries (id int, amount int);
                CREATE TABLE public.notes (id int, text text);
                CREATE ROLE \(fixture.roles.prefix)_other;
                GRANT SELECT ON public.orders, public.salaries TO \(fixture.roles.prefix)_other;
                """)
            #expect(try await fixture.setUp().fatalFindings == [])
            let list = try AllowedTables(parsing: "customers, public.notes")
            let outcome = try await fixture.setUp(fixture.plan(allowedTables: list))
            #expect(outcome.findings.filter { $0.subject == .allowedTables } == [])
            #expect(!outcome.findings.contains { $0.subject == .unreadableTables })
            #expect(try await fixture.setUp(fixture.plan(allowedTables: list)).changes == [])
            for role in [fixture.roles.app, fixture.roles.analyst, fixture.roles.engineer] {
                let login = fixture.login(role)
                #expect(try await fixture.refusal("SELECT * FROM public.customers", as: login) == nil)
                #expect(try await fixture.refusal("SELECT * FROM public.notes", as: login) == nil)
                #expect(try await fixture.refusal("SELECT * FROM public.orders", as: login) == "42501")
                #expect(try await fixture.refusal("SELECT * FROM public.salaries", as: login) == "42501")
            }
            let others = """
                SELECT count(*) FROM unnest(ARRAY['public.orders', 'public.salaries']) t
                WHERE has_table_privilege('\(fixture.roles.prefix)_other', t, 'SELECT')
                """
            #expect(try await fixture.value(PostgresQuery(unescaped: others)) == "2")

            // What is made later is closed too, until it is on the list.
            try await fixture.run("CREATE TABLE public.later (id int)")
            let analyst = fixture.login(fixture.roles.analyst)
            #expect(try await fixture.refusal("SELECT * FROM public.later", as: analyst) == "42501")
            let longer = try AllowedTables(parsing: "customers, notes, later")
            _ = try await fixture.setUp(fixture.plan(allowedTables: longer))
            #expect(try await fixture.refusal("SELECT * FROM public.later", as: analyst) == nil)
            _ = try await fixture.setUp()
            #expect(try await fixture.refusal("SELECT * FROM public.salaries", as: analyst) == nil)
            try await fixture.run("CREATE TABLE public.latest (id int)")
            #expect(try await fixture.refusal("SELECT * FROM public.latest", as: analyst) == nil)
        }
    }

    @Test("What everybody or a person's grant on columns opens beyond the list is named, not taken")
    func othersGrants() async throws {
        try await SetupFixture.with { fixture in
            try await fixture.run("CREATE TABLE public.salaries (id int, amount int)")
            let plan = fixture.plan(allowedTables: try AllowedTables(parsing: "customers"))
            _ = try await fixture.setUp(plan)
            try await fixture.run(
                """
                GRANT SELECT ON public.orders TO PUBLIC;
                GRANT SELECT (id) ON public.salaries TO \(fixture.roles.analyst);
                """)
            let outcome = try await fixture.setUp(plan)
            #expect(outcome.changes == [])
            let findings = outcome.findings.filter { $0.subject == .allowedTables }
            #expect(
                findings.map(\.remedy) == [
                    "REVOKE SELECT ON TABLE public.orders FROM PUBLIC \(Revocation.forEverybody)",
                    "REVOKE SELECT (id) ON TABLE public.salaries FROM \(fixture.roles.analyst)",
                ])
            for finding in findings { try await fixture.run(try #require(finding.remedy)) }
            #expect(try await fixture.setUp(plan).findings.filter { $0.subject == .allowedTables } == [])
            #expect(
                try await fixture.refusal("SELECT id FROM public.salaries", as: fixture.login(fixture.roles.analyst))
                    == "42501")
        }
    }

    @Test("A name that nothing has is named with those that are near")
    func unknownNames() async throws {
        try await SetupFixture.with { fixture in
            let plan = fixture.plan(allowedTables: try AllowedTables(parsing: "custmers, public.orders, zebra"))
            let findings = try await fixture.setUp(plan).findings.filter { $0.subject == .allowedTables }
            #expect(
                findings.map(\.message) == [
                    "DASH_ALLOWED_TABLES names custmers, which is no table or view; did you mean public.customers?",
                    "DASH_ALLOWED_TABLES names zebra, which is no table or view",
                ])
            #expect(findings.allSatisfy { !$0.isFatal })
        }
    }

    @Test("A list with a schema that is no company schema is refused")
    func foreignSchema() throws {
        let fixture = SetupFixture(PostgresConfiguration(host: "", database: "", user: ""))
        let list = try AllowedTables(parsing: "ai.audit")
        let plan = fixture.plan(allowedTables: list)
        #expect(throws: SetupError.self) { try plan.validate() }
    }

    @Test("Introspection and the check of knowledge keep to the list, even where a grant is wider")
    func introspection() async throws {
        let list = try AllowedTables(parsing: "orders")
        try await WarehouseFixture.with(configure: { $0.allowedTables = list }) { fixture in
            // The fixture's roles may read everything; what is left out is not shown all the same.
            _ = try await fixture.build("CREATE VIEW dash.sums AS SELECT sum(amount) AS total FROM public.orders")
            let catalog = try await fixture.warehouse.introspection.catalog(refresh: true)
            #expect(catalog.relations.map(\.qualifiedName) == ["public.orders", "dash.sums"])
            #expect(catalog.relations.allSatisfy { $0.foreignKeys.isEmpty })

            let entries: [KnowledgeContent] = [
                .table(TableKnowledge(name: "customers", description: "Who buys.")),
                .query(ValidatedQuery(name: "names", description: "Names.", sql: "SELECT name FROM customers")),
                .query(ValidatedQuery(name: "sums", description: "Sums.", sql: "SELECT sum(amount) FROM orders")),
            ]
            let problems = try await KnowledgeCheck(warehouse: fixture.warehouse).problems(
                in: entries.map { KnowledgeEntry(content: $0, source: "x") })
            #expect(problems.count == 2)
            #expect(problems.allSatisfy { $0.cause.contains("outside DASH_ALLOWED_TABLES") })
        }
    }
}

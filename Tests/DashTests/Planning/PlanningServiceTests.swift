import FoundationEssentials
import Planner
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct PlanningServiceTests {
    /// Counts what the analyst is asked to run.
    private struct CountingRunner: SQLRunner {
        let base: any SQLRunner
        let statements: Locked<[String]>

        func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
            statements.withLock { $0.append(sql) }
            return try await base.run(sql, keepingAs: resultID)
        }
    }

    private struct Bench {
        let team: TeamFixture
        let statements = Locked<[String]>([])
        let time = Locked(Date(timeIntervalSince1970: 1_780_000_000))

        var service: PlanningService {
            var warehouse = team.warehouse
            warehouse.analyst = CountingRunner(base: warehouse.analyst, statements: statements)
            let time = time
            return PlanningService(
                warehouse: WarehouseAccess(warehouse, log: AuditLog(client: team.client)), knowledge: team.knowledge,
                client: team.client, logger: PostgresServer.logger, now: { time.withLock { $0 } })
        }

        var store: TableProfileStore { TableProfileStore(client: team.client, warehouseID: team.warehouse.id) }

        func pass(_ seconds: Double) { time.withLock { $0 += seconds } }
    }

    private func texts(_ bench: Bench, _ column: String, of table: String) async throws -> [String]? {
        try await bench.store.profiles()[table]?.profile.texts[column]?.values
    }

    @Test("Texts and newest days are read as the analyst and kept; personal data is not")
    func reads() async throws {
        try await TeamFixture.with { team in
            let bench = Bench(team: team)
            let state = try await bench.service.current()
            #expect(state.source.tables.map(\.name) == ["admissions", "customers", "orders", "patients"])
            #expect(state.source.metrics.map(\.name) == ["Treatment Cost"])
            #expect(try await texts(bench, "ward", of: "public.admissions") == ["icu", "maternity", "surgery"])
            #expect(try await texts(bench, "blood_group", of: "public.patients") == ["0", "A", "B"])
            let patients = try #require(try await bench.store.profiles()["public.patients"])
            #expect(patients.profile.texts["name"] == nil && patients.profile.columns == ["blood_group"])
            let admitted = ColumnID(TableID(name: "admissions"), "admitted_at")
            #expect(state.newest[admitted] == CivilDate(year: 2026, month: 6, day: 30))
            #expect(state.clock(today: CivilDate(daysSinceEpoch: 0)).newest == state.newest)
        }
    }

    @Test("What was read once is read no more, by no process, until the table changes")
    func keeps() async throws {
        try await TeamFixture.with { team in
            let bench = Bench(team: team)
            let service = bench.service
            _ = try await service.current()
            let first = bench.statements.withLock(\.count)
            #expect(first > 0)
            bench.pass(3_000)
            _ = try await service.current()
            _ = try await bench.service.current()
            #expect(bench.statements.withLock(\.count) == first)

            try await team.setup.run(
                "INSERT INTO public.patients VALUES (99, 'Zoe', 'AB'); SELECT pg_stat_force_next_flush()")
            bench.pass(3_000)
            try await waitUntil {
                bench.pass(60)
                _ = try await service.current()
                return try await texts(bench, "blood_group", of: "public.patients") == ["0", "A", "AB", "B"]
            }
            #expect(bench.statements.withLock(\.count) == first + 1)
        }
    }

    @Test("New knowledge is there at once where this process changed it, and soon otherwise")
    func follows() async throws {
        try await TeamFixture.with { team in
            let bench = Bench(team: team)
            let service = bench.service
            _ = try await service.current()
            let metric = Metric(
                name: "Stays", definition: "All.", table: "admissions", calculation: "COUNT(*) FROM admissions",
                kind: .count)
            try await team.knowledge.save(KnowledgeEntry(content: .metric(metric), source: "f.json"))
            #expect(try await service.current().source.metrics.count == 1)
            service.invalidate()
            #expect(try await service.current().source.metrics.map(\.name) == ["Stays", "Treatment Cost"])
            try await team.knowledge.remove(kind: .metric, name: "Stays")
            bench.pass(3)
            #expect(try await service.current().source.metrics.map(\.name) == ["Treatment Cost"])
        }
    }

    @Test("A key that a file declares the wrong way round is turned by what the rows say, and back when they change")
    func turnsKeys() async throws {
        let script = """
            CREATE TABLE public.towns (town text, county text);
            CREATE TABLE public.shops (code int, town text);
            INSERT INTO public.towns VALUES ('Rye', 'Sussex'), ('Ely', 'Cambs');
            INSERT INTO public.shops VALUES (1, 'Rye'), (2, 'Rye'), (3, 'Ely');
            ANALYZE;
            """
        try await TeamFixture.with { team in
            try await team.setup.run(script)
            let bench = Bench(team: team)
            let towns = TableKnowledge(
                name: "towns", description: "", relationships: [.init(column: "town", references: "shops.town")])
            try await team.knowledge.save(KnowledgeEntry(content: .table(towns), source: "f.json"))
            let service = bench.service
            func leads(_ start: String, _ end: String) async throws -> Bool {
                _ = try await team.warehouse.introspection.catalog(refresh: true)
                return JoinGraph(tables: try await service.current().source.tables)
                    .isReachableManyToOne(from: TableID(name: start), to: TableID(name: end))
            }
            #expect(try await leads("shops", "towns"))
            #expect(try await !leads("towns", "shops"))

            try await team.setup.run("INSERT INTO public.towns VALUES ('Rye', 'New York')")
            bench.pass(3_000)
            #expect(try await !leads("shops", "towns"))
        }
    }

    @Test("What becomes personal data is forgotten")
    func forgets() async throws {
        try await TeamFixture.with { team in
            let bench = Bench(team: team)
            _ = try await bench.service.current()
            let table = TableKnowledge(
                name: "patients", description: "",
                columns: [
                    .init(name: "name", type: "text", isPersonal: true),
                    .init(name: "blood_group", type: "text", isPersonal: true),
                ])
            try await team.knowledge.save(KnowledgeEntry(content: .table(table), source: "f.json"))
            _ = try await bench.service.current()
            #expect(try await bench.store.profiles()["public.patients"] == nil)
        }
    }

    @Test("Walking an index and sampling give the same texts, through guard and role")
    func ways() async throws {
        let script = """
            CREATE TABLE public.visits (id int PRIMARY KEY, site text, mood text, at timestamptz);
            CREATE INDEX ON public.visits (site);
            INSERT INTO public.visits SELECT i, 'site ' || i % 3, 'mood "' || i % 2 || '"', timestamptz '2026-02-03 10:00+00'
                FROM generate_series(1, 5000) i;
            ANALYZE public.visits;
            CREATE VIEW public.moods AS SELECT mood AS "Mood", site, at FROM public.visits WHERE id < 100;
            """
        try await WarehouseFixture.with(script: script) { fixture in
            let catalog = try await fixture.warehouse.introspection.catalog(refresh: true)
            let source = SemanticSourceBuilder(entries: [], catalog: catalog).source
            let relation = try #require(catalog.relation(named: "visits"))
            let table = try #require(source.tables.first { $0.name == "visits" })
            var facts = try #require(try await fixture.warehouse.introspection.facts()["public.visits"])
            #expect(facts.rows == 5_000 && (facts.bytes ?? 0) > 0 && facts.columns["site"]?.isIndexed == true)
            #expect(facts.columns["mood"] == .init(distinctEstimate: 2, width: 9, isIndexed: false))
            let reader = TableProfileReader(analyst: fixture.warehouse.analyst)
            let whole = try #require(try await reader.profile(of: ProfileRequest(table, relation, facts)))
            #expect(whole.texts["site"] == .init(values: ["site 0", "site 1", "site 2"], isComplete: true))
            #expect(whole.texts["mood"] == .init(values: ["mood \"0\"", "mood \"1\""], isComplete: true))
            #expect(whole.newest == ["at": "2026-02-03"])
            facts.bytes = 1 << 40
            let big = try #require(try await reader.profile(of: ProfileRequest(table, relation, facts)))
            #expect(big.texts["site"] == whole.texts["site"])
            #expect(big.texts["mood"]?.values == whole.texts["mood"]?.values && big.texts["mood"]?.isComplete == false)
            #expect(big.newest == [:])
            let view = try #require(catalog.relation(named: "moods"))
            let seen = try await reader.profile(
                of: ProfileRequest(
                    try #require(source.tables.first { $0.name == "moods" }), view,
                    try await fixture.warehouse.introspection.facts()["public.moods"]))
            #expect(seen?.texts["Mood"] == .init(values: ["mood \"0\"", "mood \"1\""], isComplete: false))
            #expect(seen?.texts["site"]?.values.count == 3 && seen?.newest == [:])
            let late = TableProfileReader(analyst: fixture.warehouse.analyst, deadline: .now)
            #expect(try await late.profile(of: ProfileRequest(table, relation, facts)) == nil)
        }
    }

    @Test(
        "Columns whose name is that of a secret are never read ahead, whatever files say; secrets elsewhere are left out"
    )
    func secrets() async throws {
        let live = "sk_live_" + "a1b2c3d4e5f6g7h8"
        let script = """
            CREATE TABLE public.integrations (
                id int PRIMARY KEY, vendor text, api_key text, "accessToken" text, password_hash text, card_number text,
                key_type text, remark text);
            INSERT INTO public.integrations SELECT i, 'vendor ' || i, 'plain one', 'plain two', 'plain three',
                'plain four', 'live', CASE i WHEN 1 THEN 'use \(live)' ELSE 'harmless' END FROM generate_series(1, 3) i;
            """
        let described = KnowledgeContent.table(
            TableKnowledge(
                name: "integrations", description: "Who is connected.",
                columns: [
                    .init(name: "api_key", type: "text", values: ["plain one"]),
                    .init(name: "accessToken", type: "text", isPersonal: false),
                ]))
        try await TeamFixture.with(schema: script, knowledge: [described]) { team in
            let bench = Bench(team: team)
            let state = try await bench.service.current()
            #expect(try await texts(bench, "vendor", of: "public.integrations")?.count == 3)
            #expect(try await texts(bench, "key_type", of: "public.integrations") == ["live"])
            #expect(try await texts(bench, "remark", of: "public.integrations") == ["harmless"])
            let kept: String = try #require(
                try await team.client.query("SELECT string_agg(content::text, ' ') AS kept FROM ai.table_profiles").rows
                    .first?.decode("kept"))
            #expect(kept.contains("vendor 1"))
            for secret in ["plain", "a1b2c3d4", "api_key", "accessToken", "password_hash", "card_number"] {
                #expect(!kept.contains(secret), "\(secret)")
            }
            let table = try #require(state.source.tables.first { $0.name == "integrations" })
            let personal = table.columns.filter(\.isPersonal).map(\.name)
            #expect(personal == ["password_hash", "card_number"], "what no file describes")
            #expect(state.values(called: "vendor 1").count == 1)
            for text in ["plain one", "plain two", "plain three", "plain four"] {
                #expect(state.values(called: text).isEmpty, "\(text)")
            }
        }
    }
}

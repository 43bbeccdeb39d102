import Agents
import FoundationEssentials
import LanguageModels
import Postgres
import SQLGuard
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

/// A hospital's warehouse on a real server, its knowledge, and everything the team needs.
struct TeamFixture: Sendable {
    static let schema = """
        CREATE TABLE public.patients (id int PRIMARY KEY, name text, blood_group text);
        INSERT INTO public.patients SELECT i, 'P' || i, (ARRAY['A', 'B', '0'])[1 + i % 3] FROM generate_series(1, 30) i;
        CREATE TABLE public.admissions (
            id int PRIMARY KEY, patient_id int REFERENCES public.patients, ward text, urgency text, cost numeric(12, 2),
            admitted_at timestamptz, discharged_at timestamptz);
        INSERT INTO public.admissions
            SELECT i, 1 + i % 30, (ARRAY['surgery', 'icu', 'maternity'])[1 + i % 3],
                (ARRAY['emergency', 'planned'])[1 + i % 2], 100 * (1 + i % 3) + 0.25,
                timestamptz '2026-01-01 08:00:00+00' + i * interval '3 days',
                CASE WHEN i % 4 > 0 THEN timestamptz '2026-01-01 08:00:00+00' + i * interval '3 days' + interval '2 days' END
            FROM generate_series(1, 60) i;
        """

    static let knowledge: [KnowledgeContent] = [
        .table(
            TableKnowledge(
                name: "admissions", description: "One row per stay of a patient on a ward.",
                columns: [
                    .init(name: "ward", type: "text", synonyms: ["unit"], values: ["surgery", "icu", "maternity"]),
                    .init(name: "urgency", type: "text", values: ["emergency", "planned"]),
                    .init(name: "cost", type: "numeric(12,2)", unit: "EUR"),
                    .init(name: "admitted_at", type: "timestamptz"),
                ], relationships: [.init(column: "patient_id", references: "patients.id")], timeColumn: "admitted_at",
                synonyms: ["stays"])),
        .table(
            TableKnowledge(
                name: "patients", description: "People who were treated.",
                columns: [
                    .init(name: "name", type: "text", isPersonal: true), .init(name: "blood_group", type: "text"),
                ])),
        .metric(
            Metric(
                name: "Treatment Cost", definition: "Cost of all stays.", table: "admissions",
                calculation: "SUM(cost) FROM admissions", synonyms: ["costs"], expression: "SUM(cost)", kind: .sum,
                dimensions: ["ward", "urgency"], unit: "EUR", goodDirection: .down)),
        .query(
            ValidatedQuery(
                name: "stays_by_month", description: "Number of stays that began in each month, by ward.",
                sql: """
                    SELECT date_trunc('month', admitted_at)::date AS month, ward, count(*) AS stays
                    FROM admissions GROUP BY 1, 2 ORDER BY 1, 2
                    """,
                questions: ["Monthly stays by ward"])),
        .query(
            ValidatedQuery(
                name: "broken_stock", description: "Stock of bandages.", sql: "SELECT bandages FROM admissions",
                questions: ["How many bandages are in stock?"])),
        .rule(BusinessRule(text: "A stay counts for the ward of admission.")),
        .gotcha(
            Gotcha(issue: "Open stays", tables: ["admissions"], solution: "discharged_at is NULL while a stay lasts.")),
        .document(Document(title: "Ward handbook", text: "Surgery has 12 beds and takes emergencies.")),
    ]

    let warehouse: Warehouse
    let knowledge: KnowledgeStore
    let learnings: LearningStore
    let conversations: ConversationStore
    let client: PostgresClient
    let setup: SetupFixture

    static func with(
        schema: String = schema, knowledge: [KnowledgeContent] = knowledge,
        _ body: @Sendable (TeamFixture) async throws -> Void
    ) async throws {
        let store = Locked<KnowledgeStore?>(nil)
        let knowledgeUsing: @Sendable ([String]) async throws -> [ProposedAction.Dependant] = { relations in
            try await store.withLock { $0 }?.dependants(on: relations) ?? []
        }
        try await WarehouseFixture.with(script: schema, knowledgeUsing: knowledgeUsing) { fixture in
            let client = PostgresClient(
                configuration: fixture.setup.login(fixture.setup.roles.app), maximumConnections: 8,
                eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            try await Migrator(client: client, logger: PostgresServer.logger).apply(DashMigrations.all)
            let team = TeamFixture(warehouse: fixture.warehouse, client: client, setup: fixture.setup)
            store.withLock { $0 = team.knowledge }
            for content in knowledge {
                try await team.knowledge.save(KnowledgeEntry(content: content, source: "queries/hospital.sql"))
            }
            try await body(team)
            await client.close()
        }
    }

    private init(warehouse: Warehouse, client: PostgresClient, setup: SetupFixture) {
        self.setup = setup
        self.warehouse = warehouse
        self.client = client
        knowledge = KnowledgeStore(client: client, logger: PostgresServer.logger)
        learnings = LearningStore(client: client, warehouseID: warehouse.id, logger: PostgresServer.logger)
        conversations = ConversationStore(client: client, logger: PostgresServer.logger)
    }

    /// As in production, but for the time: what is checked must not depend on the machine.
    static var probes: ProbeLimits {
        var limits = ProbeLimits()
        limits.time = .seconds(60)
        return limits
    }

    /// The warehouse on somebody's behalf, as in production.
    var access: WarehouseAccess { WarehouseAccess(warehouse, log: AuditLog(client: client)) }

    var context: ContextBuilder {
        ContextBuilder(knowledge: knowledge, learnings: learnings, introspection: warehouse.introspection)
    }

    func runner(
        _ models: TeamModels = TeamModels(), budget: RunBudget = RunBudget(), usage: UsageStore? = nil,
        timeZone: TimeZoneRules = .utc
    ) -> QuestionRunner {
        QuestionRunner(
            warehouse: access, knowledge: knowledge, learnings: learnings, conversations: conversations,
            runs: RunStore(client: client, logger: PostgresServer.logger),
            confirmations: ConfirmationStore(client: client, logger: PostgresServer.logger), context: context,
            models: models, budget: budget, probes: Self.probes, usage: usage, timeZone: timeZone,
            logger: PostgresServer.logger)
    }

    func question(_ text: String, in conversation: String = "test", by asker: String = "local:ada") -> Question {
        Question(
            text: text, conversation: ConversationID(rawValue: conversation),
            asker: Asker(id: asker, displayName: "Ada"),
            askedAt: Date(timeIntervalSince1970: 1_780_000_000))
    }

    @discardableResult
    func ask(
        _ text: String, in conversation: String = "test", by asker: String = "local:ada",
        models: TeamModels = TeamModels(),
        budget: RunBudget = RunBudget()
    ) async throws -> Answer {
        try await runner(models, budget: budget).run(question(text, in: conversation, by: asker), id: RunID())
    }

    func run(_ text: String = "a question", maximumRetries: Int = 2, isGrounded: Bool = false) -> Run {
        Run(
            id: RunID(), question: question(text), maximumRetries: maximumRetries, ledger: BudgetLedger(),
            isGrounded: isGrounded)
    }

    func sql(_ run: Run, _ role: SQLRole = .analyst, probes: ProbeLimits = probes) -> RunSQLTool {
        RunSQLTool(
            role: role, run: run, warehouse: warehouse, knowledge: knowledge, learnings: learnings, probes: probes,
            logger: PostgresServer.logger)
    }

    func giveAnswer(_ run: Run) -> GiveAnswerTool {
        GiveAnswerTool(
            run: run, knowledge: knowledge, learnings: learnings,
            provenance: ProvenanceBuilder(warehouse: warehouse, knowledge: knowledge, logger: PostgresServer.logger),
            now: { Date(timeIntervalSince1970: 1_780_000_000) }, logger: PostgresServer.logger)
    }
}

extension ToolOutput {
    var json: JSONValue? { try? JSONValue(parsing: content) }
}

import Postgres
import TestSupport
import Testing

@testable import Dash

/// What the engineer may do alone and what a person must agree to, by what the statement does on a real server.
@Suite(.timeLimit(.minutes(20))) struct ChangeReviewTests {
    /// `base` has data and two views above it, one of them an administrator's; `lone` and `empty` nobody uses.
    private static let objects = """
        CREATE TABLE dash.base AS SELECT 1 AS a, 2 AS b;
        CREATE TABLE dash.empty (a int);
        CREATE VIEW dash.low AS SELECT a FROM dash.base;
        CREATE VIEW dash.high AS SELECT a FROM dash.low;
        CREATE VIEW dash.lone AS SELECT id FROM public.customers;
        CREATE MATERIALIZED VIEW dash.stored AS SELECT id FROM public.customers;
        CREATE VIEW dash."Odd name" AS SELECT 1 AS x;
        """

    private static func with(
        knowledge: [ProposedAction.Dependant] = [], _ body: @Sendable (WarehouseFixture) async throws -> Void
    ) async throws {
        // The review does not rest on what the guard lets through.
        try await WarehouseFixture.with(
            configure: { $0.layers = WarehouseFixture.unguarded },
            knowledgeUsing: { names in names.isEmpty ? [] : knowledge }
        ) { fixture in
            for statement in objects.split(separator: ";") where statement.contains("CREATE") {
                _ = try await fixture.build(String(statement))
            }
            try await body(fixture)
        }
    }

    private static func objects(_ fixture: WarehouseFixture) async throws -> String? {
        try await fixture.setup.value(
            """
            SELECT string_agg(n.nspname || '.' || c.relname, ',' ORDER BY 1)
                || CASE WHEN to_regclass('dash.base') IS NULL THEN ''
                    ELSE query_to_xml('SELECT * FROM dash.base', true, true, '')::text END || (SELECT coalesce(string_agg(v.definition, ' ' ORDER BY v.viewname), '')
                    FROM pg_views v WHERE v.schemaname = 'dash')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname IN ('dash', 'public') AND c.relkind IN ('r', 'v', 'm')
            """)
    }

    static let asked: [(String, effects: [String], lost: [String], kept: [String])] = [
        ("DROP VIEW dash.high, dash.low", ["drop dash.low"], ["dash.high"], []),
        ("DROP VIEW dash.low CASCADE", ["drop dash.low"], ["dash.high"], []),
        ("drop /* x */ table if exists dash.base cascade", ["drop dash.base"], ["dash.high", "dash.low"], []),
        ("CREATE OR REPLACE VIEW dash.low AS SELECT b AS a FROM dash.base", ["replace dash.low"], [], ["dash.high"]),
        ("ALTER VIEW dash.low RENAME TO lower", ["replace dash.low"], [], ["dash.high"]),
        ("TRUNCATE dash.base", ["empty dash.base"], [], []),
        ("DELETE FROM dash.base", ["empty dash.base"], [], []),
        ("DELETE FROM dash.base WHERE a = a", ["empty dash.base"], [], []),
        ("WITH gone AS (DELETE FROM dash.base RETURNING a) SELECT count(*) FROM gone", ["empty dash.base"], [], []),
        ("DELETE FROM dash.low", ["empty dash.base"], [], []),
        (
            "MERGE INTO dash.base USING (SELECT 1) AS x ON true WHEN MATCHED THEN DELETE", ["empty dash.base"], [], []
        ),
        ("ALTER TABLE dash.base DROP COLUMN b", ["dropColumn dash.base.b"], [], []),
        (
            "ALTER TABLE dash.base DROP COLUMN a CASCADE", ["drop dash.low", "dropColumn dash.base.a"], ["dash.high"],
            []
        ),
    ]

    @Test(
        "What hurts others or loses data is asked about with all that goes, and nothing has changed", arguments: asked)
    func asks(_ sql: String, effects: [String], lost: [String], kept: [String]) async throws {
        try await Self.with { fixture in
            let before = try await Self.objects(fixture)
            let error = try #require(
                await #expect(throws: ConfirmationRequired.self) { _ = try await fixture.build(sql) })
            #expect(error.action.effects.map { "\($0.kind.rawValue) \($0.object)" }.sorted() == effects)
            #expect(error.action.dependants.filter(\.isLost).map(\.name) == lost)
            #expect(error.action.dependants.filter { !$0.isLost }.map(\.name) == kept)
            #expect(error.action.sql == sql)
            #expect(try await Self.objects(fixture) == before)

            _ = try await Approval.given(for: error.action) { try await fixture.build(sql) }
            #expect(try await Self.objects(fixture) != before)
        }
    }

    @Test(
        "What is new, or used by nobody and without data, needs nobody",
        arguments: [
            "DROP VIEW dash.lone", "DROP VIEW dash.high", "DROP TABLE dash.empty", #"DROP VIEW dash."Odd name""#,
            "CREATE VIEW dash.more AS SELECT a FROM dash.high",
            "CREATE OR REPLACE VIEW dash.lone AS SELECT id FROM orders",
            "INSERT INTO dash.base VALUES (3, 4)", "UPDATE dash.base SET b = 5", "DELETE FROM dash.base WHERE a = 99",
            "REFRESH MATERIALIZED VIEW dash.stored", "COMMENT ON VIEW dash.low IS 'x'", "TRUNCATE dash.empty",
            "ALTER TABLE dash.empty DROP COLUMN a", "DROP MATERIALIZED VIEW dash.stored",
            "CREATE INDEX ON dash.base (a)", "ALTER TABLE dash.base ADD COLUMN c int DEFAULT 7",
        ])
    func runs(_ sql: String) async throws {
        try await Self.with { fixture in
            _ = try await fixture.build(sql)
        }
    }

    @Test("A cascade that would take an administrator's view, function or foreign key says so")
    func foreignDependants() async throws {
        try await Self.with { fixture in
            try await fixture.setup.run(
                """
                CREATE VIEW public.report AS SELECT a FROM dash.high;
                CREATE FUNCTION public.total() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT sum(a) FROM dash.high; END;
                """)
            let error = try #require(
                await #expect(throws: ConfirmationRequired.self) {
                    _ = try await fixture.build("DROP VIEW dash.high CASCADE")
                })
            #expect(error.action.dependants.map(\.name) == ["function total()", "public.report"])
            let areLost = error.action.dependants.map(\.isLost)
            #expect(areLost == [true, true])
        }
    }

    @Test("What knowledge uses is not dropped without asking")
    func knowledge() async throws {
        let query = ProposedAction.Dependant(name: "lone_ids", kind: "query of the knowledge", isLost: false)
        try await Self.with(knowledge: [query]) { fixture in
            let error = try #require(
                await #expect(throws: ConfirmationRequired.self) { _ = try await fixture.build("DROP VIEW dash.lone") })
            #expect(error.action.dependants == [query])
            #expect(error.action.sentence == "Drop the view dash.lone, which 1 other uses.")
            _ = try await fixture.build("CREATE VIEW dash.another AS SELECT 1 AS n")
        }
    }

    @Test("An approval is for one text, and for no more than it named")
    func approvalIsNarrow() async throws {
        try await Self.with { fixture in
            let asked = try #require(
                await #expect(throws: ConfirmationRequired.self) {
                    _ = try await fixture.build("DROP VIEW dash.low CASCADE")
                })
            // Another text, even one that does less.
            await #expect(throws: ConfirmationRequired.self) {
                try await Approval.given(for: asked.action) {
                    _ = try await fixture.build("DROP TABLE dash.base CASCADE")
                }
            }
            _ = try await fixture.build("CREATE VIEW dash.newer AS SELECT a FROM dash.low")
            let again = await #expect(throws: ConfirmationRequired.self) {
                try await Approval.given(for: asked.action) {
                    _ = try await fixture.build("DROP VIEW dash.low CASCADE")
                }
            }
            #expect(again?.action.dependants.map(\.name) == ["dash.high", "dash.newer"])
        }
    }

    @Test("Two layers that ask about one statement are settled by one further question")
    func severalLayers() throws {
        func action(_ kind: ProposedAction.Effect.Kind, _ sql: String = "DROP VIEW dash.x") -> ProposedAction {
            ProposedAction(sentence: "\(kind)", role: "engineer", sql: sql, effects: [.init(kind, object: "dash.x")])
        }
        let both = try #require(
            #expect(throws: ConfirmationRequired.self) {
                try Approval.given(for: action(.run)) { try Approval.require(for: action(.drop)) }
            })
        try Approval.given(for: both.action) {
            try Approval.require(for: action(.run))
            try Approval.require(for: action(.drop))
        }
        let other = #expect(throws: ConfirmationRequired.self) {
            try Approval.given(for: action(.run, "DROP VIEW dash.y")) { try Approval.require(for: action(.drop)) }
        }
        #expect(other?.action == action(.drop))
    }
}

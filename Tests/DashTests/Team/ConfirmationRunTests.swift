import Agents
import FoundationEssentials
import LanguageModels
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

/// Runs that wait for a person, from the question to what became of it; every step reads what is stored.
@Suite(.timeLimit(.minutes(20))) struct ConfirmationRunTests {
    private static func store(_ team: TeamFixture, lifetime: Duration = .seconds(3600)) -> ConfirmationStore {
        ConfirmationStore(client: team.client, lifetime: lifetime, logger: PostgresServer.logger)
    }

    private static func exists(_ view: String, _ team: TeamFixture) async throws -> Bool {
        try await team.warehouse.introspection.catalog(refresh: true).relation(named: view) != nil
    }

    /// A view that knowledge uses, and a view above it that nobody but the database knows of.
    private static func withViews(_ body: @Sendable (TeamFixture) async throws -> Void) async throws {
        try await TeamFixture.with { team in
            let built = try await team.ask("Create a view for monthly stays by ward")
            #expect(built.kind == .change, "\(built.headline)")
            _ = try await team.warehouse.engineer.run(
                "CREATE VIEW dash.above AS SELECT * FROM dash.monthly_stays_by_ward", keepingAs: "r")
            let query = ValidatedQuery(
                name: "busy_months", description: "The busiest months.",
                sql: "SELECT month FROM dash.monthly_stays_by_ward ORDER BY stays DESC LIMIT 3")
            try await team.knowledge.save(KnowledgeEntry(content: .query(query), source: "queries/more.sql"))
            try await body(team)
        }
    }

    @Test("The built-in engineer asks before it drops what others use; the answer decides", arguments: [true, false])
    func builtIn(isApproved: Bool) async throws {
        try await Self.withViews { team in
            let asked = try await team.ask("drop the view dash.monthly_stays_by_ward")
            let confirmation = try #require(asked.confirmation, "\(asked.headline)")
            #expect(asked.kind == .confirmation)
            #expect(confirmation.action.sql == "DROP VIEW dash.monthly_stays_by_ward CASCADE")
            #expect(confirmation.action.dependants.filter(\.isLost).map(\.name) == ["dash.above"])
            let used = confirmation.action.dependants.filter { !$0.isLost }
            #expect(used.map { "\($0.kind) \($0.name)" } == ["query of the knowledge busy_months"])
            #expect(confirmation.agent == "engineer")
            #expect(try await Self.exists("dash.monthly_stays_by_ward", team))

            _ = try await Self.store(team).decide(confirmation.id, isApproved ? .approved : .declined, by: "local:ada")
            // Another process would do the same: nothing but the id is handed on.
            let answer = try await team.runner().resume(confirmation.id)
            #expect(answer.runID == asked.runID)
            #expect(answer.kind == (isApproved ? .change : .message), "\(answer.headline)")
            #expect(try await Self.exists("dash.monthly_stays_by_ward", team) == !isApproved)
            #expect(try await Self.exists("dash.above", team) == !isApproved)
            let entry = try await team.knowledge.entry(kind: .table, name: "dash.monthly_stays_by_ward")
            #expect((entry == nil) == isApproved)

            let again = try await team.runner().resume(confirmation.id)
            #expect(again.headline == answer.headline)
            let left = try await team.client.query(
                "SELECT count(*) AS n FROM ai.confirmations WHERE state IS NOT NULL OR outcome IS NOT NULL")
            #expect(try left.rows[0].decode("n", as: Int.self) == 0)
        }
    }

    @Test("What nobody uses is dropped without asking; what is not there is said")
    func harmlessDrop() async throws {
        try await TeamFixture.with { team in
            _ = try await team.warehouse.engineer.run("CREATE VIEW dash.lone AS SELECT 1 AS n", keepingAs: "r")
            let dropped = try await team.ask("please delete dash.lone")
            #expect(dropped.kind == .change, "\(dropped.headline)")
            #expect(try await !Self.exists("dash.lone", team))
            let missing = try await team.ask("drop the view dash.nothing")
            #expect(missing.headline.contains("no dash.nothing"))
        }
    }

    private func models(_ turns: ScriptedModel.Turn...) -> TeamModels {
        TeamModels(model: ScriptedModel(turns), usesFastPath: false)
    }

    private func call(_ name: String, _ arguments: JSONValue, _ id: String) -> ToolCall {
        ToolCall(id: id, name: name, arguments: arguments)
    }

    @Test("A model's run goes on where it stood: kept results, both agents, the same run")
    func languageModel() async throws {
        try await Self.withViews { team in
            let drop = "DROP VIEW dash.above, dash.monthly_stays_by_ward"
            let asked = try await team.ask(
                "Tidy up",
                models: models(
                    .calls(call("delegate", ["agent": "engineer", "task": "drop them"], "1")),
                    .calls(
                        call("run_sql", ["sql": "SELECT 1 AS one"], "2"), call("run_sql", ["sql": .string(drop)], "3")))
            )
            let confirmation = try #require(asked.confirmation, "\(asked.headline)")
            let before = try await team.client.query(
                "SELECT max(sequence) AS n FROM ai.run_events WHERE run_id = \(asked.runID.rawValue)"
            ).rows[0].decode("n", as: Int.self)
            _ = try await Self.store(team).decide(confirmation.id, .approved, by: "local:ada")
            let answer = try await team.runner(models(.text("Both are gone."), .text("Tidied."))).resume(
                confirmation.id)
            #expect(answer.headline == "Tidied.")
            #expect(answer.kind == .change)
            #expect(answer.provenance?.statements == [drop])
            #expect(answer.tables.map { $0.columns.map(\.name) } == [["one"]])
            #expect(try await !Self.exists("dash.above", team))
            let after = try await team.client.query(
                "SELECT max(sequence) AS n FROM ai.run_events WHERE run_id = \(asked.runID.rawValue)"
            ).rows[0].decode("n", as: Int.self)
            #expect(after > before)
        }
    }

    @Test("A model that was told no cannot say that it did it")
    func falseReport() async throws {
        try await Self.withViews { team in
            let drop = "DROP VIEW dash.above, dash.monthly_stays_by_ward"
            let asked = try await team.ask(
                "Tidy up",
                models: models(
                    .calls(call("delegate", ["agent": "engineer", "task": "drop them"], "1")),
                    .calls(call("run_sql", ["sql": .string(drop)], "2"))))
            let confirmation = try #require(asked.confirmation, "\(asked.headline)")
            _ = try await Self.store(team).decide(confirmation.id, .declined, by: "local:ada")
            let answer = try await team.runner(models(.text("Both are gone."), .text("Done: both are gone."))).resume(
                confirmation.id)
            #expect(answer.headline == "It was not confirmed, so nothing was changed.")
            #expect(try await Self.exists("dash.above", team))
        }
    }

    @Test("A model that says it built something, and did not, is contradicted")
    func inventedView() async throws {
        try await Self.withViews { team in
            let answer = try await team.ask(
                "create a view dash.stays_by_year with the stays per year",
                models: models(.text("I created dash.stays_by_year.")))
            #expect(answer.kind == .unanswered)
            #expect(answer.meaning == "Nothing was built or changed for this.")
        }
    }

    @Test(
        "What would run for minutes is asked about; of an outsider it is refused, and nothing waits",
        arguments: [false, true])
    func costly(isByOutsider: Bool) async throws {
        try await TeamFixture.with { team in
            let tables = (0..<12).map { "admissions a\($0), generate_series(1, 1000) g\($0)" }.joined(separator: ", ")
            let sql = "SELECT count(*) FROM \(tables)"
            var question = team.question("How many?")
            question.isByOutsider = isByOutsider
            let answer = try await team.runner(
                models(
                    .calls(call("delegate", ["agent": "analyst", "task": "count them"], "1")),
                    .calls(call("run_sql", ["sql": .string(sql)], "2")))
            ).run(question, id: RunID())
            #expect(answer.kind == (isByOutsider ? .refusal : .confirmation), "\(answer.headline)")
            #expect(answer.confirmation?.action.effects == (isByOutsider ? nil : [.init(.run)]))
            let stored = try await team.client.query("SELECT count(*) AS n FROM ai.confirmations")
            #expect(try stored.rows[0].decode("n", as: Int.self) == (isByOutsider ? 0 : 1))
        }
    }

    @Test("An interrupted confirmation is not carried out a second time")
    func interrupted() async throws {
        try await Self.withViews { team in
            let asked = try await team.ask("drop the view dash.monthly_stays_by_ward")
            let id = try #require(asked.confirmation).id
            _ = try await Self.store(team).decide(id, .approved, by: "local:ada")
            // As a process leaves it that dies between taking the approval and storing what came of it.
            try await team.client.query("UPDATE ai.confirmations SET used_at = clock_timestamp()")
            let answer = try await team.runner().resume(id)
            #expect(answer.headline.contains("interrupted"))
            #expect(try await Self.exists("dash.monthly_stays_by_ward", team))
        }
    }

    @Test("Changed SQL is refused: in the call, in the action, in both", arguments: ["call", "action", "both"])
    func changed(_ place: String) async throws {
        try await Self.withViews { team in
            let asked = try await team.ask("drop the view dash.monthly_stays_by_ward")
            let id = try #require(asked.confirmation).id
            _ = try await Self.store(team).decide(id, .approved, by: "local:ada")
            _ = try await team.warehouse.engineer.run("CREATE TABLE dash.precious AS SELECT 1 AS n", keepingAs: "r")
            let columns = ["call": ["state"], "action": ["action"], "both": ["state", "action"]][place] ?? []
            for column in columns {
                try await team.client.query(
                    """
                    UPDATE ai.confirmations SET \(identifier: column) = replace(\(identifier: column)::text,
                        'DROP VIEW dash.monthly_stays_by_ward CASCADE', 'DROP TABLE dash.precious')::jsonb
                    """)
            }
            let answer = try await team.runner().resume(id)
            #expect(answer.kind != .change)
            #expect(try await Self.exists("dash.precious", team))
            #expect(try await Self.exists("dash.monthly_stays_by_ward", team))
        }
    }

    @Test("What would take more with it by now is asked about again, with all of it")
    func grown() async throws {
        try await Self.withViews { team in
            let asked = try await team.ask("drop the view dash.monthly_stays_by_ward")
            let id = try #require(asked.confirmation).id
            _ = try await team.warehouse.engineer.run(
                "CREATE VIEW dash.top AS SELECT * FROM dash.above", keepingAs: "r")
            _ = try await Self.store(team).decide(id, .approved, by: "local:ada")
            let again = try await team.runner().resume(id)
            let second = try #require(again.confirmation)
            #expect(second.id != id)
            #expect(second.action.dependants.filter(\.isLost).map(\.name) == ["dash.above", "dash.top"])
            _ = try await Self.store(team).decide(second.id, .approved, by: "local:ada")
            #expect(try await team.runner().resume(second.id).kind == .change)
            #expect(try await !Self.exists("dash.top", team))
        }
    }

    @Test("A confirmation is decided once, by whoever comes first, and not after its time")
    func deciding() async throws {
        try await Self.withViews { team in
            let store = Self.store(team)
            let asked = try await team.ask("drop the view dash.monthly_stays_by_ward")
            let id = try #require(asked.confirmation).id
            let winners = try await withThrowingTaskGroup(of: String?.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let verdict = try await store.decide(
                            id, number % 2 == 0 ? .approved : .declined, by: "p\(number)")
                        if case .decided(let confirmation) = verdict { return confirmation.decidedBy }
                        return nil
                    }
                }
                return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
            }
            #expect(winners.count == 1)
            #expect(try await store.confirmation(id)?.decidedBy == winners.first)

            let late = try #require(
                try await team.ask("drop the view dash.monthly_stays_by_ward", in: "other").confirmation)
            try await team.client.query(
                "UPDATE ai.confirmations SET expires_at = clock_timestamp() - interval '1 s' WHERE id = \(late.id.rawValue)"
            )
            guard case .notOpen = try await store.decide(late.id, .approved, by: "local:ada") else {
                Issue.record("it was decided after its time")
                return
            }
            #expect(try await team.runner().resume(late.id).kind == .refusal)
            #expect(try await Self.exists("dash.monthly_stays_by_ward", team))
        }
    }
}

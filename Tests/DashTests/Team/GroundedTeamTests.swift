import Agents
import FoundationEssentials
import LanguageModels
import Planner
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct GroundedTeamTests {
    @Test("A metric is answered with its number, what makes it up, its definition, tables and freshness")
    func metric() async throws {
        try await TeamFixture.with { team in
            let answer = try await team.ask("What's our treatment cost?")
            #expect(answer.kind == .result)
            #expect(answer.headline == "Treatment Cost is €12,015.00.")
            #expect(answer.meaning?.contains("maternity makes up 50% of it (€6,005.00)") == true)
            #expect(answer.badge == .verified)
            #expect(answer.provenance?.definitions.first == .init(name: "Treatment Cost", text: "Cost of all stays."))
            #expect(answer.provenance?.tables == ["public.admissions"])
            #expect(answer.provenance?.freshness.count == 1)
            #expect(answer.tables.count == 2)
            #expect(answer.chart?.form == .bar)
        }
    }

    @Test("A validated query runs as it stands and is narrated as a series")
    func query() async throws {
        try await TeamFixture.with { team in
            let answer = try await team.ask("Show me monthly stays by ward")
            #expect(answer.badge == .verified)
            #expect(answer.provenance?.validatedQuery == "stays_by_month")
            #expect(answer.chart?.form == .line)
            #expect(answer.chart?.series == "ward")
            #expect(answer.provenance?.period == "Jan 2026 to Jun 2026")
        }
    }

    @Test("A question for what a measure is gets its meaning and its value")
    func meaningAndValue() async throws {
        try await TeamFixture.with { team in
            let answer = try await team.ask("What is treatment cost?")
            #expect(answer.kind == .result)
            #expect(answer.meaning?.contains("Cost of all stays") == true)
        }
    }

    @Test("A slip of the keyboard is put right, and that is said")
    func slips() async throws {
        try await TeamFixture.with { team in
            let answer = try await team.ask("What's our treatmnet cost?")
            #expect(answer.kind == .result)
            #expect(answer.caveats.contains { $0.contains("treatmnet cost") && $0.contains("Treatment Cost") })
        }
    }

    @Test(
        "A number picks the choice of that number, and only where there are choices",
        arguments: [
            ("2", "Which?\n- ALOS\n- Beds", "Beds"), ("the first", "Which?\n- ALOS\n- Beds", "ALOS"),
            ("option 3", "Which?\n- ALOS\n- Beds", nil), ("2", "There are 2.", nil), ("2 beds", "- a\n- b", nil),
        ] as [(String, String, String?)])
    func choice(_ text: String, _ reply: String, _ expected: String?) {
        let request = ModelRequest(
            instructions: "", messages: [.user("stays"), .assistant(reply), .user(text)], tools: [])
        #expect(Transcript(request).chosen == expected)
    }

    @Test(
        "What is too long for one question is told so before anything is searched, matched or planned",
        arguments: [
            "people " + String(repeating: "12 ", count: 1_900), String(repeating: "who ", count: 401),
            String(repeating: "unquestionably ", count: 300),
        ])
    func tooLong(_ text: String) async throws {
        func tool(_ name: String) -> ToolDefinition {
            ToolDefinition(name: name, description: "", parameters: .schema([:], required: []))
        }
        let model = GroundedModel()
        let analyst = try await model.respond(
            to: ModelRequest(
                instructions: "", messages: [.user(text)],
                tools: [ToolName.giveAnswer, ToolName.searchKnowledge, ToolName.planQuestion].map(tool)))
        #expect(analyst.message.toolCalls.map(\.name) == [ToolName.giveAnswer])
        let answer = analyst.message.toolCalls.first?.arguments
        #expect(answer?["kind"] == "unanswered" && answer?["meaning"]?.string == Planner.tooLong)
        let engineer = try await model.respond(
            to: ModelRequest(
                instructions: "", messages: [.user("create a view for " + text)],
                tools: [ToolName.updateKnowledge].map(tool)))
        #expect(engineer.message.text == Planner.tooLong && engineer.message.toolCalls.isEmpty)
    }

    @Test("Up to 400 words are read")
    func longEnough() {
        #expect(!Planner.isTooLong(String(repeating: "who ", count: 400)))
        #expect(Planner.isTooLong(String(repeating: "who ", count: 401)))
    }

    @Test(
        "What is said without data needs none",
        arguments: [
            ("Hello!", Answer.Kind.message, "Hi Ada!"), ("thanks a lot", .message, "welcome"),
            ("DROP TABLE admissions", .refusal, "only read"), ("please delete all old stays", .refusal, "only read"),
            ("What is the database password?", .refusal, "don't show passwords"), ("help", .message, "questions about"),
            ("How is treatment cost defined?", .message, "Cost of all stays"),
            ("What tables are there?", .message, "admissions and patients"),
        ])
    func withoutData(_ text: String, _ kind: Answer.Kind, _ part: String) async throws {
        try await TeamFixture.with { team in
            let answer = try await team.ask(text)
            #expect(answer.kind == kind)
            #expect(answer.headline.contains(part))
            #expect(answer.tables.isEmpty)
        }
    }

    @Test(
        "What knowledge does not cover is refused with what is missing and what can be asked",
        arguments: [
            ("Treatment cost in Paris", "Paris"), ("Monthly stays by doctor", "doctor"),
        ])
    func unanswered(_ text: String, _ missing: String) async throws {
        try await TeamFixture.with { team in
            let answer = try await team.ask(text)
            #expect(answer.kind == .unanswered)
            #expect(answer.badge == .needsInput)
            #expect(answer.meaning?.contains("“\(missing)”") == true)
            #expect(!answer.nextSteps.isEmpty)
        }
    }

    @Test("A validated query that no longer runs is said to be broken")
    func broken() async throws {
        try await TeamFixture.with { team in
            let answer = try await team.ask("How many bandages are in stock?")
            #expect(answer.kind == .unanswered)
            #expect(answer.meaning?.contains("bandages") == true)
        }
    }

    @Test("Follow-ups continue the question before, and are refused where the whole is not covered")
    func followUps() async throws {
        try await TeamFixture.with { team in
            try await team.ask("What's our treatment cost?")
            let byWard = try await team.ask("by unit")
            #expect(byWard.tables.first?.columns.map(\.name) == ["ward", "treatment_cost"])
            let byUrgency = try await team.ask("by urgency instead")
            #expect(byUrgency.tables.first?.columns.map(\.name) == ["urgency", "treatment_cost"])
            #expect(try await team.ask("by doctor").kind == .unanswered)
            #expect(try await team.ask("by ward", in: "another conversation").kind != .result)
        }
    }

    @Test("A correction applies to its author at once, and takes the verified badge from what it disputes")
    func corrections() async throws {
        try await TeamFixture.with { team in
            let noted = try await team.ask("No, treatment cost excludes meals")
            #expect(noted.kind == .message)
            #expect(noted.headline == "Noted: treatment cost excludes meals")
            let mine = try await team.ask("What's our treatment cost?", in: "new")
            #expect(mine.badge == .derived)
            #expect(mine.caveats.contains { $0.contains("excludes meals") })
            let theirs = try await team.ask("What's our treatment cost?", in: "newer", by: "local:bob")
            #expect(theirs.badge == .verified)
        }
    }

    @Test("A view is built from what fits, recorded, and used for the next such question")
    func engineer() async throws {
        try await TeamFixture.with { team in
            let made = try await team.ask("Create a view for monthly stays by ward")
            #expect(made.kind == .change)
            #expect(made.headline.contains("dash.monthly_stays_by_ward"))
            #expect(made.provenance?.statements.first?.hasPrefix("CREATE VIEW dash.monthly_stays_by_ward AS") == true)
            let rows = try await team.warehouse.analyst.run("SELECT * FROM dash.monthly_stays_by_ward", keepingAs: "x")
                .rows
            #expect(!rows.isEmpty)

            let used = try await team.ask("monthly stays by ward", in: "next")
            #expect(used.badge == .verified)
            #expect(used.provenance?.statements.first?.contains("FROM dash.monthly_stays_by_ward") == true)
            let again = try await team.ask("Create a view for monthly stays by ward", in: "again")
            #expect(again.kind == .message)
            #expect(again.headline.contains("exists already"))
        }
    }

    @Test("A materialized view is made where it is asked for, refreshed and dropped, and then forgotten")
    func materialized() async throws {
        try await TeamFixture.with { team in
            let made = try await team.ask("Create a materialized view for monthly stays by ward")
            let name = "dash.monthly_stays_by_ward"
            #expect(made.kind == .change)
            #expect(made.provenance?.statements.first?.hasPrefix("CREATE MATERIALIZED VIEW \(name) AS") == true)
            #expect(made.headline.contains("materialized view \(name)"))
            let refreshed = try await team.ask("please refresh \(name)", in: "2")
            #expect(refreshed.provenance?.statements == ["REFRESH MATERIALIZED VIEW \(name)"])
            let dropped = try await team.ask("Drop the view \(name)", in: "3")
            #expect(dropped.kind == .change)
            #expect(dropped.provenance?.statements == ["DROP MATERIALIZED VIEW \(name)"])
            #expect(try await team.knowledge.entries().allSatisfy { $0.source != KnowledgeEntry.engineerSource })
            let answer = try await team.ask("monthly stays by ward", in: "4")
            #expect(answer.kind == .result)
            #expect(answer.provenance?.validatedQuery == "stays_by_month")
            let missing = try await team.ask("drop view \(name);", in: "5")
            #expect(missing.headline.contains("There is no \(name)"))
        }
    }

    @Test("A view of a window says its period, where it is announced and where it is recorded")
    func windowedView() async throws {
        try await TeamFixture.with { team in
            let query = ValidatedQuery(
                name: "recent_stays", description: "Number of stays per ward in the last 6 months.",
                sql:
                    "SELECT ward, count(*) AS stays FROM admissions WHERE admitted_at > date '2026-06-01' - INTERVAL '6 months' GROUP BY 1",
                questions: ["Recent stays per ward"])
            try await team.knowledge.save(KnowledgeEntry(content: .query(query), source: "queries/hospital.sql"))
            let made = try await team.ask("Create a view for recent stays per ward")
            #expect(made.headline.contains("Its period: last 6 months."))
            let entries = try await team.knowledge.entries(of: .document)
            #expect(
                entries.contains { entry in
                    if case .document(let document) = entry.content {
                        document.title.hasPrefix("dash.") && document.text.contains("Its period: last 6 months.")
                    } else {
                        false
                    }
                })
        }
    }

    @Test("A view is not given the name of a company table, and that is said")
    func viewName() async throws {
        try await TeamFixture.with { team in
            let answer = try await team.ask("Create a view called admissions for monthly stays by ward")
            #expect(answer.kind == .unanswered)
            #expect(answer.headline.contains("a company table has this name"))
        }
    }

    @Test("A view that nothing curated covers is not built")
    func noView() async throws {
        try await TeamFixture.with { team in
            let answer = try await team.ask("Create a view for happiness by ward")
            #expect(answer.kind == .unanswered)
            #expect(answer.headline.contains("happiness"))
            #expect(
                try await team.warehouse.introspection.catalog(refresh: true).relations.allSatisfy {
                    $0.schema != "dash"
                })
        }
    }

    @Test("The same question gives the same answer, number for number")
    func determinism() async throws {
        try await TeamFixture.with { team in
            func said(_ answer: Answer) -> [String] {
                [answer.headline, answer.meaning ?? ""] + answer.caveats + answer.nextSteps
                    + (answer.provenance?.statements ?? [])
            }
            for text in ["What's our treatment cost?", "Monthly stays by ward", "stays in Rome"] {
                let first = try await team.ask(text, in: "one \(text)")
                let second = try await team.ask(text, in: "two \(text)")
                #expect(said(first) == said(second))
            }
        }
    }

    @Test("A question of 40,000 characters is refused politely")
    func longQuestion() async throws {
        try await TeamFixture.with { team in
            let answer = try await team.ask(String(repeating: "why ", count: 10_000))
            #expect(answer.kind == .refusal)
            #expect(answer.headline.contains("40000"))
        }
    }

    @Test("Turns, run and events are stored")
    func stored() async throws {
        try await TeamFixture.with { team in
            let events = Locked<[RunEvent]>([])
            let answer = try await team.runner().run(team.question("What's our treatment cost?"), id: RunID()) {
                event in
                events.withLock { $0.append(event) }
            }
            let turns = try await team.conversations.turns(in: ConversationID(rawValue: "test"))
            #expect(turns.count == 2)
            let seen = events.withLock { $0 }
            #expect(seen.map(\.sequence) == Array(1...seen.count))
            let stored = try await team.client.query(
                "SELECT count(*) AS events FROM ai.run_events WHERE run_id = \(answer.runID.rawValue)"
            ).rows
            #expect(try stored.first?.decode("events", as: Int.self) == seen.count)
        }
    }

    // MARK: - Together with a real model

    @Test("With the fast path a model is only asked what knowledge does not settle")
    func fastPath() async throws {
        try await TeamFixture.with { team in
            let model = ScriptedModel(
                .calls(
                    ToolCall(
                        id: "1", name: "delegate", arguments: ["agent": "analyst", "task": "Median cost of a stay"])),
                .calls(
                    ToolCall(
                        id: "2", name: "run_sql",
                        arguments: [
                            "sql":
                                "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY cost) AS median_cost FROM admissions"
                        ])),
                .calls(
                    ToolCall(
                        id: "3", name: "give_answer",
                        arguments: ["headline": "The median stay costs 200.25.", "result_ids": ["result_1"]])))
            let models = TeamModels(model: model)
            #expect(try await team.ask("What's our treatment cost?", models: models).badge == .verified)
            #expect(model.requests.isEmpty)
            let answer = try await team.ask("What does the median stay cost?", models: models)
            #expect(answer.badge == .generated)
            #expect(answer.headline == "The median stay costs 200.25.")
            #expect(model.unusedTurns == 0)
            let analyst = try #require(model.requests.first { $0.tools.contains { $0.name == "give_answer" } })
            #expect(analyst.instructions.contains("## Table usage"))
            #expect(analyst.instructions.contains("public.admissions"))
        }
    }

    @Test("A model that only talks about what it ran has its numbers checked")
    func unchecked() async throws {
        try await TeamFixture.with { team in
            let model = ScriptedModel(
                .calls(ToolCall(id: "1", name: "delegate", arguments: ["agent": "analyst", "task": "count stays"])),
                .calls(
                    ToolCall(id: "2", name: "run_sql", arguments: ["sql": "SELECT count(*) AS stays FROM admissions"])),
                .text("There are 60 stays."), .text("There are 777 stays."))
            let answer = try await team.ask("Count stays please", models: TeamModels(model: model, usesFastPath: false))
            #expect(answer.kind == .unanswered)
            #expect(answer.badge == .needsInput)
            #expect(answer.headline == "I could not ground this in your data.")
            #expect(answer.tables.first?.rows == [["60"]])
            #expect(!"\(answer)".contains("777"))
        }
    }

    @Test("A model that fails becomes a sentence, a used-up budget another")
    func failures() async throws {
        try await TeamFixture.with { team in
            let failing = ScriptedModel(.failure(LanguageModelError(.rateLimited, message: "Too many requests.")))
            let failure = try await team.ask("Stays?", models: TeamModels(model: failing, usesFastPath: false))
            #expect(failure.kind == .failure)
            #expect(failure.headline == "The language model could not answer: Too many requests.")
            var budget = RunBudget()
            budget.modelCalls = 1
            let stopped = try await team.ask("What's our treatment cost?", budget: budget)
            #expect(stopped.kind == .unanswered)
            #expect(stopped.headline.contains("limit of 1 model calls"))
        }
    }

    @Test("A cancelled question throws, and nothing else")
    func cancellation() async throws {
        try await TeamFixture.with { team in
            let runner = team.runner(TeamModels(model: ScriptedModel(.endless), usesFastPath: false))
            let question = team.question("Anything")
            await #expect(throws: CancellationError.self) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let (started, feed) = AsyncStream.makeStream(of: Void.self)
                    group.addTask {
                        _ = try await runner.run(question, id: RunID()) { event in
                            if case .modelCalled = event.kind { feed.yield() }
                        }
                    }
                    for await _ in started { break }
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test("Context has six layers, each with what the question needs and no more")
    func context() async throws {
        try await TeamFixture.with { team in
            _ = try await team.learnings.save(title: "stays", text: "Stays of a day count.", author: "local:ada")
            let layers = try await team.context.layers(for: team.question("How many stays per ward?"))
            #expect(
                layers.map(\.name) == [
                    "table usage", "annotations", "query patterns", "institutional knowledge", "learnings",
                    "live schema",
                ])
            #expect(layers[0].text.contains("admissions"))
            #expect(layers[1].text.contains("Open stays"))
            #expect(layers[2].text.contains("stays_by_month"))
            #expect(!layers[2].text.contains("bandages"))
            #expect(layers[3].text.contains("Ward handbook"))
            #expect(layers[4].text.contains("Stays of a day count."))
            #expect(layers[5].text.contains("public.admissions"))
            let other = try await team.context.layers(for: team.question("How many stays per ward?", by: "local:bob"))
            #expect(other[4].entries == 0)
        }
    }
}

import Agents
import FoundationEssentials
import Planner
import Postgres
import ServiceRuntime
import Testing

@testable import Dash

@Suite struct TeamToolTests {
    @Test("run_sql keeps the result and says what it has")
    func result() async throws {
        try await TeamFixture.with { team in
            let run = team.run()
            let output = try await team.sql(run).call([
                "sql": "SELECT ward, count(*) AS stays FROM admissions GROUP BY 1 ORDER BY 1"
            ])
            let json = try #require(output.json)
            #expect(!output.isError)
            #expect(json["result_id"] == "result_1")
            #expect(json["columns"] == [["name": "ward", "type": "text"], ["name": "stays", "type": "integer"]])
            #expect(json["rows"] == [["icu", "20"], ["maternity", "20"], ["surgery", "20"]])
            #expect(json["row_count"] == 3)
            #expect(json["truncated"] == false)
            #expect(run.result("result_1")?.evidence == .generated)
        }
    }

    @Test("What a model does not get to see of a long result is said, and the run keeps it")
    func longResult() async throws {
        try await TeamFixture.with { team in
            let run = team.run()
            let output = try await team.sql(run).call(["sql": "SELECT i FROM generate_series(1, 450) i"])
            #expect(output.json?["rows"]?.array?.count == 200)
            #expect(output.json?["row_count"] == 450)
            #expect(output.json?["note"]?.string?.contains("first 200 of 450") == true)
            #expect(run.result("result_1")?.table.rows.count == 450)
        }
    }

    @Test(
        "A wrong column answers with class, attempt and near columns; the statement that then works is learned for all")
    func correction() async throws {
        try await TeamFixture.with { team in
            let run = team.run("stays per ward?")
            let failed = try await team.sql(run).call(["sql": "SELECT wrad FROM admissions"])
            #expect(failed.isError)
            #expect(failed.json?["error"] == "missingColumn")
            #expect(failed.json?["attempt"] == 1)
            #expect(failed.json?["attempts"] == 3)
            #expect(failed.json?["suggestion"]?.string?.contains("ward") == true)
            #expect(failed.json?["similar_corrections"] == [])

            let worked = try await team.sql(run).call(["sql": "SELECT ward FROM admissions"])
            #expect(!worked.isError)
            let again = try await team.sql(team.run("other")).call(["sql": "SELECT wrad FROM admissions"])
            let learned = again.json?["similar_corrections"]?[0]
            #expect(learned?["original"] == "SELECT wrad FROM admissions")
            #expect(learned?["corrected"] == "SELECT ward FROM admissions")
        }
    }

    @Test("Statements that fail run out; the next one is not run", arguments: [0, 2])
    func attempts(_ retries: Int) async throws {
        try await TeamFixture.with { team in
            let run = team.run(maximumRetries: retries)
            for _ in 0...retries { _ = try await team.sql(run).call(["sql": "SELECT nothing FROM nowhere"]) }
            let refused = try await team.sql(run).call(["sql": "SELECT 1"])
            #expect(refused.json?["error"] == "no_attempts_left")
            #expect(run.resultIDs.isEmpty)
        }
    }

    @Test("An empty result names the value that does not occur")
    func emptyResult() async throws {
        try await TeamFixture.with { team in
            let output = try await team.sql(team.run()).call(["sql": "SELECT id FROM admissions WHERE ward = 'Surgery'"]
            )
            #expect(!output.isError)
            #expect(output.json?["error"] == "empty_result")
            #expect(
                output.json?["suggestion"]?.string == "ward has no value 'Surgery'; it has surgery, icu, maternity.")
        }
    }

    @Test("A validated query is recognised word for word, whatever name is claimed; what a model writes stays its own")
    func evidence() async throws {
        try await TeamFixture.with { team in
            let run = team.run()
            let query = try #require(try await team.knowledge.entry(kind: .query, name: "stays_by_month"))
            guard case .query(let known) = query.content else { return }
            _ = try await team.sql(run).call(["sql": .string(known.sql + " ;"), "query_name": "stays_by_month"])
            #expect(run.result("result_1")?.evidence == .query(known, isCurated: true))
            _ = try await team.sql(run).call(["sql": "SELECT 1 AS one", "query_name": "stays_by_month"])
            #expect(run.result("result_2")?.evidence == .generated)
            _ = try await team.sql(run).call([
                "sql": "SELECT SUM(cost) AS treatment_cost FROM admissions", "query_name": "Treatment Cost",
            ])
            #expect(run.result("result_3")?.evidence == .generated)
        }
    }

    @Test("Only the very bytes of a statement carry its evidence: equal to Swift may be another text to the server")
    func bytes() async throws {
        try await TeamFixture.with { team in
            let composed = "SELECT 'caf\u{E9}' AS place"
            let decomposed = "SELECT 'cafe\u{301}' AS place"
            #expect(composed == decomposed)
            #expect(!SQLOutline.same(composed, decomposed) && SQLOutline.same(composed, composed + " ;"))
            let run = team.run()
            let planned = PlannedStatement(
                question: PlannedQuestion(plan: Plan(recipe: .value)),
                statement: CompiledPlan(sql: composed, columns: [], tables: []), isCurated: true)
            run.plan(planned)
            _ = try await team.sql(run).call(["sql": .string(decomposed)])
            _ = try await team.sql(run).call(["sql": .string(composed)])
            #expect(run.result("result_1")?.evidence == .generated)
            #expect(run.result("result_2")?.evidence == .plan(planned))
        }
    }

    @Test("A number that no result has is named, and the answer not accepted")
    func foreignNumber() async throws {
        try await TeamFixture.with { team in
            let run = team.run()
            _ = try await team.sql(run).call(["sql": "SELECT count(*) AS stays FROM admissions"])
            let refused = try await team.giveAnswer(run).call([
                "headline": "There were 61 stays.", "result_ids": ["result_1"],
            ])
            #expect(refused.isError)
            #expect(refused.content.contains("61"))
            #expect(run.answer == nil)

            let given = try await team.giveAnswer(run).call([
                "headline": "There were 60 stays.", "result_ids": ["result_1"],
            ])
            #expect(given.endsRun)
            let answer = try #require(run.answer)
            #expect(answer.badge == .generated)
            #expect(answer.tables.map(\.id) == ["result_1"])
            #expect(answer.provenance?.tables == ["public.admissions"])
            #expect(answer.provenance?.freshness.first?.latest.hasPrefix("2026-06-30") == true)
            #expect(answer.provenance?.statements == ["SELECT count(*) AS stays FROM admissions"])
        }
    }

    static let wrongAnswerCases: [(JSONValue, String)] = [
        (["headline": "x", "result_ids": ["result_9"]], "no result `result_9`"),
        (["headline": "x", "result_ids": []], "at least one result"),
        (["headline": " ", "result_ids": []], "`headline` is empty"),
        (["headline": "x", "result_ids": [], "kind": "clarification", "choices": ["one"]], "two to five"),
        (
            [
                "headline": "x", "result_ids": ["result_1"],
                "chart": ["form": "bar", "category": "month", "values": ["stays"]],
            ], "column `month`"
        ),
        (
            [
                "headline": "x", "result_ids": ["result_1"],
                "chart": ["form": "bar", "category": "ward", "values": ["ward"]],
            ],
            "not numeric"
        ),
    ]

    @Test("What give_answer cannot use is an error the model can mend", arguments: wrongAnswerCases)
    func wrongAnswers(_ arguments: JSONValue, _ problem: String) async throws {
        try await TeamFixture.with { team in
            let run = team.run()
            _ = try await team.sql(run).call(["sql": "SELECT ward, count(*) AS stays FROM admissions GROUP BY 1"])
            let output = try await team.giveAnswer(run).call(arguments)
            #expect(output.isError)
            #expect(output.content.contains(problem))
            #expect(run.answer == nil)
        }
    }

    @Test("A query is run before it is kept, and a curated one is not replaced")
    func saveQuery() async throws {
        try await TeamFixture.with { team in
            let run = team.run("stays by urgency?")
            let tool = SaveValidatedQueryTool(
                run: run, warehouse: team.warehouse, knowledge: team.knowledge,
                provenance: team.giveAnswer(run).provenance)
            let broken = try await tool.call(["name": "x", "description": "d", "sql": "SELECT nope FROM admissions"])
            #expect(broken.isError)
            #expect(try await team.knowledge.entry(kind: .query, name: "x") == nil)
            let taken = try await tool.call(["name": "stays_by_month", "description": "d", "sql": "SELECT 1"])
            #expect(taken.isError)
            let saved = try await tool.call([
                "name": "Stays by urgency", "description": "Stays by urgency.",
                "sql": "SELECT urgency, count(*) AS stays FROM admissions GROUP BY 1;",
            ])
            #expect(!saved.isError)
            let entry = try #require(try await team.knowledge.entry(kind: .query, name: "stays_by_urgency"))
            guard case .query(let query) = entry.content else { return }
            #expect(entry.source == KnowledgeEntry.savedSource)
            #expect(query.tables == ["public.admissions"])
            #expect(query.columns == ["urgency", "stays"])
        }
    }

    private static let personal = "I need this for Bob Smith's salary review: stays by urgency"

    @Test("Nothing that somebody said about people or reasons is kept for everybody")
    func privacy() async throws {
        try await TeamFixture.with { team in
            let sql: JSONValue = "SELECT urgency, count(*) AS stays FROM admissions GROUP BY 1 ORDER BY 1"
            for _ in 1...2 {
                let run = team.run(Self.personal)
                _ = try await team.sql(run).call(["sql": "SELECT urgncy FROM admissions"])
                _ = try await team.sql(run).call(["sql": sql])
                _ = try await team.giveAnswer(run).call(["headline": "By urgency.", "result_ids": ["result_2"]])
            }
            let run = team.run(Self.personal)
            let tool = SaveValidatedQueryTool(
                run: run, warehouse: team.warehouse, knowledge: team.knowledge,
                provenance: team.giveAnswer(run).provenance)
            let refused: [JSONValue] = [
                ["name": "stays", "description": "Stays for Bob Smith.", "sql": sql],
                ["name": "smith_stays", "description": "Stays by urgency.", "sql": sql],
                ["name": "stays", "description": "What I need by urgency.", "sql": sql],
                [
                    "name": "stays", "description": "Stays of one patient.",
                    "sql": "SELECT id FROM patients WHERE name = 'Bob Smith'",
                ],
            ]
            for arguments in refused { #expect(try await tool.call(arguments).isError) }
            let saved = try await tool.call([
                "name": "stays_by_urgency", "description": "Stays by urgency.", "sql": sql,
            ])
            #expect(!saved.isError)

            let kept = try await team.client.query(
                """
                SELECT string_agg(t, ' ') AS text FROM (
                    SELECT content::text AS t FROM ai.knowledge WHERE source = 'saved'
                    UNION ALL SELECT questions::text FROM ai.query_candidates
                    UNION ALL SELECT title || body || question FROM ai.learnings) AS x
                """
            ).rows.first?["text"]?.lowercased()
            let text = try #require(kept)
            #expect(text.contains("stays by urgency"))
            for word in ["bob", "smith", "salary", "review", "need"] { #expect(!text.contains(word)) }
        }
    }

    @Test("The same statement that answers twice becomes knowledge")
    func promotion() async throws {
        try await TeamFixture.with { team in
            let sql: JSONValue = "SELECT urgency, count(*) AS stays FROM admissions GROUP BY 1 ORDER BY 1"
            for text in ["stays by urgency?", "how urgent are stays?"] {
                let run = team.run(text)
                _ = try await team.sql(run).call(["sql": sql])
                _ = try await team.giveAnswer(run).call(["headline": "By urgency.", "result_ids": ["result_1"]])
            }
            let saved = try await team.knowledge.entries(of: .query).filter { $0.source == KnowledgeEntry.savedSource }
            #expect(saved.count == 1)
        }
    }
}

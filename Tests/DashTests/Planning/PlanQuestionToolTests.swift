import Agents
import Planner
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct PlanQuestionToolTests {
    private func tool(
        _ team: TeamFixture, _ run: Run, through warehouse: WarehouseAccess? = nil
    ) throws -> PlanQuestionTool {
        PlanQuestionTool(
            run: run,
            planning: PlanningService(
                warehouse: warehouse ?? team.access, knowledge: team.knowledge, client: team.client,
                logger: PostgresServer.logger),
            learnings: team.learnings, warehouse: team.warehouse,
            today: try #require(CivilDate(year: 2026, month: 7, day: 15)),
            logger: PostgresServer.logger)
    }

    private func reply(_ question: String, _ tool: PlanQuestionTool) async throws -> JSONValue {
        try JSONValue(parsing: try await tool.call(["question": .string(question)]).content)
    }

    @Test("A plan comes with its statement and evidence, and a result of the statement keeps it")
    func plan() async throws {
        try await TeamFixture.with { team in
            let run = team.run(isGrounded: true)
            let reply = try await reply("Treatment cost by ward", try tool(team, run))
            #expect(reply["outcome"] == "plan" && reply["curated"] == true && reply["gaps"] == [])
            guard case .plan(let planned) = run.outcome else {
                Issue.record("\(reply.encoded())")
                return
            }
            #expect(reply["hash"]?.string == planned.plan.hash)
            #expect(try reply["planned"]?.decode(as: PlannedQuestion.self) == planned)
            #expect(planned.evidence.contains { $0.source == .metric })
            let sql = try #require(reply["sql"]?.string)
            let output = try await team.sql(run).call(["sql": .string(sql)])
            #expect(!output.isError, "\(output.content)")
            let id = try #require(run.resultIDs.first)
            guard case .plan(let statement) = run.result(id)?.evidence else {
                Issue.record("\(String(describing: run.result(id)?.evidence))")
                return
            }
            #expect(statement.question == planned && statement.isCurated)
            #expect(run.result(id)?.table.rows.count == 3)
        }
    }

    @Test("A plan verifies only what the person asked, not fewer words that a model has planned")
    func reworded() async throws {
        try await TeamFixture.with { team in
            let run = team.run("What's our treatment cost by ward?")
            let tool = try tool(team, run)
            func badge(_ question: String) async throws -> Badge? {
                let reply = try await reply(question, tool)
                let sql = try #require(reply["sql"]?.string, "\(reply.encoded())")
                _ = try await team.sql(run).call(["sql": .string(sql)])
                return run.resultIDs.last.flatMap(run.result).map { AnswerBadge.badge(of: $0.evidence) }
            }
            #expect(try await badge("Treatment cost") == .derived)
            #expect(run.outcome == nil)
            #expect(try await badge("treatment cost by ward") == .derived)
            #expect(try await badge("What's our  treatment cost by ward") == .verified)
            #expect(run.plannedQuestion?.isCurated == true)
            // Whose words they are matters no more where the statement is the same.
            #expect(try await badge("treatment cost by ward") == .verified)
            #expect(try await badge("Treatment cost") == .derived)
            _ = try await team.giveAnswer(run).call(["headline": "See the table.", "result_ids": ["result_5"]])
            #expect(run.answer?.badge == .derived)
        }
    }

    @Test("A model that answers for itself what the person has to choose verifies nothing")
    func chosenByModel() async throws {
        try await TeamFixture.with { team in
            let run = team.run("2")
            run.conversation.offered = ["ward", "urgency"].map { column in
                Clarification.Choice(
                    label: "by \(column)",
                    question: PlannedQuestion(
                        plan: Plan(
                            recipe: .breakdown, measures: [.metric("Treatment Cost")],
                            dimensions: [.column(ColumnID(TableID(name: "admissions"), column))])))
            }
            let tool = try tool(team, run)
            _ = try await reply("1", tool)
            #expect(run.outcome == nil && run.planned.map(\.isReworded) == [true])
            _ = try await reply("2", tool)
            #expect(run.planned.last?.isReworded == nil)
            #expect(run.plannedQuestion?.question.plan.dimensions.count == 1)
        }
    }

    @Test("Values of the data are found, and a word that nothing knows is named as a gap")
    func values() async throws {
        try await TeamFixture.with { team in
            let known = try await reply("Treatment cost in maternity", try tool(team, team.run()))
            #expect(known["outcome"] == "plan", "\(known.encoded())")
            #expect(known["sql"]?.string?.contains("'maternity'") == true)
            let unknown = try await reply("Treatment cost of zebras", try tool(team, team.run()))
            #expect(unknown["outcome"] == "declined")
            #expect(unknown["gaps"]?.array?.isEmpty == false, "\(unknown.encoded())")
        }
    }

    @Test("What was taught applies to who taught it")
    func taught() async throws {
        try await TeamFixture.with { team in
            let run = team.run()
            let before = try await reply("What is our burn?", try tool(team, run))
            #expect(before["outcome"] == "declined", "\(before.encoded())")
            run.conversation.decisions = [.metricSynonym(phrase: "burn", metric: "Treatment Cost")]
            let after = try await reply("What is our burn?", try tool(team, run))
            #expect(after["outcome"] == "plan", "\(after.encoded())")
        }
    }

    @Test("Without a question there is nothing to plan")
    func empty() async throws {
        try await TeamFixture.with { team in
            let output = try await tool(team, team.run()).call(["question": " "])
            #expect(output.isError && output.content.contains("empty"))
        }
    }

    @Test("Without the company's database the tool says so, and the run goes on")
    func away() async throws {
        try await TeamFixture.with { team in
            struct Gone: Introspection {
                func catalog(refresh: Bool) async throws -> SchemaCatalog {
                    throw SQLFailure(.connection, message: "away")
                }
                func latestValue(of column: String, in relation: String) async throws -> String? { nil }
                func statistics(
                    of relation: String, personalColumns: PersonalColumns
                ) async throws -> TableStatistics { throw SQLFailure(.connection, message: "away") }
                func facts() async throws -> [String: RelationFacts] { [:] }
                func reading(through analyst: any SQLRunner) -> any Introspection { self }
            }
            var warehouse = team.warehouse
            warehouse.introspection = Gone()
            let access = WarehouseAccess(warehouse, log: AuditLog(client: team.client))
            let output = try await tool(team, team.run(), through: access).call(["question": "Treatment cost"])
            #expect(output.isError && output.content.contains("connection"))
        }
    }
}

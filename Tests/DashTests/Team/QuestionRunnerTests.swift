import Agents
import FoundationEssentials
import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct QuestionRunnerTests {
    @Test("A question whose process died before its answer was published is asked again as if for the first time")
    func crashBeforePublication() async throws {
        try await TeamFixture.with { team in
            let model = ScriptedModel(.text("Hello."), .text("Hello again."), .text("Bye."))
            let runner = team.runner(TeamModels(model: model, usesFastPath: false))
            var question = team.question("Say hello")
            question.key = "slack:T1:C1:1"
            _ = try await runner.run(question, id: RunID())
            let answer = try await runner.run(question, id: RunID())
            #expect(answer.headline == "Hello again.")
            #expect(model.requests.map { $0.messages.count { $0.role == .user } } == [1, 1])
            let turns = try await team.conversations.turns(in: question.conversation)
            guard turns.count == 2, case .question(text: "Say hello", _) = turns[0].content,
                case .answer(let stored) = turns[1].content
            else {
                Issue.record("the conversation has other turns than the question and its answer")
                return
            }
            #expect(stored.runID == answer.runID)

            var next = team.question("Goodbye")
            next.key = "slack:T1:C1:2"
            _ = try await runner.run(next, id: RunID())
            #expect(model.requests.last?.messages.count { $0.role == .user } == 2)
        }
    }

    @Test("A worker that lost its lease does not overwrite the answer of the one that took over")
    func lostLease() async throws {
        try await TeamFixture.with { team in
            let (opened, open) = AsyncStream.makeStream(of: Void.self)
            let (reached, reach) = AsyncStream.makeStream(of: Void.self)
            let slow = ScriptedModel(
                ScriptedModel.Turn {
                    reach.finish()
                    for await _ in opened {}
                    return ModelResponse(message: .assistant("Late."), finishReason: .stop)
                })
            let id = RunID()
            var question = team.question("Say hello")
            question.key = "slack:T1:C1:1"
            let asked = question
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try await team.runner(TeamModels(model: slow, usesFastPath: false)).run(asked, id: id)
                }
                for await _ in reached {}
                let quick = ScriptedModel(.text("In time."))
                _ = try await team.runner(TeamModels(model: quick, usesFastPath: false)).run(asked, id: id)
                open.finish()
                try await group.waitForAll()
            }
            let turns = try await team.conversations.turns(in: question.conversation)
            #expect(turns.count == 2)
            guard case .answer(let stored)? = turns.last?.content else {
                Issue.record("the last turn is no answer")
                return
            }
            #expect(stored.headline == "In time.")
            let run = try await RunStore(client: team.client, logger: PostgresServer.logger).run(id)
            #expect(run?.answer?.headline == "In time.")
        }
    }

    @Test("What the built-in model found stands where the language model behind it fails")
    func modelIsAway() async throws {
        try await TeamFixture.with { team in
            let failing = TeamModels(
                model: ScriptedModel(.failure(LanguageModelError(.unavailable, message: "It is down."))))
            let answer = try await team.ask("How many wombats are there?", models: failing)
            #expect(answer.kind == .unanswered)
            #expect(answer.headline == "I can't answer that from what I know yet.")
            #expect(answer.caveats.count { $0.contains("language model could not be reached") } == 1)
            let alone = try await team.ask("How many wombats are there?", in: "other")
            #expect(alone.meaning == answer.meaning)
            #expect(!alone.caveats.contains { $0.contains("language model") })
        }
    }

    @Test(
        "The configured zone decides which day today is",
        arguments: [("UTC", "2026-05-28"), ("Asia/Tokyo", "2026-05-29"), ("America/Los_Angeles", "2026-05-28")])
    func today(_ zone: String, _ day: String) async throws {
        try await TeamFixture.with { team in
            let model = ScriptedModel(.text("Hello."))
            let runner = team.runner(
                TeamModels(model: model, usesFastPath: false), timeZone: try TimeZoneRules(identifier: zone))
            _ = try await runner.run(team.question("Say hello"), id: RunID())
            #expect(model.requests.first?.instructions.contains("Today is \(day).") == true)
        }
    }

    @Test("The built-in model counts unfinished periods from that day, too")
    func periods() async throws {
        try await TeamFixture.with { team in
            try await team.knowledge.save(
                KnowledgeEntry(
                    content: .query(
                        ValidatedQuery(
                            name: "beds", description: "Beds in use per day.",
                            sql: """
                                SELECT d::date AS day, 5 AS beds
                                FROM generate_series('2026-05-25'::date, '2026-05-29', interval '1 day') d ORDER BY 1
                                """,
                            questions: ["Beds in use per day"])), source: "queries/hospital.sql"))
            for (zone, isUnfinished) in [("UTC", false), ("Asia/Tokyo", true)] {
                let answer = try await team.runner(timeZone: try TimeZoneRules(identifier: zone)).run(
                    team.question("Beds in use per day", in: zone), id: RunID())
                #expect(answer.kind == .result)
                #expect(
                    answer.caveats.contains { $0.contains("is not over yet") } == isUnfinished,
                    "\(answer)")
            }
        }
    }

    @Test("A build that names what is there is a message, one that names what can't be made is unanswered")
    func builds() async throws {
        try await TeamFixture.with { team in
            let orders: [(String, Answer.Kind)] = [
                ("Create a view of monthly stays by ward", .change),
                ("Create a view of monthly stays by ward", .message),
                ("Create a view of wombats by burrow", .unanswered), ("Drop the view dash.nothing", .unanswered),
            ]
            for (order, kind) in orders {
                let answer = try await team.ask(order)
                #expect(answer.kind == kind, "\(order): \(answer.headline)")
            }
        }
    }
}

import Agents
import FoundationEssentials
import LanguageModels
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
}

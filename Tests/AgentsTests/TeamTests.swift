import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

@testable import Agents

@Suite(.timeLimit(.minutes(20))) struct TeamTests {
    private let log = EventLog()

    private func delegate(_ agent: String, _ task: String, id: String = "d1") -> ToolCall {
        .call("delegate", ["agent": .string(agent), "task": .string(task)], id: id)
    }

    private func run(
        leader: ScriptedModel, members: [Agent], context: [Message] = [], endingTools: Set<String> = [],
        ledger: BudgetLedger = BudgetLedger()
    ) async throws -> AgentOutcome {
        try await Team(
            leader: .agent("leader", leader), members: members, context: context, endingTools: endingTools
        ).run([.user("Q")], ledger: ledger, recorder: log.recorder)
    }

    @Test("A delegated task runs in the member's loop, in spans below the leader's, and its text comes back")
    func delegation() async throws {
        let analyst = ScriptedModel(.calls(.call("look")), .text("It is 42."))
        let look = ClosureTool("look") { _ in ToolOutput(content: "seen") }
        let outcome = try await run(
            leader: ScriptedModel(.calls(delegate("analyst", "Count it.")), .text("42!")),
            members: [.agent("analyst", analyst, look)], context: [.user("Today is Monday.")])

        #expect(outcome.text == "42!")
        #expect(outcome.messages[1].toolResults == [ToolResult(callID: "d1", content: "It is 42.")])
        #expect(analyst.requests.first?.messages == [.user("Today is Monday."), .user("Count it.")])
        #expect(analyst.requests.first?.instructions == "You are analyst.")
        #expect(
            log.outline == [
                "leader asks", "leader got 0", "leader begins delegate d1", "leader to analyst: Count it.",
                "analyst asks", "analyst got 0", "analyst begins look c1", "analyst ends look c1", "analyst asks",
                "analyst got 0", "leader ends delegate d1", "leader asks", "leader got 0",
            ])
        // 1 leader's loop, 2 delegate call, 3 analyst's loop, 4 look call.
        #expect(log.events.map(\.span) == [1, 1, 2, 3, 3, 3, 4, 4, 3, 3, 2, 1, 1])
        #expect(log.events.map(\.parentSpan) == [0, 0, 1, 2, 2, 2, 3, 3, 2, 2, 1, 0, 0])
    }

    @Test("Only the leader can delegate, and only to members")
    func depth() async throws {
        let analyst = ScriptedModel(
            Turn.calls(delegate("analyst", "Do it yourself.", id: "d2")).expecting { request in
                request.tools.isEmpty ? nil : "a member has tools \(request.tools.map(\.name))"
            }, .text("No."))
        let leader = ScriptedModel(
            Turn.calls(delegate("leader", "x", id: "d0"), delegate("analyst", "y")).expecting { request in
                request.tools.map(\.name) == ["delegate"] ? nil : "the leader lacks its tool"
            }, .text("ok"))
        let outcome = try await run(leader: leader, members: [.agent("analyst", analyst)])
        #expect(outcome.messages[1].toolResults.map(\.isError) == [true, false])
        #expect(outcome.messages[1].toolResults[0].content.contains("`agent` must be one of \"analyst\""))
        #expect(
            analyst.requests[1].messages.last?.toolResults.first?.content
                == "There is no tool `delegate`. There are no tools.")
    }

    private typealias Turn = ScriptedModel.Turn

    @Test("A team without members has no tool to delegate")
    func noMembers() async throws {
        let leader = ScriptedModel(Turn.text("Hi").expecting { $0.tools.isEmpty ? nil : "there are tools" })
        #expect(try await run(leader: leader, members: []).text == "Hi")
    }

    @Test("The tool's description says who does what")
    func description() {
        let tool = DelegateTool(
            leader: "leader", members: [.agent("analyst", ScriptedModel()), .agent("engineer", ScriptedModel())],
            context: [], endingTools: [], ledger: BudgetLedger())
        #expect(tool.definition.description.hasSuffix("- analyst: does analyst work\n- engineer: does engineer work"))
        #expect(tool.definition.parameters["properties"]?["agent"]?["enum"] == ["analyst", "engineer"])
    }

    @Test(
        "A member that ends badly is an error result that names the cause",
        arguments: [
            (
                [Turn.text(""), .text("")],
                "The analyst could not finish: the model gave neither text nor a tool call."
            ),
            (
                [.text("I must not.", finishReason: .refused)],
                "The analyst could not finish: the model refused.\nIt said last: I must not."
            ),
            (
                [.failure(LanguageModelError(.unavailable, message: "The service is down."))],
                "The analyst could not finish: The service is down."
            ),
            (
                [.calls(.call("sql"))],
                "The analyst could not finish: the run's limit of 0 SQL statements was reached."
            ),
        ])
    func memberFails(turns: [ScriptedModel.Turn], content: String) async throws {
        let ledger = BudgetLedger(budget { $0.statements = 0 })
        let sql = ClosureTool("sql") { _ in
            try ledger.takeStatement()
            return ToolOutput(content: "")
        }
        let outcome = try await run(
            leader: ScriptedModel(.calls(delegate("analyst", "x")), .text("Sorry.")),
            members: [.agent("analyst", ScriptedModel(turns), sql)], ledger: ledger)
        #expect(outcome.stop == .finished)
        #expect(outcome.messages[1].toolResults == [ToolResult(callID: "d1", content: content, isError: true)])
    }

    @Test("The limits count over all agents, and are reported once")
    func sharedLimits() async throws {
        let outcome = try await run(
            leader: ScriptedModel(.calls(delegate("analyst", "x"))),
            members: [
                .agent(
                    "analyst", ScriptedModel(.calls(.call("look")), .calls(.call("look"))),
                    ClosureTool("look") { _ in ToolOutput(content: "x") })
            ],
            ledger: BudgetLedger(budget { $0.modelCalls = 3 }))
        #expect(outcome.stop == .budget(.modelCalls))
        #expect(log.outline.filter { $0.hasPrefix("limit") } == ["limit modelCalls"])
    }

    @Test("The deadline stops member and leader")
    func sharedDeadline() async throws {
        let clock = JumpingClock()
        async let outcome = run(
            leader: ScriptedModel(.calls(delegate("analyst", "x"))),
            members: [.agent("analyst", ScriptedModel(.endless))],
            ledger: BudgetLedger(budget { $0.seconds = 5 }, clock: clock))
        while !log.outline.contains("analyst asks") { await Task.yield() }
        await clock.sleepers(atLeast: 1)
        clock.advance(by: .seconds(5))
        #expect(try await outcome.stop == .budget(.seconds))
        #expect(log.outline.filter { $0.hasPrefix("limit") } == ["limit seconds"])
        #expect(log.outline.last == "leader fails delegate d1")
    }

    @Test("Members work at the same time when the leader delegates twice in one turn")
    func parallelMembers() async throws {
        let analystBegan = Gate()
        let engineerBegan = Gate()
        func member(_ name: AgentName, opens mine: Gate, awaits other: Gate) -> Agent {
            .agent(
                name,
                ScriptedModel(
                    Turn {
                        mine.open()
                        await other.wait()
                        return ModelResponse(message: .assistant("\(name) done"), finishReason: .stop)
                    }))
        }
        let outcome = try await run(
            leader: ScriptedModel(
                .calls(delegate("engineer", "e", id: "1"), delegate("analyst", "a", id: "2")), .text("ok")),
            members: [
                member("analyst", opens: analystBegan, awaits: engineerBegan),
                member("engineer", opens: engineerBegan, awaits: analystBegan),
            ])
        #expect(outcome.messages[1].toolResults.map(\.content) == ["engineer done", "analyst done"])
    }

    @Test("A member's ending tool ends the leader too where the team says so", arguments: [true, false])
    func endingTools(isNamed: Bool) async throws {
        let leader =
            isNamed
            ? ScriptedModel(.calls(delegate("analyst", "x")))
            : ScriptedModel(.calls(delegate("analyst", "x")), .text("He says 42."))
        let answer = ClosureTool("give_answer") { _ in ToolOutput(content: "42", endsRun: true) }
        let outcome = try await run(
            leader: leader, members: [.agent("analyst", ScriptedModel(.calls(.call("give_answer"))), answer)],
            endingTools: isNamed ? ["give_answer"] : [])
        #expect(outcome.text == (isNamed ? "42" : "He says 42."))
        #expect(outcome.endedBy == (isNamed ? "delegate" : nil))
    }

    @Test("Cancelling the run reaches the member")
    func cancellation() async throws {
        let begun = Gate()
        let endless = ScriptedModel(
            Turn {
                begun.open()
                try await Task.sleep(for: .seconds(86_400))
                throw CancellationError()
            })
        await withThrowingTaskGroup(of: AgentOutcome.self) { group in
            group.addTask {
                try await run(
                    leader: ScriptedModel(.calls(delegate("analyst", "x"))), members: [.agent("analyst", endless)])
            }
            await begun.wait()
            group.cancelAll()
            await #expect(throws: CancellationError.self) { _ = try await group.next() }
        }
    }
}

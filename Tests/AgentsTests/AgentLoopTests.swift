import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

@testable import Agents

@Suite(.timeLimit(.minutes(20))) struct AgentLoopTests {
    private let log = EventLog()

    private func run(
        _ agent: Agent, ledger: BudgetLedger = BudgetLedger(), _ question: String = "Q"
    ) async throws -> AgentOutcome {
        try await AgentLoop(agent: agent, ledger: ledger, span: log.recorder.root.child())
            .run([.user(question)])
    }

    @Test("A run leaves its trace: calls and tools, each in its span")
    func trace() async throws {
        let model = ScriptedModel(
            .calls(.call("look", ["a": 1]), usage: Usage(input: 5, output: 2)),
            .text("Done.", usage: Usage(input: 9, output: 1)))
        let look = ClosureTool("look") { _ in ToolOutput(content: "seen", summary: "1 thing") }
        let outcome = try await run(.agent("leader", model, look))

        #expect(outcome.text == "Done.")
        #expect(outcome.stop == .finished)
        #expect(outcome.usage == Usage(input: 14, output: 3))
        #expect(
            log.outline == [
                "leader asks", "leader got 7", "leader begins look c1", "leader ends look c1", "leader asks",
                "leader got 10",
            ])
        #expect(log.events.map(\.span) == [1, 1, 2, 2, 1, 1])
        #expect(log.events.map(\.parentSpan) == [0, 0, 1, 1, 0, 0])
    }

    @Test("The model sees instructions, the tools and the conversation so far")
    func requests() async throws {
        let model = ScriptedModel(.calls(.call("look")), .text("ok"))
        let look = ClosureTool("look") { _ in ToolOutput(content: "seen") }
        let outcome = try await run(.agent("leader", model, look), "How many?")
        let requests = model.requests
        #expect(requests.map(\.instructions) == ["You are leader.", "You are leader."])
        #expect(requests.map { $0.tools.map(\.name) } == [["look"], ["look"]])
        #expect(requests[0].messages == [.user("How many?")])
        #expect(requests[1].messages == [.user("How many?")] + outcome.messages.dropLast())
        #expect(requests[1].messages.last?.toolResults == [ToolResult(callID: "c1", content: "seen")])
    }

    @Test("Tools of a turn run at the same time, no more than four, and join in the order of the calls")
    func parallelTools() async throws {
        let state = Locked((running: 0, most: 0))
        let gate = Gate()
        let tool = ClosureTool("wait") { arguments in
            let running = state.withLock { state in
                state.running += 1
                state.most = max(state.most, state.running)
                return state.running
            }
            // The first four wait for each other; so fewer than four at once would hang.
            if running == AgentLoop.maximumParallelTools { gate.open() }
            await gate.wait()
            state.withLock { $0.running -= 1 }
            return ToolOutput(content: "\(arguments["n"]?.integer ?? 0)")
        }
        let calls = (1...10).map { ContentPart.toolCall(.call("wait", ["n": .integer(Int64($0))], id: "c\($0)")) }
        let model = ScriptedModel(
            .response(
                ModelResponse(message: Message(role: .assistant, content: calls), finishReason: .toolCalls)),
            .text("ok"))
        let outcome = try await run(.agent("leader", model, tool))
        #expect(outcome.messages[1].toolResults.map(\.content) == (1...10).map(String.init))
        #expect(outcome.messages[1].toolResults.map(\.callID) == (1...10).map { "c\($0)" })
        #expect(state.withLock { $0.most } == 4)
    }

    private struct Breakage: Error, CustomStringConvertible {
        var description: String { "the disk is full" }
    }

    @Test("An error that no model can mend ends the run")
    func runEndingError() async throws {
        struct StoreIsAway: RunEndingError {}
        let model = ScriptedModel(.calls(.call("search")))
        let search = ClosureTool("search") { _ in throw StoreIsAway() }
        await #expect(throws: StoreIsAway.self) { try await run(.agent("leader", model, search)) }
    }

    @Test("A tool that throws becomes an error result and the loop goes on")
    func throwingTool() async throws {
        let model = ScriptedModel(.calls(.call("save")), .text("Could not save."))
        let outcome = try await run(.agent("leader", model, ClosureTool("save") { _ in throw Breakage() }))
        #expect(outcome.stop == .finished)
        #expect(
            outcome.messages[1].toolResults == [
                ToolResult(callID: "c1", content: "`save` failed: the disk is full", isError: true)
            ])
        #expect(log.outline.contains("leader fails save c1"))
    }

    @Test("A tool that breaks off by itself does not cancel the run")
    func toolCancelsItself() async throws {
        let model = ScriptedModel(.calls(.call("save")), .text("ok"))
        let outcome = try await run(.agent("leader", model, ClosureTool("save") { _ in throw CancellationError() }))
        #expect(outcome.messages[1].toolResults.first?.content == "`save` failed: it broke off")
    }

    @Test("Calls of unknown tools and with unfitting arguments never reach a tool")
    func rejectedCalls() async throws {
        let model = ScriptedModel(.calls(.call("fly", id: "a"), .call("look", ["n": "x"], id: "b")), .text("ok"))
        let schema: JSONValue = ["type": "object", "properties": ["n": ["type": "integer"]]]
        let look = ClosureTool("look", parameters: schema) { _ in
            Issue.record("the tool ran")
            return ToolOutput(content: "")
        }
        let outcome = try await run(.agent("leader", model, look))
        #expect(outcome.messages[1].toolResults.map(\.isError) == [true, true])
        let results = log.outline.filter { $0.hasPrefix("leader fails") }.sorted()
        #expect(results == ["leader fails fly a", "leader fails look b"])
    }

    @Test("A call with a secret in its arguments is not made")
    func secretInArguments() async throws {
        let calls = Locked(0)
        let arguments: JSONValue = ["query": ["a", .string("it is xoxb-" + "123456789012-abcdefGHIJ")]]
        let model = ScriptedModel(.calls(ToolCall(id: "1", name: "look", arguments: arguments)), .text("ok"))
        let look = ClosureTool("look") { _ in
            calls.withLock { $0 += 1 }
            return ToolOutput(content: "x")
        }
        let outcome = try await run(.agent("leader", model, look))
        #expect(calls.withLock { $0 } == 0)
        #expect(outcome.messages[1].toolResults.first?.content.contains("nothing was done") == true)
    }

    @Test("A secret at the place of the cut is gone before the cut")
    func secretAtTheCut() async throws {
        let token = "xoxb-" + "123456789012-abcdefGHIJ"
        for length in [99_970, 99_980, 99_990, 99_995] {
            let model = ScriptedModel(.calls(.call("look")), .text("ok"))
            let look = ClosureTool("look") { _ in
                ToolOutput(content: String(repeating: "-", count: length) + token + String(repeating: "-", count: 500))
            }
            let outcome = try await run(.agent("leader", model, look))
            #expect(outcome.messages[1].toolResults.first?.content.contains("xox") == false)
        }
    }

    @Test("A secret in JSON that is a text within JSON is found as well", arguments: [0, 1])
    func nestedSecret(depth: Int) async throws {
        let core = Hex.encode(RandomBytes.generate(12))
        let password = "Db&\(core)\"'\\<x"
        SecretScan.process.register([Secret(password)])
        var text = password
        for _ in 0..<depth { text = JSONValue.object(["it": .string(text)]).encoded() }
        let content = JSONValue.object(["error": .string(text)]).encoded()
        let model = ScriptedModel(.calls(.call("look")), .text("ok"))
        let look = ClosureTool("look") { _ in ToolOutput(content: content, isError: true) }
        let outcome = try await run(.agent("leader", model, look))
        #expect(outcome.messages[1].toolResults.first?.content.contains(core) == false)
    }

    @Test("A very long output is cut and says so")
    func longOutput() async throws {
        let model = ScriptedModel(.calls(.call("look")), .text("ok"))
        let look = ClosureTool("look") { _ in ToolOutput(content: String(repeating: "ä", count: 150_000)) }
        let outcome = try await run(.agent("leader", model, look))
        let content = try #require(outcome.messages[1].toolResults.first?.content)
        #expect(content.hasSuffix("… (cut after 100000 characters)"))
        #expect(content.count < 100_100)
    }

    @Test("Model calls are counted over the run")
    func modelCallLimit() async throws {
        let ledger = BudgetLedger(budget { $0.modelCalls = 1 })
        let model = ScriptedModel(.calls(.call("look")))
        let outcome = try await run(
            .agent("leader", model, ClosureTool("look") { _ in ToolOutput(content: "x") }), ledger: ledger)
        #expect(outcome.stop == .budget(.modelCalls))
        #expect(log.outline.last == "limit modelCalls")
    }

    @Test("A turn with more calls than are left runs none of them")
    func toolCallLimit() async throws {
        let ledger = BudgetLedger(budget { $0.toolCalls = 1 })
        let model = ScriptedModel(.calls(.call("look", id: "a"), .call("look", id: "b")))
        let look = ClosureTool("look") { _ in
            Issue.record("the tool ran")
            return ToolOutput(content: "")
        }
        let outcome = try await run(.agent("leader", model, look), ledger: ledger)
        #expect(outcome.stop == .budget(.toolCalls))
        #expect(outcome.messages.last?.toolResults.map(\.callID) == ["a", "b"])
    }

    @Test("A tool that finds no statement left ends the agent")
    func statementLimit() async throws {
        let ledger = BudgetLedger(budget { $0.statements = 1 })
        let model = ScriptedModel(.calls(.call("sql")), .calls(.call("sql")))
        let sql = ClosureTool("sql") { _ in
            try ledger.takeStatement()
            return ToolOutput(content: "1 row")
        }
        let outcome = try await run(.agent("analyst", model, sql), ledger: ledger)
        #expect(outcome.stop == .budget(.statements))
        #expect(log.outline.suffix(2) == ["limit statements", "analyst fails sql c1"])
    }

    @Test("Tokens are checked before the next model call")
    func tokenLimit() async throws {
        let ledger = BudgetLedger(budget { $0.tokens = 10 })
        let model = ScriptedModel(.calls(.call("look"), usage: Usage(input: 10)))
        let look = ClosureTool("look") { _ in ToolOutput(content: "x") }
        let outcome = try await run(.agent("leader", model, look), ledger: ledger)
        #expect(outcome.stop == .budget(.tokens))
    }

    @Test("An answer that used up the tokens still counts, in words or by a tool", arguments: [true, false])
    func lastAnswerCounts(inWords: Bool) async throws {
        let ledger = BudgetLedger(budget { $0.tokens = 10 })
        let usage = Usage(input: 50)
        let model = ScriptedModel(inWords ? .text("42", usage: usage) : .calls(.call("give_answer"), usage: usage))
        let tool = ClosureTool("give_answer") { _ in ToolOutput(content: "42", endsRun: true) }
        let outcome = try await run(.agent("analyst", model, tool), ledger: ledger)
        #expect(outcome.stop == .finished)
        #expect(outcome.text == "42")
    }

    @Test("The deadline cuts a model call and a tool", arguments: [true, false])
    func deadline(inModel: Bool) async throws {
        let clock = JumpingClock()
        let ledger = BudgetLedger(budget { $0.seconds = 5 }, clock: clock)
        let agent = Agent.agent(
            "leader", inModel ? ScriptedModel(.endless) : ScriptedModel(.calls(.call("slow"))),
            ClosureTool("slow") { _ in
                try await Task.sleep(for: .seconds(86_400))
                return ToolOutput(content: "")
            })
        async let outcome = run(agent, ledger: ledger)
        // The model call before the tool leaves its timer only for a moment; the tool's comes when it has begun.
        if !inModel {
            while !log.outline.contains("leader begins slow c1") { await Task.yield() }
        }
        await clock.sleepers(atLeast: 1)
        clock.advance(by: .seconds(5))
        #expect(try await outcome.stop == .budget(.seconds))
        #expect(log.outline.contains("limit seconds"))
    }

    @Test("Cancellation passes through a model call and a tool", arguments: [true, false])
    func cancellation(inModel: Bool) async throws {
        let begun = Gate()
        let ended = Locked(false)
        let wait: @Sendable () async throws -> Void = {
            begun.open()
            defer { ended.withLock { $0 = true } }
            try await Task.sleep(for: .seconds(86_400))
        }
        let model = ScriptedModel(
            inModel
                ? ScriptedModel.Turn {
                    try await wait()
                    throw CancellationError()
                } : .calls(.call("slow")))
        let tool = ClosureTool("slow") { _ in
            try await wait()
            return ToolOutput(content: "")
        }
        await withThrowingTaskGroup(of: AgentOutcome.self) { group in
            group.addTask { try await run(.agent("leader", model, tool)) }
            await begun.wait()
            group.cancelAll()
            await #expect(throws: CancellationError.self) { _ = try await group.next() }
        }
        #expect(ended.withLock { $0 })
    }

    @Test("A model's failure ends the run with its error")
    func modelFailure() async {
        let model = ScriptedModel(.failure(LanguageModelError(.unavailable, message: "down")))
        await #expect(throws: LanguageModelError.self) { _ = try await run(.agent("leader", model)) }
    }

    @Test("A model that breaks off by itself is a failure, not a cancellation")
    func modelCancelsItself() async {
        let model = ScriptedModel(.failure(CancellationError()))
        let error = await #expect(throws: LanguageModelError.self) { _ = try await run(.agent("leader", model)) }
        #expect(error?.code == .unavailable)
    }

    @Test("A tool that ends the run ends it without another model call")
    func endingTool() async throws {
        let model = ScriptedModel(.calls(.call("give_answer")))
        let tool = ClosureTool("give_answer") { _ in ToolOutput(content: "42", endsRun: true) }
        let outcome = try await run(.agent("analyst", model, tool))
        #expect(outcome.text == "42")
        #expect(outcome.endedBy == "give_answer")
    }
}

import LanguageModels
import ServiceRuntime
import Testing

@testable import Agents

@Suite struct AgentLoopMachineTests {
    private var machine = AgentLoopMachine(tools: [
        ToolDefinition(name: "look", description: "", parameters: ["type": "object"]),
        ToolDefinition(
            name: "count", description: "",
            parameters: [
                "type": "object", "properties": ["limit": ["type": "integer"]], "required": ["limit"],
            ]),
    ])

    private func turn(
        _ content: ContentPart..., reason: ModelResponse.FinishReason = .stop
    ) -> ModelResponse {
        ModelResponse(message: Message(role: .assistant, content: content), finishReason: reason)
    }

    private func planned(_ action: AgentLoopMachine.Action) -> [PlannedCall] {
        if case .runTools(let calls) = action { calls } else { [] }
    }

    private let failed = ToolOutput(content: "no", isError: true)
    private let fine = ToolOutput(content: "yes")

    @Test("Text without calls finishes the agent")
    mutating func textFinishes() {
        #expect(machine.modelAnswered(turn(.text("42"))) == .finish)
        #expect(machine.outcome == AgentOutcome(text: "42", messages: [.assistant("42")], stop: .finished))
    }

    @Test("Calls are run, also when text comes with them, and the results go back to the model")
    mutating func callsRun() {
        let call = ToolCall.call("look")
        let action = machine.modelAnswered(turn(.text("I look."), .toolCall(call), reason: .toolCalls))
        #expect(action == .runTools([PlannedCall(call: call)]))
        #expect(machine.outcome == nil)
        #expect(machine.toolsFinished([fine]) == .callModel)
        #expect(machine.messages.last?.toolResults == [ToolResult(callID: "c1", content: "yes")])
        #expect(machine.messages.last?.role == .user)
    }

    @Test("Results keep the order of the calls")
    mutating func resultsInOrder() {
        _ = machine.modelAnswered(
            turn(.toolCall(.call("look", id: "a")), .toolCall(.call("look", ["x": 1], id: "b"))))
        _ = machine.toolsFinished([fine, failed])
        #expect(
            machine.messages.last?.toolResults == [
                ToolResult(callID: "a", content: "yes"), ToolResult(callID: "b", content: "no", isError: true),
            ])
    }

    @Test(
        "A call that cannot be run is answered without running",
        arguments: [
            (ToolCall.call("fly"), "There is no tool `fly`. Tools: count, look."),
            (
                ToolCall(id: "c1", name: "look", arguments: .null, rawArguments: "{\"a\":"),
                "The arguments of `look` are not valid JSON: line 1, column 6: the text ends where a value is expected."
            ),
            (.call("look", .null), "The arguments of `look` must be a JSON object."),
            (.call("look", [1]), "The arguments of `look` must be a JSON object."),
            (.call("count"), "The arguments of `count` do not fit: `limit` is missing."),
            (
                .call("count", ["limit": "ten"]),
                "The arguments of `count` do not fit: `limit` must be integer, not string."
            ),
        ])
    func rejectedCalls(call: ToolCall, reason: String) {
        var machine = machine
        let calls = planned(machine.modelAnswered(turn(.toolCall(call))))
        #expect(calls == [PlannedCall(call: call, rejection: reason)])
    }

    @Test("An output that ends the run finishes with its content; a failed one does not")
    mutating func endingTool() {
        _ = machine.modelAnswered(turn(.text("Here it comes."), .toolCall(.call("look"))))
        #expect(machine.toolsFinished([ToolOutput(content: "x", isError: true, endsRun: true)]) == .callModel)
        _ = machine.modelAnswered(turn(.text("Here it comes."), .toolCall(.call("look"))))
        #expect(machine.toolsFinished([ToolOutput(content: "the answer", endsRun: true)]) == .finish)
        #expect(machine.outcome?.text == "the answer")
        #expect(machine.outcome?.endedBy == "look")
        #expect(machine.outcome?.stop == .finished)
    }

    @Test("An ending output without content leaves the words that came with the call")
    mutating func endingToolWithoutContent() {
        _ = machine.modelAnswered(turn(.text("All posted."), .toolCall(.call("look"))))
        #expect(machine.toolsFinished([ToolOutput(content: "", endsRun: true)]) == .finish)
        #expect(machine.outcome?.text == "All posted.")
    }

    @Test("An empty turn is reminded of once, the second one in a row gives up", arguments: ["", " \n"])
    func emptyTurns(text: String) {
        var machine = machine
        #expect(machine.modelAnswered(turn(.text(text))) == .callModel)
        #expect(machine.messages.count == 1)
        #expect(machine.messages.first?.text.contains("empty") == true)
        #expect(machine.modelAnswered(turn(.text(text))) == .finish)
        #expect(machine.outcome?.stop == .gaveUp(.emptyTurns))
        #expect(machine.outcome?.text == "")
    }

    @Test("A turn with calls between two empty ones renews the reminder")
    mutating func emptyTurnsApart() {
        #expect(machine.modelAnswered(turn()) == .callModel)
        _ = machine.modelAnswered(turn(.toolCall(.call("look"))))
        _ = machine.toolsFinished([fine])
        #expect(machine.modelAnswered(turn()) == .callModel)
    }

    @Test("A text cut at the token limit is not taken for an answer: once said so, then given up")
    mutating func cutOff() {
        #expect(machine.modelAnswered(turn(.text("The number is"), reason: .length)) == .callModel)
        #expect(machine.modelAnswered(turn(.text("The number is ag"), reason: .length)) == .finish)
        #expect(machine.outcome?.stop == .gaveUp(.cutOff))
        #expect(machine.outcome?.text == "The number is ag")
    }

    @Test("A refusal ends at once and leaves no call without a result")
    mutating func refusal() {
        let action = machine.modelAnswered(turn(.text("I can't."), .toolCall(.call("look")), reason: .refused))
        #expect(action == .finish)
        #expect(machine.outcome?.stop == .gaveUp(.refused))
        #expect(machine.outcome?.messages == [.assistant("I can't.")])
    }

    @Test("A limit before a model call stops with what was said")
    mutating func limitWhileThinking() {
        _ = machine.modelAnswered(turn(.text("I look."), .toolCall(.call("look"))))
        _ = machine.toolsFinished([fine])
        #expect(machine.budgetReached(.tokens) == .finish)
        #expect(machine.outcome?.stop == .budget(.tokens))
        #expect(machine.outcome?.text == "I look.")
    }

    @Test("A limit before or amid the calls of a turn leaves every call with a result")
    mutating func limitWhileCalling() {
        _ = machine.modelAnswered(turn(.toolCall(.call("look", id: "c1")), .toolCall(.call("look", id: "c2"))))
        var other = machine
        #expect(machine.budgetReached(.toolCalls) == .finish)
        #expect(machine.messages.last?.toolResults.map(\.callID) == ["c1", "c2"])
        #expect(machine.messages.last?.toolResults.allSatisfy(\.isError) == true)

        #expect(other.toolsFinished([fine, nil], reached: .statements) == .finish)
        #expect(other.outcome?.stop == .budget(.statements))
        #expect(other.messages.last?.toolResults.map(\.isError) == [false, true])
    }

    @Test("A call that ends the run counts even if another call of the turn reached a limit")
    mutating func endingBeatsLimit() {
        _ = machine.modelAnswered(turn(.toolCall(.call("look", id: "a")), .toolCall(.call("look", id: "b"))))
        #expect(machine.toolsFinished([ToolOutput(content: "done", endsRun: true), nil], reached: .seconds) == .finish)
        #expect(machine.outcome?.stop == .finished)
    }

    @Test("The same call failing three times is told once; failing again gives up")
    mutating func repeatedFailure() {
        for attempt in 1...4 {
            _ = machine.modelAnswered(turn(.toolCall(.call("look", ["a": 1]))))
            let action = machine.toolsFinished([failed])
            let told = machine.messages.last?.toolResults.first?.content.contains("failed 3 times") == true
            #expect(told == (attempt == 3), "attempt \(attempt)")
            #expect(action == (attempt == 4 ? .finish : .callModel), "attempt \(attempt)")
        }
        #expect(machine.outcome?.stop == .gaveUp(.repeatedFailure(tool: "look")))
    }
}

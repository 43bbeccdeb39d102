package import LanguageModels
import ServiceRuntime

/// Runs one agent: performs what `AgentLoopMachine` decides, within the limits of the run's ledger.
package struct AgentLoop: Sendable {
    /// How many tools of one turn run at the same time.
    static let maximumParallelTools = 4

    private let agent: Agent
    private let tools: [any Tool]
    private let ledger: BudgetLedger
    private let span: RunSpan
    private let speaks: Bool

    /// - Parameter speaks: whether the agent's text is for people and becomes `.text` events as it is produced.
    package init(agent: Agent, ledger: BudgetLedger, span: RunSpan, speaks: Bool) {
        self.agent = agent
        tools = agent.tools
        self.ledger = ledger
        self.span = span
        self.speaks = speaks
    }

    /// Continues the conversation until the agent is done, a limit is reached or the model does not get on.
    ///
    /// Throws `LanguageModelError` where the model fails, and `CancellationError`; what a tool throws becomes a result.
    package func run(_ conversation: [Message]) async throws -> AgentOutcome {
        var machine = AgentLoopMachine(tools: tools.map(\.definition))
        var usage = Usage()
        var action = AgentLoopMachine.Action.callModel
        while true {
            try Task.checkCancellation()
            switch action {
            case .callModel:
                do {
                    let response = try await callModel(conversation + machine.messages)
                    usage += response.usage
                    action = machine.modelAnswered(response)
                } catch let error as BudgetReached {
                    announce(error.limit)
                    action = machine.budgetReached(error.limit)
                }
            case .runTools(let calls):
                do {
                    try ledger.takeToolCalls(calls.count)
                    let (outputs, limit) = try await run(calls)
                    action = machine.toolsFinished(outputs, reached: limit)
                } catch let error as BudgetReached {
                    announce(error.limit)
                    action = machine.budgetReached(error.limit)
                }
            case .finish:
                guard var outcome = machine.outcome else { preconditionFailure("finished without an outcome") }
                outcome.usage = usage
                return outcome
            }
        }
    }

    private func announce(_ limit: BudgetLimit) {
        if ledger.announce(limit) { span.record(.budgetReached(limit)) }
    }

    private func callModel(_ messages: [Message]) async throws -> ModelResponse {
        try ledger.takeModelCall()
        let model = agent.model
        let request = ModelRequest(
            instructions: agent.instructions, messages: messages, tools: tools.map(\.definition))
        let onDelta: @Sendable (String) async -> Void = { [agent, span, speaks] text in
            if speaks && !text.isEmpty { span.record(.text(agent: agent.name, text)) }
        }
        span.record(.modelCalled(agent: agent.name, model: model.name))
        let start = ledger.elapsed
        do {
            let response = try await ledger.withDeadline { try await model.respond(to: request, onDelta: onDelta) }
            ledger.charge(response.usage)
            span.record(
                .modelAnswered(
                    agent: agent.name, usage: response.usage, milliseconds: (ledger.elapsed - start).milliseconds))
            return response
        } catch is CancellationError where !Task.isCancelled {
            throw LanguageModelError(.unavailable, message: "The model \(model.name) broke off its turn.")
        }
    }

    // MARK: - Tools

    private enum CallEnd: Sendable {
        case output(ToolOutput)
        case budget(BudgetLimit)
    }

    /// Runs the calls, a few at a time. After a limit was reached no further one is begun; those have no output.
    private func run(_ calls: [PlannedCall]) async throws -> (outputs: [ToolOutput?], reached: BudgetLimit?) {
        try await withThrowingTaskGroup(of: (Int, CallEnd).self) { group in
            var outputs = [ToolOutput?](repeating: nil, count: calls.count)
            var reached: BudgetLimit?
            var waiting = Array(calls.enumerated())[...]
            for (index, call) in waiting.prefix(Self.maximumParallelTools) {
                group.addTask { (index, try await run(call)) }
            }
            waiting = waiting.dropFirst(Self.maximumParallelTools)
            while let (index, end) = try await group.next() {
                switch end {
                case .output(let output): outputs[index] = output
                case .budget(let limit): reached = reached ?? limit
                }
                if reached == nil, let (index, call) = waiting.popFirst() {
                    group.addTask { (index, try await run(call)) }
                }
            }
            return (outputs, reached)
        }
    }

    private func run(_ planned: PlannedCall) async throws -> CallEnd {
        let call = planned.call
        let callSpan = span.child()
        callSpan.record(.toolStarted(agent: agent.name, callID: call.id, tool: call.name))
        let start = ledger.elapsed
        let end = try await perform(planned, in: callSpan)
        let output: ToolOutput
        switch end {
        case .output(let done): output = done
        case .budget(let limit):
            output = ToolOutput(content: "", isError: true, summary: ledger.budget.sentence(for: limit))
            announce(limit)
        }
        callSpan.record(
            .toolFinished(
                agent: agent.name, callID: call.id, tool: call.name, isError: output.isError,
                summary: output.summary, milliseconds: (ledger.elapsed - start).milliseconds))
        return end
    }

    private func perform(_ planned: PlannedCall, in callSpan: RunSpan) async throws -> CallEnd {
        let arguments = planned.call.arguments
        if let rejection = planned.rejection {
            return .output(ToolOutput(content: rejection, isError: true, summary: "not a valid call"))
        }
        guard let tool = tools.first(where: { $0.definition.name == planned.call.name }) else {
            preconditionFailure("a call of an unknown tool was not rejected")
        }
        do {
            let output =
                if let tool = tool as? any SpanningTool {
                    try await tool.call(arguments, in: callSpan)
                } else {
                    try await ledger.withDeadline { try await tool.call(arguments) }
                }
            return .output(output.bounded.withoutSecrets)
        } catch let error as BudgetReached {
            return .budget(error.limit)
        } catch let error as any RunEndingError {
            throw error
        } catch {
            try Task.checkCancellation()
            let reason = error is CancellationError ? "it broke off" : "\(error)".prefixed(500)
            return .output(
                ToolOutput(
                    content: "`\(planned.call.name)` failed: \(reason)", isError: true, summary: "failed"
                ).withoutSecrets)
        }
    }
}

extension ToolOutput {
    private static let maximumCharacters = 100_000

    /// The same output with its content cut, and saying so, where it would crowd out the conversation.
    fileprivate var bounded: ToolOutput {
        guard content.utf8.count > Self.maximumCharacters else { return self }
        var copy = self
        copy.content = content.prefixed(Self.maximumCharacters)
        return copy
    }
}

extension ToolOutput {
    /// What a model never reads it cannot repeat.
    fileprivate var withoutSecrets: ToolOutput {
        var copy = self
        copy.content = SecretScan.process.clean(content)
        copy.summary = SecretScan.process.clean(summary)
        return copy
    }
}

extension String {
    fileprivate func prefixed(_ maximum: Int) -> String {
        guard let end = index(startIndex, offsetBy: maximum, limitedBy: endIndex), end < endIndex else { return self }
        return "\(self[..<end]) … (cut after \(maximum) characters)"
    }
}

extension Duration {
    fileprivate var milliseconds: Int { Int(self / .milliseconds(1)) }
}

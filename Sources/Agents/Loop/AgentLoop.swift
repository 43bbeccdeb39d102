package import LanguageModels
import ServiceRuntime

/// Runs one agent: performs what `AgentLoopMachine` decides, within the limits of the run's ledger.
package struct AgentLoop: Sendable {
    /// How many tools of one turn run at the same time.
    static let maximumParallelTools = 4
    private static let secretInArguments =
        "The arguments hold what looks like a password, key or token, so nothing was done. Call it again without."

    private let agent: Agent
    private let tools: [any Tool]
    private let ledger: BudgetLedger
    private let span: RunSpan

    package init(agent: Agent, ledger: BudgetLedger, span: RunSpan) {
        self.agent = agent
        tools = agent.tools
        self.ledger = ledger
        self.span = span
    }

    /// Continues the conversation until the agent is done, a limit is reached or the model does not get on.
    ///
    /// Throws `LanguageModelError` where the model fails, `RunSuspended` where a tool waits for a person, and
    /// `CancellationError`; what else a tool throws becomes a result.
    package func run(_ conversation: [Message]) async throws -> AgentOutcome {
        try await proceed(AgentLoopMachine(tools: tools.map(\.definition)), conversation, .callModel, Usage())
    }

    /// Goes on where the loop was suspended: what waited first is resolved, calls that were not begun run, and those that
    /// are done keep their outputs. Throws as `run` does, also where another call of the turn still waits.
    package func resume(
        _ suspended: SuspendedLoop, resolving resolution: @escaping PendingCallResolution
    ) async throws -> AgentOutcome {
        guard
            var machine = AgentLoopMachine(tools: tools.map(\.definition), waitingAfter: suspended.messages),
            case .callingTools(let planned) = machine.state, planned.count == suspended.calls.count
        else { throw BrokenSuspension() }
        let pending = suspended.pendingIndex
        let plans = planned.enumerated().map { index, call in
            CallPlan(
                planned: call, state: suspended.calls[index], resolution: index == pending ? resolution : nil)
        }
        let (outputs, limit) = try await run(
            plans, suspendingWith: suspended.conversation, machine.messages, suspended.usage)
        let action = machine.toolsFinished(outputs, reached: limit)
        return try await proceed(machine, suspended.conversation, action, suspended.usage)
    }

    private func proceed(
        _ machine: AgentLoopMachine, _ conversation: [Message], _ action: AgentLoopMachine.Action, _ usage: Usage
    ) async throws -> AgentOutcome {
        var (machine, action, usage) = (machine, action, usage)
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
                    let (outputs, limit) = try await run(
                        calls.map { CallPlan(planned: $0) },
                        suspendingWith: conversation, machine.messages, usage)
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
        span.record(.modelCalled(agent: agent.name, model: model.name))
        let start = ledger.elapsed
        do {
            let response = try await ledger.withDeadline { try await model.respond(to: request) }
            ledger.charge(response.usage)
            span.record(
                .modelAnswered(
                    agent: agent.name, usage: response.usage, milliseconds: (ledger.elapsed - start).inMilliseconds))
            return response
        } catch is CancellationError where !Task.isCancelled {
            throw LanguageModelError(.unavailable, message: "The model \(model.name) broke off its turn.")
        }
    }

    // MARK: - Tools

    private enum CallEnd: Sendable {
        case output(ToolOutput)
        case budget(BudgetLimit)
        case suspended(SuspendedLoop.Call)
    }

    /// Runs the calls, a few at a time. After a limit was reached no further one is begun; those have no output.
    ///
    /// Where a call waits for a person, those under way end, no further one is begun, and `RunSuspended` is thrown.
    private func run(
        _ plans: [CallPlan], suspendingWith conversation: [Message], _ messages: [Message], _ usage: Usage
    ) async throws -> (outputs: [ToolOutput?], reached: BudgetLimit?) {
        try await withThrowingTaskGroup(of: (Int, CallEnd).self) { group in
            var states = plans.map(\.state)
            var reached: BudgetLimit?
            var waiting = Array(plans.enumerated()).filter { $0.element.isToRun }[...]
            for (index, plan) in waiting.prefix(Self.maximumParallelTools) {
                group.addTask { (index, try await run(plan)) }
            }
            waiting = waiting.dropFirst(Self.maximumParallelTools)
            var isSuspended = plans.contains { !$0.isToRun && $0.state.request != nil }
            while let (index, end) = try await group.next() {
                switch end {
                case .output(let output): states[index] = .done(output)
                case .budget(let limit): reached = reached ?? limit
                case .suspended(let call):
                    states[index] = call
                    isSuspended = true
                }
                if reached == nil, !isSuspended, let (index, plan) = waiting.popFirst() {
                    group.addTask { (index, try await run(plan)) }
                }
            }
            guard !isSuspended else {
                throw RunSuspended(
                    SuspendedLoop(
                        agent: agent.name, conversation: conversation, messages: messages, calls: states, usage: usage))
            }
            let outputs = states.map { (state) -> ToolOutput? in
                if case .done(let output) = state { output } else { nil }
            }
            return (outputs, reached)
        }
    }

    private func run(_ plan: CallPlan) async throws -> CallEnd {
        let call = plan.planned.call
        let callSpan = span.child()
        callSpan.record(.toolStarted(agent: agent.name, callID: call.id, tool: call.name))
        let start = ledger.elapsed
        let end = try await perform(plan, in: callSpan)
        let output: ToolOutput
        switch end {
        case .output(let done): output = done
        case .suspended: output = ToolOutput(content: "", summary: "waits for a person to confirm it")
        case .budget(let limit):
            output = ToolOutput(content: "", isError: true, summary: ledger.budget.sentence(for: limit))
            announce(limit)
        }
        callSpan.record(
            .toolFinished(
                agent: agent.name, callID: call.id, tool: call.name, isError: output.isError,
                summary: output.summary, milliseconds: (ledger.elapsed - start).inMilliseconds))
        return end
    }

    private func perform(_ plan: CallPlan, in callSpan: RunSpan) async throws -> CallEnd {
        let call = plan.planned.call
        if let rejection = plan.planned.rejection {
            return .output(ToolOutput(content: rejection, isError: true, summary: "not a valid call").withoutSecrets)
        }
        // A model has been shown none; what a tool keeps or takes apart could no longer be known for one.
        guard SecretScan.process.clean(plan.planned.call.arguments) == plan.planned.call.arguments else {
            return .output(ToolOutput(content: Self.secretInArguments, isError: true, summary: "not a valid call"))
        }
        guard let tool = tools.first(where: { $0.definition.name == call.name }) else {
            preconditionFailure("a call of an unknown tool was not rejected")
        }
        do {
            return .output(try await output(of: tool, plan, in: callSpan).withoutSecrets.bounded)
        } catch let error as BudgetReached {
            return .budget(error.limit)
        } catch let error as any SuspendingError {
            return .suspended(.waiting(request: error.request))
        } catch let error as RunSuspended {
            return .suspended(.within(error.loop))
        } catch let error as any RunEndingError {
            throw error
        } catch {
            try Task.checkCancellation()
            let reason =
                error is CancellationError ? "it broke off" : SecretScan.process.clean("\(error)").prefixed(500)
            return .output(
                ToolOutput(
                    content: "`\(call.name)` failed: \(reason)", isError: true, summary: "failed"
                ).withoutSecrets)
        }
    }

    private func output(of tool: any Tool, _ plan: CallPlan, in callSpan: RunSpan) async throws -> ToolOutput {
        let call = plan.planned.call
        if let tool = tool as? any SpanningTool {
            guard let resolution = plan.resolution else { return try await tool.call(call.arguments, in: callSpan) }
            guard case .within(let loop) = plan.state else { throw BrokenSuspension() }
            return try await tool.resume(loop, resolving: resolution, in: callSpan)
        }
        let run: @Sendable () async throws -> ToolOutput = {
            try await ledger.withDeadline { try await tool.call(call.arguments) }
        }
        return if let resolution = plan.resolution { try await resolution(call, run) } else { try await run() }
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
        // A secret within a text within JSON is spelled in more ways than can be searched for.
        let scanned = (try? JSONValue(parsing: content)).flatMap { value in
            let clean = SecretScan.process.clean(value)
            return clean == value ? nil : clean.encoded()
        }
        copy.content = SecretScan.process.clean(scanned ?? content)
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

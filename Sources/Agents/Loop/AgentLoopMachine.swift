import LanguageModels
import ServiceRuntime

/// The rules of an agent's loop without any I/O: fed with what happened, it returns what to do next.
struct AgentLoopMachine {
    enum State: Equatable {
        /// Waits for the model. Becomes `callingTools`, `ended`, or `thinking` again after a reminder.
        case thinking
        /// Waits for the results of one turn's calls. Becomes `thinking` or `ended`.
        case callingTools([PlannedCall])
        /// Final.
        case ended(AgentOutcome.Stop)
    }

    enum Action: Equatable {
        case callModel
        case runTools([PlannedCall])
        case finish
    }

    /// Failures of one and the same call before the model is told to change course.
    static let failuresBeforeWarning = 3

    private(set) var state = State.thinking
    /// What the loop added to the conversation.
    private(set) var messages: [Message] = []
    private(set) var endedBy: String?
    private let tools: [String: ToolDefinition]
    private var endingText: String?
    private var reminded: Set<Reminder> = []
    private var guardian = RepeatedFailureGuard(limit: Self.failuresBeforeWarning)

    private enum Reminder: String {
        case empty = "Your last turn was empty. Answer in words or call a tool."
        case cutOff = "Your last turn was cut off at the limit of output tokens. Say it again, much shorter."
    }

    init(tools: [ToolDefinition]) {
        self.tools = Dictionary(tools.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Stands where a loop that added these messages waits for the results of its last turn; nil where it called nothing.
    init?(tools: [ToolDefinition], waitingAfter messages: [Message]) {
        self.init(tools: tools)
        let calls = messages.last?.toolCalls ?? []
        guard !calls.isEmpty else { return nil }
        self.messages = messages
        state = .callingTools(calls.map { PlannedCall(call: $0, rejection: rejection(of: $0)) })
    }

    var outcome: AgentOutcome? {
        guard case .ended(let stop) = state else { return nil }
        let said = messages.last { $0.role == .assistant && !$0.text.isBlank }?.text
        return AgentOutcome(text: endingText ?? said ?? "", messages: messages, stop: stop, endedBy: endedBy)
    }

    mutating func modelAnswered(_ response: ModelResponse) -> Action {
        precondition(state == .thinking, "a model's answer that nobody asked for")
        if response.finishReason == .refused {
            appendText(of: response.message)
            return end(.gaveUp(.refused))
        }
        let calls = response.message.toolCalls
        guard calls.isEmpty else {
            messages.append(response.message)
            reminded = []
            let planned = calls.map { PlannedCall(call: $0, rejection: rejection(of: $0)) }
            state = .callingTools(planned)
            return .runTools(planned)
        }
        if response.finishReason == .length {
            appendText(of: response.message)
            return remind(.cutOff, orGiveUp: .cutOff)
        }
        guard !response.message.text.isBlank else { return remind(.empty, orGiveUp: .emptyTurns) }
        messages.append(response.message)
        return end(.finished)
    }

    /// Takes one output per planned call, in their order; nil for a call that `reached` kept from running.
    mutating func toolsFinished(_ outputs: [ToolOutput?], reached limit: BudgetLimit? = nil) -> Action {
        guard case .callingTools(let planned) = state else { preconditionFailure("results that nobody waits for") }
        precondition(outputs.count == planned.count, "every call has a place in the outputs")
        let verdicts = guardian.judge(zip(planned, outputs).map { ($0.call, $1?.isError) })
        var results: [ContentPart] = []
        for (index, plan) in planned.enumerated() {
            let output =
                outputs[index] ?? ToolOutput(content: "Not run: a limit of the run was reached.", isError: true)
            let warning = verdicts[index] == .warn ? "\n\n\(Self.warning)" : ""
            results.append(
                .toolResult(
                    ToolResult(callID: plan.call.id, content: output.content + warning, isError: output.isError)))
        }
        messages.append(Message(role: .user, content: results))

        if let index = outputs.lastIndex(where: { $0?.endsRun == true && $0?.isError == false }) {
            endedBy = planned[index].call.name
            endingText = outputs[index].flatMap { $0.content.isBlank ? nil : $0.content }
            return end(.finished)
        }
        if let limit { return end(.budget(limit)) }
        if let stuck = verdicts.firstIndex(of: .stop) {
            return end(.gaveUp(.repeatedFailure(tool: planned[stuck].call.name)))
        }
        state = .thinking
        return .callModel
    }

    /// A limit kept the awaited step from happening.
    mutating func budgetReached(_ limit: BudgetLimit) -> Action {
        switch state {
        case .thinking: end(.budget(limit))
        case .callingTools(let planned): toolsFinished(planned.map { _ in nil }, reached: limit)
        case .ended: .finish
        }
    }

    private static let warning = """
        This same call has now failed \(failuresBeforeWarning) times. Do not repeat it: change the arguments, use \
        another tool, or finish and say what is missing.
        """

    private func rejection(of call: ToolCall) -> String? {
        guard let tool = tools[call.name] else {
            let known = tools.keys.sorted()
            let list = known.isEmpty ? "There are no tools." : "Tools: \(known.joined(separator: ", "))."
            return "There is no tool `\(call.name)`. \(list)"
        }
        if call.arguments == .null {
            do throws(JSONError) {
                _ = try JSONValue(parsing: call.rawArguments)
            } catch {
                return "The arguments of `\(call.name)` are not valid JSON: \(error)."
            }
        }
        guard call.arguments.object != nil else { return "The arguments of `\(call.name)` must be a JSON object." }
        let problems = ArgumentCheck.problems(of: call.arguments, against: tool.parameters)
        guard !problems.isEmpty else { return nil }
        return "The arguments of `\(call.name)` do not fit: \(problems.joined(separator: "; "))."
    }

    private mutating func remind(_ reminder: Reminder, orGiveUp cause: AgentOutcome.Cause) -> Action {
        guard reminded.insert(reminder).inserted else { return end(.gaveUp(cause)) }
        messages.append(.user(reminder.rawValue))
        return .callModel
    }

    /// Keeps a turn's text without calls that will never have a result.
    private mutating func appendText(of message: Message) {
        if !message.text.isBlank { messages.append(.assistant(message.text)) }
    }

    private mutating func end(_ stop: AgentOutcome.Stop) -> Action {
        state = .ended(stop)
        return .finish
    }
}

extension String {
    fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}

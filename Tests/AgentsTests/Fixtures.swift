import LanguageModels
import ServiceRuntime

@testable import Agents

/// A tool made of a closure.
struct ClosureTool: Tool {
    var definition: ToolDefinition
    var body: @Sendable (JSONValue) async throws -> ToolOutput

    init(
        _ name: String, parameters: JSONValue = ["type": "object"],
        _ body: @escaping @Sendable (JSONValue) async throws -> ToolOutput
    ) {
        definition = ToolDefinition(name: name, description: name, parameters: parameters)
        self.body = body
    }

    func call(_ arguments: JSONValue) async throws -> ToolOutput { try await body(arguments) }
}

extension ToolCall {
    static func call(_ name: String, _ arguments: JSONValue = [:], id: String = "c1") -> ToolCall {
        ToolCall(id: id, name: name, arguments: arguments)
    }
}

extension Agent {
    static func agent(_ name: AgentName, _ model: any LanguageModel, _ tools: any Tool...) -> Agent {
        Agent(name: name, purpose: "does \(name) work", instructions: "You are \(name).", model: model, tools: tools)
    }
}

/// Collects the events of a run.
final class EventLog: Sendable {
    private let collected = Locked<[RunEvent]>([])
    let recorder: RunEventRecorder

    init() {
        let collected = collected
        recorder = RunEventRecorder(runID: RunID()) { event in collected.withLock { $0.append(event) } }
    }

    var events: [RunEvent] { collected.withLock { $0 } }
    /// One short text per event.
    var outline: [String] { events.map(\.outline) }
}

extension RunEvent {
    var outline: String {
        switch kind {
        case .started: "started"
        case .modelCalled(let agent, _): "\(agent) asks"
        case .modelAnswered(let agent, let usage, _): "\(agent) got \(usage.total)"
        case .toolStarted(let agent, let call, let tool): "\(agent) begins \(tool) \(call)"
        case .toolFinished(let agent, let call, let tool, let isError, _, _):
            "\(agent) \(isError ? "fails" : "ends") \(tool) \(call)"
        case .delegated(let from, let to, let task): "\(from) to \(to): \(task)"
        case .budgetReached(let limit): "limit \(limit)"
        case .finished: "finished"
        case .failed: "failed"
        }
    }
}

func budget(_ change: (inout RunBudget) -> Void) -> RunBudget {
    var budget = RunBudget()
    change(&budget)
    return budget
}

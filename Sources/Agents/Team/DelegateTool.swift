import LanguageModels
import ServiceRuntime

/// `delegate(agent, task)`: runs a member's loop and returns what it said.
struct DelegateTool: SpanningTool {
    let leader: AgentName
    let members: [Agent]
    let context: [Message]
    let endingTools: Set<String>
    let ledger: BudgetLedger

    var definition: ToolDefinition {
        let team = members.map { "- \($0.name): \($0.purpose)" }.joined(separator: "\n")
        return ToolDefinition(
            name: "delegate",
            description: """
                Gives a task to a member of the team and returns its result. The member does not see this \
                conversation: the task must say everything it needs.
                \(team)
                """,
            parameters: [
                "type": "object",
                "properties": [
                    "agent": ["type": "string", "enum": .array(members.map { .string($0.name.rawValue) })],
                    "task": ["type": "string", "description": "The whole task in plain words."],
                ],
                "required": ["agent", "task"],
                "additionalProperties": false,
            ])
    }

    var annotations: ToolAnnotations {
        let all = members.flatMap(\.tools).map(\.annotations)
        return ToolAnnotations(
            isReadOnly: all.allSatisfy(\.isReadOnly), isDestructive: all.contains(where: \.isDestructive))
    }

    func call(_ arguments: JSONValue) async throws -> ToolOutput {
        preconditionFailure("the loop gives the span of the call")
    }

    func call(_ arguments: JSONValue, in span: RunSpan) async throws -> ToolOutput {
        guard let name = arguments["agent"]?.string, let member = members.first(where: { $0.name.rawValue == name }),
            let task = arguments["task"]?.string, !task.allSatisfy(\.isWhitespace)
        else { return ToolOutput(content: "`delegate` needs an agent of the team and a task.", isError: true) }

        let memberSpan = span.child()
        memberSpan.record(.delegated(from: leader, to: member.name, task: task))
        return try await run(member, in: memberSpan) { try await $0.run(context + [.user(task)]) }
    }

    func resume(
        _ suspended: SuspendedLoop, resolving resolution: @escaping PendingCallResolution, in span: RunSpan
    ) async throws -> ToolOutput {
        guard let member = members.first(where: { $0.name == suspended.agent }) else { throw BrokenSuspension() }
        return try await run(member, in: span.child()) { try await $0.resume(suspended, resolving: resolution) }
    }

    private func run(
        _ member: Agent, in span: RunSpan, _ body: (AgentLoop) async throws -> AgentOutcome
    ) async throws -> ToolOutput {
        do {
            return output(
                of: member.name, try await body(AgentLoop(agent: member, ledger: ledger, span: span)))
        } catch let error as LanguageModelError {
            return ToolOutput(
                content: "The \(member.name) could not finish: \(error)", isError: true,
                summary: "\(member.name): model failed")
        }
    }

    private func output(of member: AgentName, _ outcome: AgentOutcome) -> ToolOutput {
        let cause: String
        switch outcome.stop {
        case .finished:
            let ends = outcome.endedBy.map(endingTools.contains) ?? false
            return ToolOutput(content: outcome.text, endsRun: ends, summary: "\(member) is done")
        case .budget(let limit): cause = ledger.budget.sentence(for: limit)
        case .gaveUp(let reason): cause = reason.sentence
        }
        let said = outcome.text.isEmpty ? "" : "\nIt said last: \(outcome.text)"
        return ToolOutput(
            content: "The \(member) could not finish: \(cause).\(said)", isError: true,
            summary: "\(member): \(cause)")
    }
}

package import LanguageModels

/// A leader who speaks to people and members whom it delegates to. Members cannot delegate.
package struct Team: Sendable {
    private let leader: Agent
    private let members: [Agent]
    private let context: [Message]
    private let endingTools: Set<String>

    /// - Parameters:
    ///   - context: what members see before their task; a member sees nothing else of the conversation.
    ///   - endingTools: names of members' tools that end the leader as well, so that what they made is passed on as it
    ///     is. A member that ends otherwise hands its text back to the leader.
    package init(leader: Agent, members: [Agent], context: [Message] = [], endingTools: Set<String> = []) {
        self.leader = leader
        self.members = members
        self.context = context
        self.endingTools = endingTools
    }

    /// Continues the conversation until the leader is done, a limit is reached or a model does not get on.
    ///
    /// All agents share the ledger; tools that run statements take them from the same one. Throws `LanguageModelError`
    /// where the leader's model fails (a member's failure is a result the leader can act on), `RunSuspended` where a tool
    /// waits for a person, and `CancellationError`.
    package func run(
        _ conversation: [Message], ledger: BudgetLedger, recorder: RunEventRecorder
    ) async throws -> AgentOutcome {
        try await leaderLoop(ledger, recorder).run(conversation)
    }

    /// Goes on with a suspended run: what waits first is resolved. Throws as `run` does.
    package func resume(
        _ suspended: SuspendedLoop, resolving resolution: @escaping PendingCallResolution, ledger: BudgetLedger,
        recorder: RunEventRecorder
    ) async throws -> AgentOutcome {
        try await leaderLoop(ledger, recorder).resume(suspended, resolving: resolution)
    }

    private func leaderLoop(_ ledger: BudgetLedger, _ recorder: RunEventRecorder) -> AgentLoop {
        var leader = leader
        if !members.isEmpty {
            leader.tools.append(
                DelegateTool(
                    leader: leader.name, members: members, context: context, endingTools: endingTools, ledger: ledger))
        }
        return AgentLoop(agent: leader, ledger: ledger, span: recorder.root.child())
    }
}

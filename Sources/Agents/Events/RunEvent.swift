package import FoundationEssentials
package import LanguageModels

/// Something that happened in a run: what surfaces show as progress and what is stored as its trace.
package struct RunEvent: Sendable, Codable {
    package enum Kind: Sendable, Codable {
        case started(question: String)
        case modelCalled(agent: AgentName, model: String)
        case modelAnswered(agent: AgentName, usage: Usage, milliseconds: Int)
        case toolStarted(agent: AgentName, callID: String, tool: String)
        case toolFinished(
            agent: AgentName, callID: String, tool: String, isError: Bool, summary: String, milliseconds: Int)
        case delegated(from: AgentName, to: AgentName, task: String)
        case budgetReached(BudgetLimit)
        case finished(milliseconds: Int)
        case failed(reason: String)
    }

    package var runID: RunID
    /// Counted from 1 within the run.
    package var sequence: Int
    package var time: Date
    /// The agent loop or tool call this belongs to, and the one that caused it.
    package var span: Int
    package var parentSpan: Int?
    package var kind: Kind

    package init(runID: RunID, sequence: Int, time: Date, span: Int, parentSpan: Int?, kind: Kind) {
        self.runID = runID
        self.sequence = sequence
        self.time = time
        self.span = span
        self.parentSpan = parentSpan
        self.kind = kind
    }
}

package import Agents
package import FoundationEssentials

/// A question to a person whose answer lets a suspended run go on.
package struct Confirmation: Sendable, Codable, Equatable {
    package enum Decision: String, Sendable, Codable {
        case approved, declined, expired
    }

    package var id: ConfirmationID
    package var runID: RunID
    package var conversation: ConversationID
    /// Whose question it came from, and who may decide.
    package var asker: String
    package var agent: AgentName
    package var action: ProposedAction
    /// On the database's clock.
    package var expiresAt: Date
    package var decision: Decision?
    package var decidedBy: String?
    package var decidedAt: Date?

    package init(
        id: ConfirmationID, runID: RunID, conversation: ConversationID, asker: String, agent: AgentName,
        action: ProposedAction, expiresAt: Date, decision: Decision? = nil, decidedBy: String? = nil,
        decidedAt: Date? = nil
    ) {
        self.id = id
        self.runID = runID
        self.conversation = conversation
        self.asker = asker
        self.agent = agent
        self.action = action
        self.expiresAt = expiresAt
        self.decision = decision
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
    }
}

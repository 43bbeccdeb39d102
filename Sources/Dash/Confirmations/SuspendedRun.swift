import Agents
import LanguageModels

/// A run that waits for a person: what is stored with the confirmation, so that any process can go on with it.
struct SuspendedRun: Sendable, Codable {
    var question: Question
    /// Whether the built-in model plays the team.
    var isGrounded: Bool
    /// What the members were shown of the conversation.
    var context: [Message]
    var loop: SuspendedLoop
    var run: Run.Snapshot
    var spent: [BudgetLimit: Int]
}

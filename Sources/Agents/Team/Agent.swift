package import LanguageModels

/// A role: who it is, what it is told, what it may use.
package struct Agent: Sendable {
    package var name: AgentName
    /// One sentence for the leader of a team: what to delegate to this agent.
    package var purpose: String
    package var instructions: String
    package var model: any LanguageModel
    package var tools: [any Tool]

    package init(
        name: AgentName, purpose: String, instructions: String, model: any LanguageModel, tools: [any Tool]
    ) {
        self.name = name
        self.purpose = purpose
        self.instructions = instructions
        self.model = model
        self.tools = tools
    }
}

package import LanguageModels
package import ServiceRuntime

/// Something an agent can do. Made anew for each run, so that it may hold the run's state.
package protocol Tool: Sendable {
    var definition: ToolDefinition { get }
    var annotations: ToolAnnotations { get }

    /// The arguments have passed the definition's schema (types, required members, enums).
    ///
    /// A failure that the model can mend is returned as an error output. A thrown error reaches the model as one
    /// sentence with the error's description and the loop goes on; `BudgetReached` and cancellation end the agent.
    func call(_ arguments: JSONValue) async throws -> ToolOutput
}

extension Tool {
    package var annotations: ToolAnnotations { ToolAnnotations(isReadOnly: true, isDestructive: false) }
}

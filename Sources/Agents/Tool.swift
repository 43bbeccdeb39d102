package import LanguageModels
package import ServiceRuntime

/// Something an agent can do. Made anew for each run, so that it may hold the run's state.
package protocol Tool: Sendable {
    var definition: ToolDefinition { get }
    var annotations: ToolAnnotations { get }

    /// A failure that the model can mend is returned as an error output; throwing is for cancellation and for faults
    /// that end the run.
    func call(_ arguments: JSONValue) async throws -> ToolOutput
}

extension Tool {
    package var annotations: ToolAnnotations { ToolAnnotations(isReadOnly: true, isDestructive: false) }
}

package import ServiceRuntime

/// A tool as a model sees it.
package struct ToolDefinition: Sendable, Equatable {
    /// Lower-case with underscores, for example `run_sql`.
    package var name: String
    package var description: String
    /// JSON Schema of the arguments object.
    package var parameters: JSONValue

    package init(name: String, description: String, parameters: JSONValue) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}

package import ServiceRuntime

/// A model's request to run a tool.
package struct ToolCall: Sendable, Codable, Equatable {
    /// The provider's id, echoed in the result.
    package var id: String
    package var name: String
    /// The parsed arguments; `.null` where the model sent no valid JSON (see `rawArguments`).
    package var arguments: JSONValue
    package var rawArguments: String

    package init(id: String, name: String, arguments: JSONValue, rawArguments: String? = nil) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.rawArguments = rawArguments ?? arguments.encoded()
    }
}

/// What a tool returned to the model. An error is a value, so that the model can correct itself.
package struct ToolResult: Sendable, Codable, Equatable {
    package var callID: String
    package var content: String
    package var isError: Bool

    package init(callID: String, content: String, isError: Bool = false) {
        self.callID = callID
        self.content = content
        self.isError = isError
    }
}

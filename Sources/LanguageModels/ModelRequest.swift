/// Everything a model sees in one turn.
package struct ModelRequest: Sendable {
    package var instructions: String
    package var messages: [Message]
    package var tools: [ToolDefinition]
    package var maximumOutputTokens: Int?

    package init(
        instructions: String, messages: [Message], tools: [ToolDefinition] = [], maximumOutputTokens: Int? = nil
    ) {
        self.instructions = instructions
        self.messages = messages
        self.tools = tools
        self.maximumOutputTokens = maximumOutputTokens
    }
}

/// Something that reads a conversation and answers with text or tool calls.
package protocol LanguageModel: Sendable {
    /// As shown to people and in logs, for example `builtin` or `openai:gpt-5`.
    var name: String { get }

    /// One whole turn. Nothing of it is handed on before it is complete, and so unchecked. Throws `LanguageModelError`; cancellation aborts the call.
    func respond(to request: ModelRequest) async throws -> ModelResponse
}

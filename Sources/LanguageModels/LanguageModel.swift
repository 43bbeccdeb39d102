/// Something that reads a conversation and answers with text or tool calls.
package protocol LanguageModel: Sendable {
    /// As shown to people and in logs, for example `builtin` or `openai:gpt-5`.
    var name: String { get }

    /// One turn. `onDelta` gets text as it is produced. Throws `LanguageModelError`; cancellation aborts the call.
    func respond(
        to request: ModelRequest, onDelta: @escaping @Sendable (String) async -> Void
    ) async throws -> ModelResponse
}

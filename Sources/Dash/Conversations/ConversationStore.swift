package import Postgres
package import ServiceRuntime

/// Conversations in schema `ai`: turns in order, the author kept with each turn.
package struct ConversationStore: Sendable {
    package init(client: PostgresClient, logger: Logger) {}

    package func append(_ turn: Turn, to conversation: ConversationID) async throws { fatalError("not written yet") }

    /// The latest turns, oldest first.
    package func turns(in conversation: ConversationID, limit: Int = 20) async throws -> [Turn] {
        fatalError("not written yet")
    }

    /// Whether Dash has taken part in the conversation.
    package func exists(_ conversation: ConversationID) async throws -> Bool { fatalError("not written yet") }
}

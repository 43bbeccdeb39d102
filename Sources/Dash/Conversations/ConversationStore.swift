import FoundationEssentials
package import Postgres
package import ServiceRuntime

/// Conversations in schema `ai`: turns in order, the author kept with each turn.
package struct ConversationStore: Sendable {
    private let client: PostgresClient
    private let logger: Logger

    package init(client: PostgresClient, logger: Logger) {
        self.client = client
        self.logger = logger.labelled("conversations")
    }

    /// Adds a turn after the latest one; turns appended at once from several replicas stand one after the other.
    package func append(_ turn: Turn, to conversation: ConversationID) async throws {
        let author =
            switch turn.content {
            case .question(_, let asker): asker.id
            case .answer: "dash"
            }
        let content = try JSONValue(encoding: turn.content).storable
        try await client.query(
            """
            WITH conversation AS (
                INSERT INTO ai.conversations AS c (id, turns) VALUES (\(conversation.rawValue), 1)
                ON CONFLICT (id) DO UPDATE SET turns = c.turns + 1, updated_at = now()
                RETURNING id, turns
            )
            INSERT INTO ai.turns (conversation_id, number, author, content, created_at)
            SELECT id, turns, \(author), \(content)::jsonb, \(turn.time)::timestamptz FROM conversation
            """)
    }

    /// The latest turns, oldest first.
    package func turns(in conversation: ConversationID, limit: Int = 20) async throws -> [Turn] {
        let rows = try await client.query(
            """
            SELECT content, extract(epoch FROM created_at)::float8 AS time
            FROM (
                SELECT number, content, created_at FROM ai.turns
                WHERE conversation_id = \(conversation.rawValue)
                ORDER BY number DESC LIMIT \(max(0, limit))
            ) AS latest
            ORDER BY number
            """
        ).rows
        return try rows.compactMap { row in
            let time = Date(timeIntervalSince1970: try row.decode("time"))
            guard let content: Turn.Content = StoredJSON.decode(try row.decode("content")) else {
                logger.warning("a turn cannot be read and is left out", ["conversation": conversation.rawValue])
                return nil
            }
            return Turn(content: content, time: time)
        }
    }

    /// Whether Dash has taken part in the conversation.
    package func exists(_ conversation: ConversationID) async throws -> Bool {
        try await !client.query("SELECT FROM ai.conversations WHERE id = \(conversation.rawValue)").rows.isEmpty
    }
}

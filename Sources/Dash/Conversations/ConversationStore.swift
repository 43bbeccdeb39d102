import Agents
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

    /// Stores a question and its answer together, after the latest turn; stored again under the same key, from whatever
    /// attempt and replica, they replace what was there, in its place. Nothing is stored where the answer's run has been
    /// begun anew since the given attempt: that one's answer is published.
    package func store(
        _ question: Question, _ answer: Answer, key: String, attempt: RunAttempt? = nil
    ) async throws {
        let asked = Turn.Content.question(text: question.text, asker: question.asker)
        try await client.query(
            """
            WITH conversation AS (
                INSERT INTO ai.conversations AS c (id, turns) SELECT \(question.conversation.rawValue), 2
                WHERE \(attempt?.mark)::text IS NULL OR NOT EXISTS (
                    SELECT FROM ai.runs
                    WHERE id = \(answer.runID.rawValue) AND extract(epoch FROM started_at)::text <> \(attempt?.mark))
                ON CONFLICT (id) DO UPDATE SET turns = c.turns + 2, updated_at = now()
                RETURNING id, turns
            )
            INSERT INTO ai.turns (conversation_id, number, author, content, created_at, question_key)
            SELECT id, turns - 1, \(question.asker.id), \(try JSONValue(encoding: asked).storable)::jsonb,
                \(question.askedAt)::timestamptz, \(key) FROM conversation
            UNION ALL
            SELECT id, turns, 'dash', \(try JSONValue(encoding: Turn.Content.answer(answer)).storable)::jsonb,
                \(answer.answeredAt)::timestamptz, \(key) FROM conversation
            ON CONFLICT (conversation_id, question_key, (author = 'dash')) DO UPDATE SET
                content = EXCLUDED.content, created_at = EXCLUDED.created_at
            """)
    }

    /// The latest turns, oldest first, without those of an earlier attempt at the question with the given key.
    package func turns(
        in conversation: ConversationID, limit: Int = 20, exceptOf key: String? = nil
    ) async throws -> [Turn] {
        let rows = try await client.query(
            """
            SELECT content, extract(epoch FROM created_at)::float8 AS time
            FROM (
                SELECT number, content, created_at FROM ai.turns
                WHERE conversation_id = \(conversation.rawValue) AND question_key IS DISTINCT FROM \(key)
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

package import Agents
import FoundationEssentials
package import Postgres
package import ServiceRuntime

/// Runs and their events in schema `ai`, so that any replica can show and trace them.
package struct RunStore: Sendable {
    /// A run as it is stored.
    package struct StoredRun: Sendable {
        package var id: RunID
        package var conversation: ConversationID
        package var asker: String
        package var question: String
        package var isFinished: Bool
        /// Nil while the run goes on, and where it was stored in a form this version cannot read.
        package var answer: Answer?
    }

    private let client: PostgresClient
    private let logger: Logger

    package init(client: PostgresClient, logger: Logger) {
        self.client = client
        self.logger = logger.labelled("runs")
    }

    /// Whether the server with Dash's own state answers, within a few seconds.
    func isReachable() async -> Bool {
        (try? await withTimeout(.seconds(3)) { [client] in _ = try await client.query("SELECT 1") }) != nil
    }

    /// Opens the run; begun again after a crash it starts afresh, without the answer and the events of before.
    ///
    /// Returns this attempt's own mark: what an earlier attempt still writes under its mark is not stored any more.
    @discardableResult
    package func begin(_ id: RunID, question: Question) async throws -> RunAttempt {
        let rows = try await client.query(
            """
            WITH forgotten AS (DELETE FROM ai.run_events WHERE run_id = \(id.rawValue))
            INSERT INTO ai.runs (id, conversation_id, asker, question, asked_at)
            VALUES (
                \(id.rawValue), \(question.conversation.rawValue), \(question.asker.id),
                \(question.text.storable), \(question.askedAt)::timestamptz)
            ON CONFLICT (id) DO UPDATE SET started_at = clock_timestamp(), finished_at = NULL, kind = NULL, badge = NULL,
                answer = NULL
            RETURNING extract(epoch FROM started_at)::text AS mark
            """
        ).rows
        guard let row = rows.first else {
            throw PostgresError(.decoding, message: "the server returned no mark for a run")
        }
        return RunAttempt(mark: try row.decode("mark"))
    }

    /// Opens a run that goes on, as a new attempt; its events are numbered on from the position.
    package func reopen(_ id: RunID) async throws -> (attempt: RunAttempt?, position: RunEventRecorder.Position) {
        let row = try await client.query(
            """
            WITH opened AS (
                UPDATE ai.runs SET started_at = clock_timestamp(), finished_at = NULL, kind = NULL, badge = NULL,
                    answer = NULL
                WHERE id = \(id.rawValue)
                RETURNING extract(epoch FROM started_at)::text AS mark
            )
            SELECT (SELECT mark FROM opened) AS mark, coalesce(max(sequence), 0) AS sequence,
                coalesce(max((event->>'span')::bigint), 0) AS span
            FROM ai.run_events WHERE run_id = \(id.rawValue)
            """
        ).rows.first
        guard let row else { return (nil, RunEventRecorder.Position()) }
        return (
            row["mark"].map(RunAttempt.init),
            RunEventRecorder.Position(sequence: try row.decode("sequence"), span: try row.decode("span"))
        )
    }

    /// Stores a batch of events in one statement; an event that is there already stays as it is.
    package func append(_ events: [RunEvent]) async throws {
        guard !events.isEmpty else { return }
        let records = try events.map { event in
            JSONValue.object([
                "run_id": .string(event.runID.description), "sequence": .integer(Int64(event.sequence)),
                "time": .string(event.time.postgresText), "event": try JSONValue(encoding: event).storable,
            ])
        }
        try await client.query(
            """
            INSERT INTO ai.run_events (run_id, sequence, time, event)
            SELECT run_id, sequence, time, event
            FROM jsonb_to_recordset(\(JSONValue.array(records))::jsonb)
                AS r (run_id uuid, sequence bigint, time timestamptz, event jsonb)
            ON CONFLICT (run_id, sequence) DO NOTHING
            """)
    }

    /// Closes the run with its answer; without effect where another attempt has begun since.
    package func finish(_ id: RunID, answer: Answer, attempt: RunAttempt? = nil) async throws {
        let content = try JSONValue(encoding: answer).storable
        try await client.query(
            """
            UPDATE ai.runs SET finished_at = clock_timestamp(), kind = \(answer.kind.rawValue),
                badge = \(answer.badge?.rawValue), answer = \(content)::jsonb
            WHERE id = \(id.rawValue)
                AND (\(attempt?.mark)::text IS NULL OR extract(epoch FROM started_at)::text = \(attempt?.mark))
            """)
    }

    package func run(_ id: RunID) async throws -> StoredRun? {
        let rows = try await client.query(
            """
            SELECT conversation_id, asker, question, finished_at IS NOT NULL AS is_finished, answer
            FROM ai.runs WHERE id = \(id.rawValue)
            """
        ).rows
        guard let row = rows.first else { return nil }
        return StoredRun(
            id: id, conversation: ConversationID(rawValue: try row.decode("conversation_id")),
            asker: try row.decode("asker"), question: try row.decode("question"),
            isFinished: try row.decode("is_finished"),
            answer: try row.decodeIfPresent("answer", as: String.self).flatMap { StoredJSON.decode($0) })
    }

    /// The run's events after a sequence number, in order.
    package func events(of id: RunID, after sequence: Int = 0, limit: Int = 1_000) async throws -> [RunEvent] {
        let rows = try await client.query(
            """
            SELECT event FROM ai.run_events WHERE run_id = \(id.rawValue) AND sequence > \(sequence)
            ORDER BY sequence LIMIT \(max(0, limit))
            """
        ).rows
        return try rows.compactMap { row in
            let event: RunEvent? = StoredJSON.decode(try row.decode("event"))
            if event == nil { logger.warning("a run event cannot be read and is left out", ["run": "\(id)"]) }
            return event
        }
    }
}

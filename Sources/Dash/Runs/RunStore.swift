package import Agents
package import Postgres
package import ServiceRuntime

/// Runs and their events in schema `ai`, so that any replica can show and trace them.
package struct RunStore: Sendable {
    package init(client: PostgresClient, logger: Logger) {}

    package func begin(_ id: RunID, question: Question) async throws { fatalError("not written yet") }

    /// Stores a batch of events in one statement.
    package func append(_ events: [RunEvent]) async throws { fatalError("not written yet") }

    /// Closes the run with its answer.
    package func finish(_ id: RunID, answer: Answer) async throws { fatalError("not written yet") }
}

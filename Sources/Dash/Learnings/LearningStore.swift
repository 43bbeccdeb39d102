package import Postgres
package import ServiceRuntime

/// Learnings and candidate queries in schema `ai`, of one warehouse.
package struct LearningStore: Sendable {
    package init(client: PostgresClient, warehouseID: String, logger: Logger) {}

    /// Active learnings that apply to the asker and fit the text, best first.
    package func search(_ text: String, asker: String, limit: Int = 5) async throws -> [Learning] {
        fatalError("not written yet")
    }

    /// Past corrections of errors like this one.
    package func corrections(
        similarTo sql: String, error: String, limit: Int = 3
    ) async throws -> [Learning.Correction] { fatalError("not written yet") }

    /// Keeps a fixed error for everybody at once; the oldest unused automatic ones beyond 200 give way.
    package func record(_ correction: Learning.Correction) async throws { fatalError("not written yet") }

    /// Keeps a correction of meaning: active for its author, proposed to everyone until approved.
    @discardableResult
    package func save(title: String, text: String, author: String) async throws -> Int64 {
        fatalError("not written yet")
    }

    /// Every learning that is not reverted unless asked for, newest first.
    package func list(includingReverted: Bool = false) async throws -> [Learning] { fatalError("not written yet") }

    /// Makes a learning apply to everyone. Returns false for an unknown id.
    package func approve(_ id: Int64, by approver: String) async throws -> Bool { fatalError("not written yet") }

    /// Takes a learning out of use; it stays listed as reverted. Returns false for an unknown id.
    package func revert(_ id: Int64, by person: String) async throws -> Bool { fatalError("not written yet") }

    /// Keeps a statement that answered a question. When it answers a later question as well it is promoted: returned
    /// once, for the knowledge store. At most 500 candidates are kept, least recently used first to go.
    package func recordSuccess(question: String, sql: String, tables: [String]) async throws -> ValidatedQuery? {
        fatalError("not written yet")
    }
}

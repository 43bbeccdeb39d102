package import Postgres
package import ServiceRuntime

/// Knowledge in schema `ai`: saved by kind and name, searched by words and by similarity.
package struct KnowledgeStore: Sendable {
    package struct Hit: Sendable, Equatable {
        package var entry: KnowledgeEntry
        /// Reciprocal-rank score; higher is better, comparable within one search only.
        package var score: Double

        package init(entry: KnowledgeEntry, score: Double) {
            self.entry = entry
            self.score = score
        }
    }

    package init(client: PostgresClient, logger: Logger) {}

    /// The best entries for a text in people's words, best first.
    package func search(
        _ text: String, kinds: Set<KnowledgeContent.Kind> = Set(KnowledgeContent.Kind.allCases), limit: Int = 10
    ) async throws -> [Hit] { fatalError("not written yet") }

    /// All entries of a kind, by name.
    package func entries(of kind: KnowledgeContent.Kind) async throws -> [KnowledgeEntry] {
        fatalError("not written yet")
    }

    /// Inserts, or replaces the entry of the same kind and name. Returns whether anything changed.
    @discardableResult
    package func save(_ entry: KnowledgeEntry) async throws -> Bool { fatalError("not written yet") }

    package func remove(kind: KnowledgeContent.Kind, name: String) async throws { fatalError("not written yet") }
}

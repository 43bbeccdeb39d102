import Postgres
import TestSupport

@testable import Dash

/// A database with Dash's own tables, as the set-up and the migrations make it.
enum StoreFixture {
    static func with<Result: Sendable>(
        _ body: @Sendable (PostgresClient) async throws -> Result
    ) async throws -> Result {
        try await PostgresServer.shared.withClient { client in
            try await PostgresServer.createAISchema(client)
            try await client.query("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA ai")
            try await Migrator(client: client, logger: PostgresServer.logger).apply(DashMigrations.all)
            let result = try await body(client)
            await client.close()
            return result
        }
    }

    static func withKnowledge<Result: Sendable>(
        _ body: @Sendable (KnowledgeStore) async throws -> Result
    ) async throws -> Result {
        try await with { try await body(KnowledgeStore(client: $0, logger: PostgresServer.logger)) }
    }
}

package import ServiceRuntime

/// Applies migrations once each, recorded in `ai.migrations`, under a lock that replicas starting together share.
package struct Migrator: Sendable {
    package init(client: PostgresClient, logger: Logger) {}

    /// Applies what is missing, in the given order. Schema `ai` must exist and belong to the client's role.
    package func apply(_ migrations: [Migration]) async throws {}
}

package import ServiceRuntime

/// A pool of connections to one server under one login.
package final class PostgresClient: Service {
    package init(configuration: PostgresConfiguration, maximumConnections: Int = 8, eventLoop: EventLoop, logger: Logger) {
        fatalError("not written yet")
    }

    /// Keeps the pool alive; on graceful shutdown lets leases end, then closes the connections.
    package func run() async throws {}

    /// Leases a connection until the closure returns. The closure must not keep it.
    ///
    /// A connection whose state is in doubt afterwards (open transaction, lost, cancelled late) is closed, not reused.
    package func withConnection<Result>(
        _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result { fatalError("not written yet") }

    /// Runs the closure inside BEGIN … COMMIT; ROLLBACK when it throws. `begin` is for example `BEGIN READ ONLY`.
    package func withTransaction<Result>(
        begin: String = "BEGIN", _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result { fatalError("not written yet") }

    /// One statement on a connection of its own.
    @discardableResult
    package func query(_ query: PostgresQuery) async throws -> PostgresResult { fatalError("not written yet") }
}

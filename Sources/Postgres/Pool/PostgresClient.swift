package import ServiceRuntime

/// A pool of connections to one server under one login.
///
/// Connections are opened on demand, by the task that needs one, so a one-shot command may use a client without
/// `run()`; it ends with `close()`. A connection that died while idle is replaced before anything is sent over it, so
/// the client goes on by itself when the server comes back.
package final class PostgresClient: Service {
    private static let idleLimit = Duration.seconds(120)

    package let configuration: PostgresConfiguration
    private let pool: ConnectionPool
    private let logger: Logger

    /// - Parameter leaseTimeout: how long a task waits for a connection while all are in use; then
    ///   `PostgresError(.poolTimeout)`.
    package init(
        configuration: PostgresConfiguration, maximumConnections: Int = 8, leaseTimeout: Duration = .seconds(30),
        eventLoop: EventLoop, logger: Logger
    ) {
        self.configuration = configuration
        self.logger = logger
        pool = ConnectionPool(
            configuration: configuration, maximumConnections: maximumConnections, leaseTimeout: leaseTimeout,
            eventLoop: eventLoop, logger: logger)
    }

    /// How many sessions were given up so far because a cancelled statement did not end within the configuration's
    /// `cancelGrace`.
    package var abandonedSessions: Int { pool.abandonedSessions }

    package var usage: PoolUsage { pool.usage }

    /// Closes connections that nobody needed for a while; on graceful shutdown lets leases end, then closes the rest.
    package func run() async throws {
        await withTaskGroup { group in
            group.addTask { [pool] in
                while (try? await Task.sleep(for: Self.idleLimit / 4)) != nil {
                    pool.prune(idleLongerThan: Self.idleLimit)
                }
            }
            await gracefulShutdown()
            group.cancelAll()
        }
        await close()
    }

    /// Refuses further leases, lets the present ones end, closes the connections. May be called again.
    package func close() async {
        await pool.shutDown()
    }

    /// Leases a connection until the closure returns. The closure must not keep it.
    ///
    /// A connection whose state is in doubt afterwards (open transaction, lost, cancelled late) is closed, not reused.
    /// Throws `PostgresError(.poolTimeout)` when none becomes free in time, `.connectionFailed` when the server cannot
    /// be reached, `.notRunning` after `close()`.
    ///
    /// - Parameter silence: how long to wait for a word of the server in each statement, where the configuration's limit
    ///   is too long for whoever waits; see `StatementLimits`.
    @discardableResult
    package func withConnection<Result>(
        silence: Duration? = nil, _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await pool.lease()
        defer {
            connection.endOwnLimits()
            pool.giveBack(connection)
        }
        if let silence { connection.limitSilence(silence) }
        return try await body(connection)
    }

    /// Runs the closure inside BEGIN … COMMIT; ROLLBACK when it throws. `begin` is for example `BEGIN READ ONLY`.
    ///
    /// COMMIT is not cancelled once it has been sent: what it returns is what happened. `limits` are for what takes longer
    /// than the configuration's allow, or must not take as long.
    @discardableResult
    package func withTransaction<Result>(
        begin: String = "BEGIN", limits: StatementLimits? = nil, _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await leaseInTransaction(begin)
        defer {
            connection.endOwnLimits()
            pool.giveBack(connection)
        }
        let result: Result
        do {
            if let limits { try await connection.limitTransaction(limits) }
            result = try await body(connection)
            try Task.checkCancellation()
        } catch {
            // A connection on which this fails is closed, which rolls back as well.
            _ = try? await connection.query("ROLLBACK", limit: connection.endLimit)
            throw error
        }
        let end = try await connection.query("COMMIT", limit: connection.endLimit)
        guard end.commandTag == "COMMIT" else {
            throw PostgresError(
                .queryFailed, message: "the transaction was rolled back because a statement in it had failed",
                sqlState: "25P02")
        }
        return result
    }

    /// One statement on a connection of its own.
    @discardableResult
    package func query(_ query: PostgresQuery) async throws -> PostgresResult {
        try await withConnection { try await $0.query(query) }
    }

    /// As `query`; an answer that has not come after the limit is no longer waited for, cancellation or not: the connection
    /// is given up and `PostgresError(.connectionLost)` thrown.
    @discardableResult
    package func query(_ query: PostgresQuery, within limit: Duration) async throws -> PostgresResult {
        try await withConnection { try await $0.query(query, limit: limit) }
    }

    /// Beginning has no effect that could be doubled, so a connection that turns out dead is replaced once.
    private func leaseInTransaction(_ begin: String) async throws -> PostgresConnection {
        var connection = try await pool.lease()
        do {
            try await connection.query(PostgresQuery(unescaped: begin))
        } catch let error as PostgresError where error.code == .connectionLost {
            logger.debug("a pooled connection was lost at the start of a transaction")
            connection = try await pool.open()
            do {
                try await connection.query(PostgresQuery(unescaped: begin))
            } catch {
                pool.giveBack(connection)
                throw error
            }
        } catch {
            pool.giveBack(connection)
            throw error
        }
        return connection
    }
}

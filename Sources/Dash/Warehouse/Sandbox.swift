import Postgres
import ServiceRuntime

/// Sessions in which statements of agents run: one transaction each, bounded in time, forgotten afterwards.
struct Sandbox: Sendable {
    enum End: String, Sendable {
        case commit = "COMMIT"
        case rollback = "ROLLBACK"
    }

    let client: PostgresClient
    /// For everything that belongs to one statement; the server's own limit counts each step anew.
    let timeLimit: Duration
    /// Nil where nobody counts them.
    var sessions: SandboxSessions?

    /// Runs the body in a transaction of a session without any earlier statement's state.
    ///
    /// - Parameter longer: instead of the usual limits, for the statement and for everything that belongs to it.
    ///
    /// Throws `SQLFailure` of class `timeout` when the time is up; the statement has then been cancelled on the server.
    func run<Result: Sendable>(
        _ begin: String, end: End, within longer: Duration? = nil,
        _ body: @escaping @Sendable (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        let timeLimit = longer.map { $0 + client.configuration.cancelGrace } ?? timeLimit
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await runUnlimited(begin, end: end, within: timeLimit, longer, body) }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                return nil
            }
            defer { group.cancelAll() }
            if let result = try await group.next() ?? nil { return result }
            group.cancelAll()
            do {
                // It may have ended in the very moment in which the time was up.
                if let result = try await group.next() ?? nil { return result }
            } catch is CancellationError {}
            throw SQLFailure(
                .timeout, message: "the statement was ended after \(timeLimit)",
                hint: "Read less: a shorter period, fewer joins, or an aggregate instead of rows.")
        }
    }

    private func runUnlimited<Result: Sendable>(
        _ begin: String, end: End, within timeLimit: Duration, _ longer: Duration?,
        _ body: @Sendable (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        try await client.withConnection { connection in
            try await sessions?.enter()
            defer { sessions?.leave() }
            let result: Result
            var processID: Int?
            do {
                try await connection.query(PostgresQuery(unescaped: begin))
                processID = try await restoreSettings(connection)
                try await limitTransaction(connection, timeLimit)
                if let longer { try await limitStatements(connection, longer) }
                result = try await body(connection)
                try await connection.query(PostgresQuery(unescaped: end.rawValue))
            } catch {
                // Where this fails too, the pool closes the session, which ends the transaction as well.
                if (try? await connection.query("ROLLBACK")) != nil { await Self.forget(on: connection) }
                if connection.isAbandoned, let processID { await sessions?.abandon(processID) }
                throw error
            }
            await Self.forget(on: connection)
            return result
        }
    }

    /// Leaves nothing of a statement to the next one: settings, temporary tables, prepared statements, locks, cursors. A
    /// session that cannot forget is closed.
    static func forget(on connection: PostgresConnection) async {
        do {
            try await connection.query("DISCARD ALL")
        } catch {
            connection.retire()
        }
    }

    /// The server's own end of the whole transaction, should this process hang; it knows one from version 17 on.
    private func limitTransaction(_ connection: PostgresConnection, _ timeLimit: Duration) async throws {
        guard try await connection.serverVersion() >= 170_000 else { return }
        let limit = timeLimit + .seconds(7)
        try await connection.query(
            "SELECT pg_catalog.set_config('transaction_timeout', \("\(limit.components.seconds)s"), true)")
    }

    private func limitStatements(_ connection: PostgresConnection, _ limit: Duration) async throws {
        try await connection.query(
            "SELECT pg_catalog.set_config('statement_timeout', \("\(limit.components.seconds)s"), true)")
    }

    /// DISCARD ALL brings start-up options back, but forgets what had to be SET after connecting.
    ///
    /// Returns the server's process, which a pooler may change between transactions.
    private func restoreSettings(_ connection: PostgresConnection) async throws -> Int? {
        let settings = client.configuration.settings
        let row = try await connection.query(
            """
            SELECT pg_catalog.current_setting(\(SandboxSettings.marker), true) AS marker,
                pg_catalog.pg_backend_pid() AS pid
            """
        ).rows.first
        let processID: Int? = try row?.decode("pid")
        guard settings[SandboxSettings.marker] != nil, row?["marker"] != "on" else { return processID }
        let names = settings.keys.sorted()
        // One that this server does not know was skipped when connecting, and is here.
        try await connection.query(
            """
            SELECT pg_catalog.set_config(s.name, s.value, true)
            FROM unnest(\(names)::text[], \(names.map { settings[$0] ?? "" })::text[]) AS s(name, value)
            WHERE pg_catalog.current_setting(s.name, true) IS NOT NULL OR s.name = \(SandboxSettings.marker)
            """)
        return processID
    }
}

import CLibPQ
package import ServiceRuntime

/// One session. Statements run one after another; cancelling the calling task cancels the running one on the server.
///
/// A cancelled statement throws `CancellationError`, once the server has ended it. A statement that ended by itself
/// before the cancellation reached it returns its result. One that does not end within the configuration's `cancelGrace`
/// is abandoned: `CancellationError` is thrown and the connection closed, whatever the server goes on doing. A server-side
/// `statement_timeout` is `PostgresError(.queryFailed)` with SQLSTATE 57014; a connection over which nothing comes is given
/// up after `StatementLimits.silence`, and the statement throws `PostgresError(.connectionLost)`.
package final class PostgresConnection: Sendable {
    /// How long a statement that must not be cancelled (COMMIT, ROLLBACK) may take.
    static let shieldedLimit = Duration.seconds(30)

    private let gate = SerialGate()
    // Only touched by the task that holds `gate`, or by the pool while no one has the connection.
    private nonisolated(unsafe) let session: Session
    private let isRetired = Locked(false)
    private let usualSilence: Duration
    private let silence: Locked<Duration>

    /// - Parameter silence: see `StatementLimits`.
    init(_ session: Session, silence: Duration) {
        self.session = session
        usualSilence = silence
        self.silence = Locked(silence)
    }

    /// Opens a session outside any pool. It is closed when the last reference to it goes.
    ///
    /// Throws `PostgresError(.connectionFailed)` or `CancellationError`.
    package static func connect(
        _ configuration: PostgresConfiguration, eventLoop: EventLoop, logger: Logger
    ) async throws -> PostgresConnection {
        try await connect(configuration, startupOptions: true, eventLoop: eventLoop, logger: logger).connection
    }

    /// Extended protocol, exactly one statement.
    @discardableResult
    package func query(_ query: PostgresQuery) async throws -> PostgresResult {
        try await self.query(query, limit: nil)
    }

    /// As `query`, for a statement whose result may have any size: reads it row by row, and beyond the limit gives the
    /// connection up, which rolls back, and throws SQLSTATE 54000.
    package func query(_ query: PostgresQuery, maximumBytes: Int) async throws -> PostgresResult {
        try query.checkParameters()
        return try await statement(query.sql, bindings: query.bindings, limit: nil) { session in
            let values = CStrings(query.bindings)
            let sent = values.withPointers {
                PQsendQueryParams(session.pointer, query.sql, Int32(query.bindings.count), nil, $0, nil, nil, 0)
            }
            guard sent == 1, PQsetSingleRowMode(session.pointer) == 1 else { throw session.lost() }
            return try await session.collect(query.sql, query.bindings, maximumBytes: maximumBytes)
        }
    }

    /// With a limit the statement ignores the task's cancellation and gives the connection up after the limit; then it
    /// throws `PostgresError(.connectionLost)`, and whether the statement took effect is unknown.
    @discardableResult
    package func query(_ query: PostgresQuery, limit: Duration?) async throws -> PostgresResult {
        try query.checkParameters()
        return try await statement(query.sql, bindings: query.bindings, limit: limit) { session in
            let values = CStrings(query.bindings)
            let sent = values.withPointers {
                PQsendQueryParams(session.pointer, query.sql, Int32(query.bindings.count), nil, $0, nil, nil, 0)
            }
            guard sent == 1 else { throw session.lost() }
            return try await session.collect(query.sql, query.bindings)
        }
    }

    /// Simple protocol, several statements in one text; for migrations and set-up scripts only.
    ///
    /// Outside an explicit transaction the server runs the whole text as one.
    package func execute(script: String) async throws {
        try PostgresQuery(unescaped: script).checkParameters()
        try await statement(script, bindings: [], limit: nil) { session in
            guard PQsendQuery(session.pointer, script) == 1 else { throw session.lost() }
            _ = try await session.collect(script, [])
        }
    }

    /// COPY … FROM STDIN in text format; the sequence yields chunks of bytes. Returns the number of rows.
    ///
    /// When the sequence throws, nothing is stored and its error is thrown.
    package func copyIn(
        _ statement: String, chunks: some AsyncSequence<[UInt8], any Error>
    ) async throws -> Int {
        try PostgresQuery(unescaped: statement).checkParameters()
        return try await self.statement(statement, bindings: [], limit: nil) { session in
            guard PQsendQuery(session.pointer, statement) == 1 else { throw session.lost() }
            return try await session.copyIn(statement, chunks)
        }
    }

    /// The server's version as libpq writes it, for example 150004.
    package func serverVersion() async throws -> Int {
        try await gate.enter()
        defer { gate.leave() }
        return Int(PQserverVersion(session.pointer))
    }

    /// The SCRAM verifier of a password, for `ALTER ROLE … PASSWORD`: with it the password itself is never sent.
    package func encryptedPassword(_ password: Secret, for role: String) async throws -> String {
        try await gate.enter()
        defer { gate.leave() }
        guard let verifier = PQencryptPasswordConn(session.pointer, password.reveal(), role, "scram-sha-256") else {
            throw PostgresError(.queryFailed, message: "the password of role \(role) cannot be encrypted")
        }
        defer { PQfreemem(verifier) }
        return String(cString: verifier)
    }

    /// The next notification of a channel this session listens on, nil when none came before the deadline.
    func notification(
        until deadline: ContinuousClock.Instant
    ) async throws -> (channel: String, payload: String)? {
        try await gate.enter()
        defer { gate.leave() }
        while true {
            if let notification = session.nextNotification() { return notification }
            guard try await session.waitForInput(until: deadline) else { return nil }
        }
    }

    /// The pool closes it at the end of the lease instead of lending it again.
    package func retire() {
        isRetired.withLock { $0 = true }
    }

    /// Other limits until the end of the present transaction; on the server they end with it.
    func limitTransaction(_ limits: StatementLimits) async throws {
        limitSilence(limits.silence)
        for (name, value) in limits.settings.sorted(by: { $0.key < $1.key }) {
            try await query("SELECT pg_catalog.set_config(\(name), \(value), true)")
        }
    }

    func limitSilence(_ limit: Duration) {
        silence.withLock { $0 = limit }
    }

    func endOwnLimits() {
        silence.withLock { $0 = usualSilence }
    }

    /// How long a COMMIT or ROLLBACK may take.
    var endLimit: Duration { min(Self.shieldedLimit, silence.withLock { $0 }) }

    /// For the pool, while no one has the connection: whether it was given up because nothing came over it.
    var isSilent: Bool { session.isSilent }

    /// For the pool, while no one has the connection: whether another task may have it.
    var isReusable: Bool { session.isUsable && session.isOutsideTransaction && !isRetired.withLock { $0 } }

    /// Whether a cancelled statement did not end within the grace. For who has the lease, between statements, and for the
    /// pool afterwards.
    package var isAbandoned: Bool { session.isAbandoned }

    /// For the pool, while no one has the connection: whether the server is still there.
    func isAlive() -> Bool { session.isAlive() }

    private func statement<Result>(
        _ sql: String, bindings: [String?], limit: Duration?, _ body: (Session) async throws -> Result
    ) async throws -> Result {
        if limit == nil { try Task.checkCancellation() }
        try await gate.enter()
        defer { gate.leave() }
        guard session.isUsable else {
            throw PostgresError(.connectionLost, message: "the connection is closed; lease another one", sql: sql)
        }
        session.begin(limit: limit, silence: silence.withLock { $0 })
        do {
            let result = try await body(session)
            session.end(wasCancelled: false)
            return result
        } catch let error as PostgresError {
            let wasCancelled = session.cancelWasRequested && error.sqlState == "57014"
            session.end(wasCancelled: wasCancelled)
            if error.code == .connectionLost { session.markInDoubt() }
            if wasCancelled { throw CancellationError() }
            var named = error
            named.sql = named.sql ?? sql
            throw named
        } catch {
            session.end(wasCancelled: false)
            throw error
        }
    }
}

extension PostgresQuery {
    /// Refuses what the protocol cannot carry.
    func checkParameters() throws {
        guard bindings.count <= Int(UInt16.max) else {
            throw PostgresError(
                .queryFailed, message: "\(bindings.count) parameters; a statement takes 65535 at most",
                sqlState: "54023",
                sql: sql)
        }
        guard !sql.utf8.contains(0) else {
            throw PostgresError(.queryFailed, message: "the statement contains a NUL character", sqlState: "22021")
        }
        for (index, value) in bindings.enumerated() where value?.utf8.contains(0) == true {
            throw PostgresError(
                .queryFailed,
                message: "parameter $\(index + 1) contains a NUL character, which PostgreSQL text cannot hold",
                sqlState: "22021", sql: sql)
        }
    }
}

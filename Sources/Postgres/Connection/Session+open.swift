import CLibPQ
import ServiceRuntime

extension Session {
    /// Connects and logs in. Throws `LoginRefused` when the server answered and refused, else
    /// `PostgresError(.connectionFailed)` or `CancellationError`.
    static func open(
        _ configuration: PostgresConfiguration, startupOptions: Bool, eventLoop: EventLoop, logger: Logger
    ) async throws -> Session {
        let deadline = ContinuousClock.now + configuration.connectTimeout
        let parameters = configuration.connectionParameters(startupOptions: startupOptions)
        CryptoLibrary.initialize()
        // Starting resolves the host's name, which blocks.
        let start = try await SystemThread.run(name: "pg-connect") { StartedConnection(parameters) }
        guard let pointer = start.pointer else {
            throw PostgresError(.connectionFailed, message: "no memory for a connection")
        }
        let session = Session(
            adopting: pointer, cancelGrace: configuration.cancelGrace, eventLoop: eventLoop, logger: logger)
        // While connecting, SQLSTATE is in the message or nowhere.
        PQsetErrorVerbosity(pointer, PQERRORS_VERBOSE)
        try await session.logIn(configuration, until: deadline)
        PQsetErrorVerbosity(pointer, PQERRORS_DEFAULT)
        guard PQsetnonblocking(pointer, 1) == 0 else { throw session.refused(configuration) }
        return session
    }

    private func logIn(_ configuration: PostgresConfiguration, until deadline: ContinuousClock.Instant) async throws {
        guard PQstatus(pointer) != CONNECTION_BAD else { throw refused(configuration) }
        var polling = PGRES_POLLING_WRITING
        var wasReached = false
        while polling != PGRES_POLLING_OK {
            guard polling == PGRES_POLLING_READING || polling == PGRES_POLLING_WRITING else {
                let error = refused(configuration)
                if wasReached || error.sqlState != nil { throw LoginRefused(error: error) }
                throw error
            }
            let status = PQstatus(pointer)
            if status == CONNECTION_AWAITING_RESPONSE || status == CONNECTION_AUTH_OK { wasReached = true }
            let interest: EventLoop.Interest = polling == PGRES_POLLING_READING ? .readable : .writable
            guard try await !waitForSocket(interest, until: deadline).isEmpty else {
                throw PostgresError(
                    .connectionFailed,
                    message: """
                        no answer from \(configuration.host), port \(configuration.port), within \
                        \(configuration.connectTimeout); is the address right and the server up?
                        """)
            }
            polling = PQconnectPoll(pointer)
        }
    }

    private func refused(_ configuration: PostgresConfiguration) -> PostgresError {
        let words = VerboseMessage(lastMessage)
        var error = PostgresError(
            .connectionFailed,
            message: """
                cannot connect to database \(configuration.database) as \(configuration.user) on \
                \(configuration.host), port \(configuration.port): \(words.text)
                """, sqlState: words.sqlState)
        if words.sqlState != nil { error.refusedUser = configuration.user }
        return error
    }
}

/// What `PQconnectStart` returned, on its way from the thread that called it.
private struct StartedConnection: @unchecked Sendable {
    // @unchecked: handed over once, never used by two threads at a time.
    let pointer: OpaquePointer?

    init(_ parameters: [(keyword: String, value: String)]) {
        let keywords = CStrings(parameters.map(\.keyword))
        let values = CStrings(parameters.map(\.value))
        pointer = keywords.withPointers { keywords in
            values.withPointers { values in PQconnectStartParams(keywords, values, 0) }
        }
    }
}

extension PostgresConfiguration {
    /// libpq's keywords. Nothing is pasted into a connection string, so no value needs quoting.
    func connectionParameters(startupOptions: Bool) -> [(keyword: String, value: String)] {
        var parameters = [
            ("host", host), ("port", String(port)), ("dbname", database), ("user", user),
            ("application_name", applicationName), ("fallback_application_name", "dashd"),
            ("client_encoding", "UTF8"), ("gssencmode", "disable"),
            // A dead peer is noticed within a minute on an idle connection, within 30 s on a waiting one.
            ("keepalives", "1"), ("keepalives_idle", "20"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"),
        ]
        if let password { parameters.append(("password", password.reveal())) }
        if startupOptions, !sessionSettings.isEmpty { parameters.append(("options", startupOptionText)) }
        return parameters
    }

    /// The settings as the server's command-line options; spaces and backslashes are escaped as it wants them.
    var startupOptionText: String {
        sessionSettings.sorted { $0.key < $1.key }
            .map { "-c " + "\($0.key)=\($0.value)".escaping([" ", "\\", "\n", "\t"]) }
            .joined(separator: " ")
    }
}

import Agents
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct AbandonedStatementTests {
    /// Arithmetic does not look for interrupts: from its first moment neither a cancellation nor the time limit ends it.
    private static let runaway = """
        SELECT sign(\(Array(repeating: "x * x", count: 60).joined(separator: " + ")))
        FROM (SELECT repeat('9', 65000)::numeric AS x OFFSET 0) AS v
        """

    /// With one session of the analyst's, and so many more for what was abandoned.
    private static func with(
        abandoned: Int, statementTimeout: Duration = .seconds(1),
        _ body: @Sendable (WarehouseFixture, @Sendable (String) -> any SQLRunner) async throws -> Void
    ) async throws {
        try await WarehouseFixture.with(configure: {
            $0.layers = WarehouseFixture.unguarded
            $0.analystConnections = 1
            $0.analystAbandoned = abandoned
            $0.statementTimeout = statementTimeout
            $0.cancelGrace = .milliseconds(200)
        }) { fixture in
            try await fixture.withApp { client in
                let access = WarehouseAccess(fixture.warehouse, log: AuditLog(client: client))
                try await body(fixture) { asker in
                    access(for: StatementContext(asker: Asker(id: asker), origin: Origin(surface: .terminal))).analyst
                }
                try await end(fixture)
            }
        }
    }

    /// Returns when none of them runs any more.
    private static func end(_ fixture: WarehouseFixture) async throws {
        _ = try await fixture.setup.value(
            """
            SELECT count(pg_terminate_backend(pid, 120000)) FROM pg_stat_activity
            WHERE usename = \(fixture.setup.roles.analyst) AND state = 'active'
            """)
    }

    @Test("While a statement that cannot be stopped goes on, its asker gets no other one, and others do")
    func runaway() async throws {
        try await Self.with(abandoned: 1) { fixture, analyst in
            #expect(fixture.connection.abandonedStatements == 0)
            let failure = try await fixture.failure(Self.runaway, of: analyst("local:ada"))
            #expect(failure?.errorClass == .timeout)
            #expect(fixture.connection.abandonedStatements == 1)
            #expect(fixture.connection.runningAbandonedStatements == 1)
            for _ in 0..<3 {
                let refusal = try await fixture.failure("SELECT 1", of: analyst("local:ada"))
                #expect(refusal?.errorClass == .limit)
                #expect(refusal?.message == "a statement of yours still runs on the server and cannot be stopped")
                #expect(refusal?.hint?.contains("15 more minutes at the most") == true, "\(refusal?.hint ?? "")")
            }
            #expect(try await analyst("local:bob").run("SELECT 1", keepingAs: "r").rows == [["1"]])
            #expect(fixture.connection.abandonedStatements == 1)

            try await Self.end(fixture)
            #expect(try await analyst("local:ada").run("SELECT 1", keepingAs: "r").rows == [["1"]])
            #expect(fixture.connection.abandonedStatements == 1)
            #expect(fixture.connection.runningAbandonedStatements == 0)
        }
    }

    @Test("A question that is cancelled leaves its statement to the same rule")
    func cancelled() async throws {
        try await Self.with(abandoned: 1, statementTimeout: .seconds(600)) { fixture, analyst in
            let runner = analyst("local:ada")
            let sql = Self.runaway
            let task = Task { try await runner.run(sql, keepingAs: "r") }
            try await fixture.waitUntilRunning("FETCH FORWARD __ %", as: fixture.setup.roles.analyst)
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(fixture.connection.abandonedStatements == 1)
            #expect(try await fixture.failure("SELECT 1", of: runner)?.errorClass == .limit)
        }
    }

    @Test("Where those that cannot be stopped have all sessions, everybody else is told that the database is busy")
    func full() async throws {
        try await Self.with(abandoned: 1) { fixture, analyst in
            for asker in ["local:ada", "local:bob"] {
                #expect(try await fixture.failure(Self.runaway, of: analyst(asker))?.errorClass == .timeout)
            }
            #expect(fixture.connection.runningAbandonedStatements == 2)
            let failure = try await fixture.failure("SELECT 1", of: analyst("local:carol"))
            #expect(failure?.isBusy == true)
            // The engineer's sessions are others.
            #expect(try await fixture.build("SELECT 1").rows == [["1"]])
            try await Self.end(fixture)
            #expect(try await analyst("local:carol").run("SELECT 1", keepingAs: "r").rows == [["1"]])
        }
    }

    // MARK: - What is believed of them

    private struct Watch {
        let abandoned: AbandonedStatements
        let time = Locked(ContinuousClock.now)
        var sessions: SandboxSessions { SandboxSessions(agent: "analyst", limit: 2, abandoned: abandoned) }

        init(_ client: PostgresClient) {
            let time = time
            abandoned = AbandonedStatements(
                client: client, logger: PostgresServer.logger, now: { time.withLock { $0 } })
        }

        func add(_ session: PostgresConnection, by asker: String) async throws {
            let row = try await session.query("SELECT pg_backend_pid() AS pid").rows.first
            let pid: Int = try #require(try row?.decode("pid"))
            await AbandonedStatements.$asker.withValue(asker) { await sessions.abandon(pid) }
        }

        func isRefused(_ asker: String, tolerating tolerated: Int = 0) async throws -> Bool {
            do {
                try await abandoned.requireEnd(ofThoseBy: asker, tolerating: tolerated)
                return false
            } catch let failure as SQLFailure where failure.errorClass == .limit {
                return true
            }
        }
    }

    /// The body gets a watch through the daemon's role, and a session that is in a transaction.
    private static func watching(
        _ body: @Sendable (SetupFixture, Watch, PostgresConnection) async throws -> Void
    ) async throws {
        try await WarehouseFixture.with { fixture in
            try await fixture.withApp { client in
                let session = try await fixture.setup.connect(fixture.setup.login(fixture.setup.roles.analyst))
                try await session.query("BEGIN")
                try await body(fixture.setup, Watch(client), session)
            }
        }
    }

    @Test("Its asker waits a quarter of an hour at most; the session stays counted until it is free")
    func longestBan() async throws {
        try await Self.watching { _, watch, session in
            try await watch.add(session, by: "ada")
            #expect(try await watch.isRefused("ada"))
            #expect(try await !watch.isRefused("bob"))
            #expect(try await !watch.isRefused("ada", tolerating: 1))
            watch.time.withLock { $0 += .seconds(899) }
            #expect(try await watch.isRefused("ada"))
            watch.time.withLock { $0 += .seconds(2) }
            #expect(try await !watch.isRefused("ada"))
            try await watch.sessions.enter()
            await #expect(throws: SQLFailure.self) { try await watch.sessions.enter() }
            #expect(watch.abandoned.count == 1)
            try await session.query("ROLLBACK")
            try await watch.sessions.enter()
            #expect(watch.abandoned.count == 0)
        }
    }

    @Test("A later transaction of the same process is not taken for it")
    func laterTransaction() async throws {
        try await Self.watching { _, watch, session in
            try await watch.add(session, by: "ada")
            try await session.query("ROLLBACK")
            try await session.query("BEGIN")
            #expect(try await !watch.isRefused("ada"))
            #expect(watch.abandoned.count == 0)
        }
    }

    @Test("What ended before anybody looked is forgotten at once")
    func ended() async throws {
        try await Self.watching { _, watch, session in
            try await session.query("ROLLBACK")
            try await watch.add(session, by: "ada")
            #expect(watch.abandoned.count == 0)
        }
    }

    @Test("Where the server does not tell, it is believed to go on for a quarter of an hour")
    func blind() async throws {
        try await Self.watching { setup, watch, session in
            try await setup.run("REVOKE SELECT ON pg_catalog.pg_locks FROM PUBLIC")
            try await watch.add(session, by: "ada")
            #expect(try await watch.isRefused("ada"))
            try await session.query("ROLLBACK")
            #expect(try await watch.isRefused("ada"))
            watch.time.withLock { $0 += .seconds(901) }
            #expect(try await !watch.isRefused("ada"))
            for _ in 0..<2 { try await watch.sessions.enter() }
            await #expect(throws: SQLFailure.self) { try await watch.sessions.enter() }
            #expect(watch.abandoned.count == 0)
        }
    }
}

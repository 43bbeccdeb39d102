import Postgres
import ServiceRuntime
import TestSupport
import Testing

@Suite struct CancellationTests {
    @Test("A cancelled task ends its statement on the server and gets a CancellationError")
    func cancel() async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.withConnection { connection in
                let task = Task { try await connection.query("SELECT pg_sleep(600)") }
                while try await client.query(
                    "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)' AND wait_event = 'PgSleep'"
                ).rows.isEmpty {
                    await Task.yield()
                }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                let next = try await connection.query("SELECT 1 AS one")
                #expect(next.rows.count == 1)
            }
        }
    }

    @Test("A statement timeout is the server's error, not a cancellation")
    func statementTimeout() async throws {
        try await PostgresServer.shared.withDatabase { configuration in
            var configuration = configuration
            configuration.settings = ["statement_timeout": "20ms"]
            let connection = try await PostgresConnection.connect(
                configuration, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query("SELECT pg_sleep(600)")
            }
            #expect(error?.code == .queryFailed)
            #expect(error?.sqlState == "57014")
            let next = try await connection.query("SELECT 1 AS one")
            #expect(next.rows.count == 1)
        }
    }

    @Test("A late cancel never hits the next statement")
    func lateCancel() async throws {
        try await PostgresServer.shared.withClient { client in
            let (cancelled, finished) = try await client.withConnection { connection in
                var (cancelled, finished) = (0, 0)
                for round in 0..<400 {
                    // Statements that end at about the moment the cancellation arrives.
                    let task = Task {
                        try await connection.query("SELECT pg_sleep(\(Double(round % 20) / 10_000)::float8)")
                    }
                    for _ in 0..<(round % 7) { await Task.yield() }
                    task.cancel()
                    do {
                        _ = try await task.value
                        finished += 1
                    } catch is CancellationError {
                        cancelled += 1
                    }
                    do {
                        let next = try await connection.query("SELECT pg_sleep(0.0005), \(round)::int8 AS round")
                        #expect(try next.rows.first?.decode("round", as: Int.self) == round)
                    } catch let error as PostgresError where error.code == .connectionLost {
                        // Given up because its cancellation came late: a fresh one for the rest.
                        return (cancelled, finished)
                    }
                }
                return (cancelled, finished)
            }
            #expect(cancelled + finished > 0)
        }
    }

    @Test("A pool serves the next task after any cancellation, early or late")
    func lateCancelInPool() async throws {
        try await PostgresServer.shared.withClient(maximumConnections: 1) { client in
            for round in 0..<400 {
                let task = Task {
                    try await client.query("SELECT pg_sleep(\(Double(round % 20) / 10_000)::float8)")
                }
                for _ in 0..<(round % 50) { await Task.yield() }
                task.cancel()
                do {
                    _ = try await task.value
                } catch {
                    #expect(error is CancellationError)
                }
                let next = try await client.query("SELECT pg_sleep(0.0005), \(round)::int8 AS round")
                #expect(try next.rows.first?.decode("round", as: Int.self) == round)
            }
        }
    }

    @Test("A cancelled transaction is rolled back, and its connection serves the next task")
    func cancelledTransaction() async throws {
        try await PostgresServer.shared.withClient(maximumConnections: 1) { client in
            try await client.query("CREATE TABLE t (n integer)")
            let backend = try await client.query("SELECT pg_backend_pid() AS pid").rows.first?["pid"]
            let inserted = AsyncStream<Void>.makeStream()
            let task = Task {
                try await client.withTransaction { connection in
                    try await connection.query("INSERT INTO t VALUES (1)")
                    inserted.continuation.finish()
                    try await connection.query("SELECT pg_sleep(600)")
                }
            }
            for await _ in inserted.stream {}
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let rows = try await client.query("SELECT * FROM t").rows
            #expect(rows.isEmpty)
            let same = try await client.query("SELECT pg_backend_pid() AS pid").rows.first?["pid"]
            #expect(same == backend)
        }
    }

    @Test("A task that is cancelled already sends nothing")
    func cancelledBefore() async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.query("CREATE TABLE t (n integer)")
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                try await client.query("INSERT INTO t VALUES (1)")
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let rows = try await client.query("SELECT * FROM t").rows
            #expect(rows.isEmpty)
        }
    }

    @Test("A cancelled connection attempt ends at once, also when nobody answers")
    func cancelledConnect() async throws {
        let silent = try SilentPort()
        let task = Task {
            _ = try await PostgresConnection.connect(
                PostgresConfiguration(
                    host: "127.0.0.1", port: silent.port, database: "x", user: "x", connectTimeout: .seconds(600)),
                eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
        }
        await Task.yield()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("A server that accepts and stays silent is a connection failure after the connect timeout")
    func silentServer() async throws {
        let silent = try SilentPort()
        let error = await #expect(throws: PostgresError.self) {
            _ = try await PostgresConnection.connect(
                PostgresConfiguration(
                    host: "127.0.0.1", port: silent.port, database: "x", user: "x", connectTimeout: .milliseconds(50)),
                eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
        }
        #expect(error?.code == .connectionFailed)
    }

    @Test("A statement that ignores its cancellation is given up after the grace, counted, and its place is free again")
    func abandoned() async throws {
        try await PostgresServer.shared.withDatabase { configuration in
            var impatient = configuration
            impatient.cancelGrace = .milliseconds(200)
            let client = PostgresClient(
                configuration: impatient, maximumConnections: 1, eventLoop: PostgresServer.eventLoop,
                logger: PostgresServer.logger)
            let backend = Locked<String?>(nil)
            let task = Task {
                try await client.withConnection { connection in
                    let pid = try await connection.query("SELECT pg_backend_pid() AS pid").rows.first?["pid"]
                    backend.withLock { $0 = pid }
                    // Writing an array out does not look for interrupts; planning, which a constant would be computed in, does.
                    try await connection.query(
                        "SELECT array_fill(0, ARRAY[i, 5000]) FROM generate_series(5000, 5000) i")
                }
            }
            let watcher = try await PostgresConnection.connect(
                configuration, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            while try await watcher.query(
                "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT array_fill%'"
            ).rows.isEmpty {
                await Task.yield()
            }
            #expect(client.abandonedSessions == 0)
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(client.abandonedSessions == 1)
            let next = try await client.query("SELECT pg_backend_pid() AS pid").rows.first?["pid"]
            #expect(next != backend.withLock { $0 })
            await client.close()
            // It is still running; the database cannot be dropped before it ends.
            try await watcher.query(
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE query LIKE 'SELECT array_fill%'")
        }
    }

    @Test("A statement that was cancelled in time is not counted as abandoned")
    func notAbandoned() async throws {
        try await PostgresServer.shared.withClient(maximumConnections: 1) { client in
            let task = Task { try await client.query("SELECT pg_sleep(600)") }
            for _ in 0..<50 { await Task.yield() }
            task.cancel()
            _ = await task.result
            #expect(client.abandonedSessions == 0)
        }
    }

    @Test("A retired connection is closed instead of lent again")
    func retired() async throws {
        try await PostgresServer.shared.withClient(maximumConnections: 1) { client in
            func backend() async throws -> String? {
                try await client.query("SELECT pg_backend_pid() AS pid").rows.first?["pid"]
            }
            let first = try await backend()
            #expect(try await backend() == first)
            try await client.withConnection { $0.retire() }
            #expect(try await backend() != first)
        }
    }

    @Test("Hundreds of cancellations at random moments, on a few connections: none reaches another statement")
    func hammer() async throws {
        try await PostgresServer.shared.withClient(maximumConnections: 4) { client in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        var random = SplitMix64(seed: UInt64(worker) + 1)
                        var cancelled = 0
                        for round in 0..<200 {
                            let length = Double(random.next() % 30) / 10_000
                            let yields = Int(random.next() % 60)
                            let task = Task { try await client.query("SELECT pg_sleep(\(length)::float8)") }
                            for _ in 0..<yields { await Task.yield() }
                            task.cancel()
                            do {
                                _ = try await task.value
                            } catch {
                                #expect(error is CancellationError)
                                cancelled += 1
                            }
                            let next = try await client.query("SELECT pg_sleep(0.0002), \(round)::int8 AS round")
                            #expect(try next.rows.first?.decode("round", as: Int.self) == round)
                        }
                        return cancelled
                    }
                }
                // Both sides of the race must have been met, or this shows nothing.
                let cancelled = try await group.reduce(0, +)
                #expect(cancelled > 30 && cancelled < 800, "\(cancelled) of 800")
            }
        }
    }
}

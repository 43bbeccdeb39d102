import Postgres
import ServiceRuntime
import TestSupport
import Testing

@Suite struct PoolTests {
    @Test("Who waits too long for a connection is told so, and nothing is lost by it")
    func timeout() async throws {
        try await PostgresServer.shared.withClient(maximumConnections: 1, leaseTimeout: .milliseconds(20)) { client in
            try await client.withConnection { _ in
                let error = await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") }
                #expect(error?.code == .poolTimeout)
            }
            let next = try await client.query("SELECT 1 AS one")
            #expect(next.rows.count == 1)
        }
    }

    @Test("Many tasks share few connections")
    func sharing() async throws {
        try await PostgresServer.shared.withClient(maximumConnections: 3) { client in
            let backends = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<100 {
                    group.addTask { try await client.query("SELECT pg_backend_pid() AS pid").rows[0].decode("pid") }
                }
                var backends: Set<String> = []
                for try await backend in group { backends.insert(backend) }
                return backends
            }
            #expect((1...3).contains(backends.count))
        }
    }

    @Test("Waiters that are cancelled leave no lease behind")
    func cancelledWaiters() async throws {
        try await PostgresServer.shared.withClient(maximumConnections: 2) { client in
            for round in 0..<50 {
                let tasks = (0..<8).map { _ in Task { try await client.query("SELECT pg_sleep(0.001)") } }
                for _ in 0..<(round % 5) { await Task.yield() }
                for task in tasks.dropFirst(round % 8) { task.cancel() }
                for task in tasks { _ = await task.result }
            }
            // Both slots are still there.
            try await client.withConnection { first in
                try await client.withConnection { second in
                    try await first.query("SELECT 1")
                    try await second.query("SELECT 1")
                }
            }
        }
    }

    @Test("A connection that died while idle is replaced without an error")
    func killedWhileIdle() async throws {
        try await PostgresServer.shared.withClient(maximumConnections: 1) { client in
            for _ in 0..<20 {
                let backend = try await Self.backend(client)
                try await Self.terminate(backend)
                let next = try await Self.backend(client)
                #expect(next != backend)
            }
        }
    }

    @Test("A connection that dies in a statement is an error for that statement only")
    func killedInUse() async throws {
        try await PostgresServer.shared.withClient { client in
            let error = await #expect(throws: PostgresError.self) {
                try await client.query("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(60)")
            }
            #expect(error?.code == .connectionLost)
            #expect(error?.sqlState == "57P01")
            let next = try await client.query("SELECT 1 AS one")
            #expect(next.rows.count == 1)
        }
    }

    @Test("A connection that is lost inside a transaction fails it, and nothing of it is kept")
    func killedInTransaction() async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.query("CREATE TABLE t (n integer)")
            let error = await #expect(throws: PostgresError.self) {
                try await client.withTransaction { connection in
                    try await connection.query("INSERT INTO t VALUES (1)")
                    try await Self.terminate(
                        connection.query("SELECT pg_backend_pid() AS pid").rows[0].decode("pid"))
                    try await connection.query("INSERT INTO t VALUES (2)")
                }
            }
            #expect(error?.code == .connectionLost)
            let rows = try await client.query("SELECT * FROM t").rows
            #expect(rows.isEmpty)
        }
    }

    @Test("A transaction left open by its user is not handed to the next one")
    func openTransaction() async throws {
        try await PostgresServer.shared.withClient(maximumConnections: 1) { client in
            try await client.query("CREATE TABLE t (n integer)")
            try await client.withConnection { connection in
                try await connection.query("BEGIN")
                try await connection.query("INSERT INTO t VALUES (1)")
            }
            let rows = try await client.query("SELECT * FROM t").rows
            #expect(rows.isEmpty)
        }
    }

    @Test("A transaction commits what it did, and rolls back what threw")
    func transactions() async throws {
        struct Refusal: Error {}
        try await PostgresServer.shared.withClient { client in
            try await client.query("CREATE TABLE t (n integer)")
            try await client.withTransaction { try await $0.query("INSERT INTO t VALUES (1)") }
            await #expect(throws: Refusal.self) {
                try await client.withTransaction { connection in
                    try await connection.query("INSERT INTO t VALUES (2)")
                    throw Refusal()
                }
            }
            let rows = try await client.query("SELECT * FROM t").rows
            #expect(rows.map(\.cells) == [["1"]])
        }
    }

    @Test("A transaction whose failure was swallowed is reported, not taken for committed")
    func swallowedFailure() async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.query("CREATE TABLE t (n integer)")
            let error = await #expect(throws: PostgresError.self) {
                try await client.withTransaction { connection in
                    try await connection.query("INSERT INTO t VALUES (1)")
                    _ = try? await connection.query("SELECT 1/0")
                }
            }
            #expect(error?.sqlState == "25P02")
            let rows = try await client.query("SELECT * FROM t").rows
            #expect(rows.isEmpty)
        }
    }

    @Test("A read-only transaction refuses to write")
    func readOnly() async throws {
        try await PostgresServer.shared.withClient { client in
            let error = await #expect(throws: PostgresError.self) {
                try await client.withTransaction(begin: "BEGIN READ ONLY") { try await $0.query("CREATE TABLE t ()") }
            }
            #expect(error?.sqlState == "25006")
        }
    }

    @Test("A closed client lets leases end and refuses further work")
    func close() async throws {
        try await PostgresServer.shared.withClient { client in
            let leased = AsyncStream<Void>.makeStream()
            let worker = Task {
                defer { leased.continuation.finish() }
                return try await client.withConnection { connection in
                    leased.continuation.finish()
                    try await connection.query("SELECT pg_sleep(0.05)")
                    return try await connection.query("SELECT 1 AS one").rows.count
                }
            }
            for await _ in leased.stream {}
            await client.close()
            let count = try await worker.value
            #expect(count == 1)
            let error = await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") }
            #expect(error?.code == .notRunning)
            await client.close()
        }
    }

    @Test("Cancelling who closes ends the wait for a lease that does not end")
    func cancelledClose() async throws {
        try await PostgresServer.shared.withClient { client in
            try await client.withConnection { connection in
                let closing = Task { await client.close() }
                closing.cancel()
                await closing.value
                let own = try await connection.query("SELECT 1 AS one")
                #expect(own.rows.count == 1)
            }
        }
    }

    @Test("The service ends on graceful shutdown and has closed the pool then")
    func gracefulShutdown() async throws {
        try await PostgresServer.shared.withClient { client in
            let shutdown = GracefulShutdown()
            let service = Task { try await shutdown.run { try await client.run() } }
            try await client.query("SELECT 1")
            shutdown.trigger()
            try await service.value
            let error = await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") }
            #expect(error?.code == .notRunning)
        }
    }

    private static func backend(_ client: PostgresClient) async throws -> Int {
        try await client.query("SELECT pg_backend_pid() AS pid").rows[0].decode("pid")
    }

    /// Ends the backend and returns when it has gone.
    private static func terminate(_ backend: Int) async throws {
        let administrator = try await PostgresConnection.connect(
            PostgresServer.shared.administrator(), eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
        try await administrator.query("SELECT pg_terminate_backend(\(backend)::int4, 10000)")
    }
}

import Postgres
import ServiceRuntime
import TestSupport
import Testing

@Suite struct StatementLimitsTests {
    private static let silent = Logger(label: "test", handler: { _, _, _, _ in })

    private static func client(_ configuration: PostgresConfiguration) -> PostgresClient {
        PostgresClient(
            configuration: configuration, maximumConnections: 2, eventLoop: PostgresServer.eventLoop, logger: silent)
    }

    private static func show(_ connection: PostgresConnection) async throws -> [String?] {
        var values: [String?] = []
        for name in ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"] {
            values += try await connection.query("SELECT current_setting(\(name))").rows.flatMap(\.cells)
        }
        return values
    }

    @Test("Every connection has limits on the server, of which settings may change one and a transaction all")
    func server() async throws {
        try await PostgresServer.shared.withDatabase { configuration in
            var configuration = configuration
            configuration.settings = ["lock_timeout": "7000"]
            let client = Self.client(configuration)
            #expect(try await client.withConnection { try await Self.show($0) } == ["30s", "7s", "1min"])
            let long = try await client.withTransaction(limits: .long) { try await Self.show($0) }
            #expect(long == ["15min", "1min", "1min"])
            #expect(try await client.withConnection { try await Self.show($0) } == ["30s", "7s", "1min"])
            await client.close()
        }
    }

    @Test("A statement, a wait for a lock and an idle transaction are ended by the server")
    func ended() async throws {
        try await PostgresServer.shared.withDatabase { configuration in
            let client = Self.client(configuration)
            // One short limit at a time: on a slow machine another one would come first.
            func limits(
                statement: Duration = .seconds(60), lock: Duration = .seconds(60), idle: Duration = .seconds(60)
            ) -> StatementLimits {
                StatementLimits(statement: statement, lock: lock, idleInTransaction: idle, silence: .seconds(120))
            }
            let slow = await #expect(throws: PostgresError.self) {
                try await client.withTransaction(limits: limits(statement: .milliseconds(100))) {
                    try await $0.query("SELECT pg_sleep(60)")
                }
            }
            #expect(slow?.sqlState == "57014")
            #expect(slow?.isPassing == false)
            try await client.query("CREATE TABLE t ()")
            try await client.withTransaction { blocker in
                try await blocker.query("LOCK TABLE t")
                let locked = await #expect(throws: PostgresError.self) {
                    try await client.withTransaction(limits: limits(lock: .milliseconds(20))) {
                        try await $0.query("SELECT FROM t")
                    }
                }
                #expect(locked?.sqlState == "55P03")
                #expect(locked?.isPassing == true)
            }
            await #expect(throws: PostgresError.self) {
                try await client.withTransaction(limits: limits(idle: .milliseconds(50))) { connection in
                    try await waitUntil {
                        try await client.query(
                            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        ).rows.isEmpty
                    }
                    try await connection.query("SELECT")
                }
            }
            await client.close()
        }
    }

    @Test(
        "A connection that swallows everything is given up, with those that were idle beside it",
        arguments: [nil, Duration.seconds(3)])
    func silence(_ ownLimit: Duration?) async throws {
        try await PostgresServer.shared.withDatabase { configuration in
            let proxy = try BlackHoleProxy(to: configuration.port)
            defer { proxy.stop() }
            var configuration = configuration
            configuration.port = proxy.port
            if ownLimit == nil { configuration.limits.silence = .seconds(3) }
            let client = Self.client(configuration)
            try await client.withConnection { first in
                try await client.withConnection { try await $0.query("SELECT") }
                try await first.query("SELECT")
            }
            proxy.swallowPresentConnections()
            let error = await #expect(throws: PostgresError.self) {
                try await client.withConnection(silence: ownLimit) { try await $0.query("SELECT 1") }
            }
            #expect(error?.code == .connectionLost)
            #expect(error?.isPassing == true)
            // The other one is gone as well: this one is new.
            let answer = try await client.query("SELECT 2 AS two").rows
            #expect(answer.map { $0["two"] } == ["2"])
            await client.close()
        }
    }

    @Test("The end of a transaction in a black hole is no longer waited for than its limits say")
    func silentEnd() async throws {
        try await PostgresServer.shared.withDatabase { configuration in
            let proxy = try BlackHoleProxy(to: configuration.port)
            defer { proxy.stop() }
            var configuration = configuration
            configuration.port = proxy.port
            let client = Self.client(configuration)
            let limits = StatementLimits(statement: .seconds(60), silence: .seconds(3))
            let error = await #expect(throws: PostgresError.self) {
                try await client.withTransaction(limits: limits) { connection in
                    try await connection.query("SELECT")
                    proxy.swallowPresentConnections()
                }
            }
            #expect(error?.code == .connectionLost)
            await client.close()
        }
    }

    @Test("A statement within a limit of its own is given up after it, cancelled or not", arguments: [true, false])
    func within(_ isCancelled: Bool) async throws {
        try await PostgresServer.shared.withDatabase { configuration in
            let client = Self.client(configuration)
            let task = Task { try await client.query("SELECT pg_sleep(600)", within: .seconds(1)) }
            try await waitUntil {
                try await client.query(
                    "SELECT FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)' AND pid <> pg_backend_pid() AND datname = current_database()"
                )
                .rows.count == 1
            }
            if isCancelled { task.cancel() }
            let error = await #expect(throws: PostgresError.self) { _ = try await task.value }
            #expect(error?.code == .connectionLost)
            await client.close()
        }
    }

    @Test(
        "A configured limit that a statement reaches is its own; a full disk is not",
        arguments: [
            ("53100", true), ("53200", true), ("53300", true), ("53400", false), ("57P01", true), ("57014", false),
            ("55P03", true), ("08006", true), ("23505", false),
        ])
    func passing(_ state: String, _ isPassing: Bool) {
        #expect(PostgresError(.queryFailed, message: "", sqlState: state).isPassing == isPassing)
    }
}

import FoundationEssentials
import Glibc
package import Postgres
package import ServiceRuntime

/// One real PostgreSQL for the whole test process, started by the first test that asks.
///
/// A watchdog process outside ours stops the server and removes its folder when we end, however we end.
package actor PostgresServer {
    package static let shared = PostgresServer()
    /// For all connections of the tests.
    package static let eventLoop = EventLoop()
    package static let logger = Logger(label: "test", minimumLevel: .error)

    /// All tests start at once; this many use the server at a time, so that none of them starves.
    private nonisolated let places = Places(6)
    private var starting: Task<PostgresConfiguration, any Error>?
    private var lastDatabase = 0

    /// The administrator's connection to the server's own database.
    package func administrator() async throws -> PostgresConfiguration {
        if let starting { return try await starting.value }
        let task = Task { try await Self.start() }
        starting = task
        return try await task.value
    }

    private static func start() async throws -> PostgresConfiguration {
        TestFolders.sweep()
        let folder = try TestFolders.make("postgres")
        let server = EmbeddedServer(
            folder: folder, database: "dash", binaries: ProcessInfo.processInfo.environment["PG_BIN"],
            settings: [
                "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "300",
                "autovacuum": "off", "max_wal_size": "4GB",
            ],
            eventLoop: eventLoop, logger: logger)
        var administrator = try await server.start()
        // On a busy machine a connection may take long; how long is not what these tests are about.
        administrator.connectTimeout = .seconds(60)
        return administrator
    }

    /// Runs the body with a fresh database of its own, which is dropped afterwards.
    package nonisolated func withDatabase<Result>(
        _ body: (PostgresConfiguration) async throws -> Result
    ) async throws -> Result {
        let administrator = try await administrator()
        try await places.take()
        defer { places.give() }
        let name = await nextDatabase()
        try await Self.administer(administrator, "CREATE DATABASE \(identifier: name) TEMPLATE template0")
        var configuration = administrator
        configuration.database = name
        do {
            let result = try await body(configuration)
            try await Self.drop(name, administrator)
            return result
        } catch {
            try await Self.drop(name, administrator)
            throw error
        }
    }

    /// As above with a pool on that database as its administrator.
    package nonisolated func withClient<Result>(
        maximumConnections: Int = 8, leaseTimeout: Duration = .seconds(30),
        _ body: (PostgresClient) async throws -> Result
    ) async throws -> Result {
        try await withDatabase { configuration in
            let client = PostgresClient(
                configuration: configuration, maximumConnections: maximumConnections, leaseTimeout: leaseTimeout,
                eventLoop: Self.eventLoop, logger: Self.logger)
            return try await body(client)
        }
    }

    /// Schema `ai`, where Dash's own tables live; the set-up makes it in production.
    package static func createAISchema(_ client: PostgresClient) async throws {
        try await client.query("CREATE SCHEMA IF NOT EXISTS ai")
    }

    private func nextDatabase() -> String {
        lastDatabase += 1
        return "test_\(getpid())_\(lastDatabase)"
    }

    private static func drop(_ name: String, _ administrator: PostgresConfiguration) async throws {
        // Of its own, so that a cancelled test cleans up as well.
        try await Task { try await administer(administrator, "DROP DATABASE \(identifier: name) WITH (FORCE)") }.value
    }

    private static func administer(_ configuration: PostgresConfiguration, _ query: PostgresQuery) async throws {
        let connection = try await PostgresConnection.connect(configuration, eventLoop: eventLoop, logger: logger)
        try await connection.query(query)
    }
}

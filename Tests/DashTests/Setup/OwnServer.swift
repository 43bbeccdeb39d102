import Postgres
import ServiceRuntime
import TestSupport

/// A PostgreSQL of this suite alone: what setup takes from everybody on an embedded server would hit other tests.
actor OwnServer {
    static let shared = OwnServer()
    /// Another one, on which databases come and go.
    static let withDatabases = OwnServer()

    private var starting: Task<PostgresConfiguration, any Error>?
    /// Kept, since the server stops when it goes.
    private var server: EmbeddedServer?

    func administrator() async throws -> PostgresConfiguration {
        if let starting { return try await starting.value }
        let server = EmbeddedServer(
            folder: try TestFolders.make("setup"), settings: ["fsync": "off", "max_connections": "100"],
            eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
        self.server = server
        let task = Task { try await server.start() }
        starting = task
        return try await task.value
    }
}

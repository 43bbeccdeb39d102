import FoundationEssentials
import Glibc
package import Postgres
package import ServiceRuntime

/// A home folder of `dashd` with its embedded PostgreSQL, which this process keeps running; removed at the end.
package final class BenchmarkHome: Sendable {
    package let path: String
    /// The embedded server's administrator.
    package let administrator: PostgresConfiguration
    package let eventLoop: EventLoop
    private let server: EmbeddedServer
    private let logger: Logger

    /// Runs the body with a fresh home whose server is running, with these settings over its own.
    package static func with<Result>(
        settings: [String: String] = [:], logger: Logger, _ body: (BenchmarkHome) async throws -> Result
    ) async throws -> Result {
        // Another account must be able to pass through: the server does not run as root.
        let path = "/tmp/dash-benchmark-\(getpid())-\(Hex.encode(RandomBytes.generate(3)))"
        guard mkdir(path, 0o711) == 0 else { throw SystemError(call: "mkdir \(path)") }
        let eventLoop = EventLoop()
        let server = EmbeddedServer(
            folder: path + "/postgres", settings: settings, eventLoop: eventLoop, logger: logger)
        do {
            let administrator = try await server.start()
            let home = BenchmarkHome(
                path: path, administrator: administrator, eventLoop: eventLoop, server: server, logger: logger)
            let result = try await body(home)
            await home.remove()
            return result
        } catch {
            await remove(path, server, eventLoop)
            throw error
        }
    }

    private init(
        path: String, administrator: PostgresConfiguration, eventLoop: EventLoop, server: EmbeddedServer,
        logger: Logger
    ) {
        self.path = path
        self.administrator = administrator
        self.eventLoop = eventLoop
        self.server = server
        self.logger = logger
    }

    /// The first cell of a statement run as the administrator.
    package func value(_ query: PostgresQuery) async throws -> String? {
        let connection = try await PostgresConnection.connect(administrator, eventLoop: eventLoop, logger: logger)
        return try await connection.query(query).rows.first?.cells.first ?? nil
    }

    private func remove() async {
        await Self.remove(path, server, eventLoop)
    }

    private static func remove(_ path: String, _ server: EmbeddedServer, _ eventLoop: EventLoop) async {
        // Of its own, so that an interrupted benchmark cleans up as well.
        await Task { try? await server.stop() }.value
        eventLoop.stop()
        try? FileManager.default.removeItem(atPath: path)
    }
}

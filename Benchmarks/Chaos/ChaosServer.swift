import FoundationEssentials
import Glibc
import Postgres
import ServiceRuntime

/// The run's own PostgreSQL: started, killed, restarted and asked.
final class ChaosServer: Sendable {
    let administrator: PostgresConfiguration
    let folder: String
    let eventLoop = EventLoop()
    private let server: EmbeddedServer
    private let logger: Logger

    /// Without `fsync`: what is killed here are processes, never the machine.
    init(folder: String, settings: [String: String] = [:], logger: Logger) async throws {
        self.folder = folder
        self.logger = logger
        let own = ["fsync": "off", "max_connections": "250"]
        server = EmbeddedServer(
            folder: folder, settings: own.merging(settings) { _, new in new }, eventLoop: eventLoop, logger: logger)
        administrator = try await server.start()
    }

    var port: Int { administrator.port }

    func start() async throws { _ = try await server.start() }

    func stop() async {
        // Of its own, so that an interrupted run cleans up as well.
        await Task { [server] in try? await server.stop() }.value
        eventLoop.stop()
    }

    /// `pg_ctl stop -m immediate`: no session is told, nothing is flushed.
    func stopImmediately() async throws {
        let pid = try postmaster()
        kill(pid, SIGQUIT)
        while kill(pid, 0) == 0 { try await Task.sleep(for: .milliseconds(20)) }
    }

    private func postmaster() throws -> Int32 {
        let text = try String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
        guard let pid = text.split(separator: "\n").first.flatMap({ Int32($0) }) else {
            throw SystemError(call: "reading postmaster.pid", code: EINVAL)
        }
        return pid
    }

    /// Runs statements as the administrator on a connection of their own, past every proxy; the first cell of the last.
    @discardableResult
    func value(_ statements: PostgresQuery...) async throws -> String? {
        try await rows(statements).last?.first?.cells.first ?? nil
    }

    func rows(_ query: PostgresQuery) async throws -> [PostgresRow] { try await rows([query]).last ?? [] }

    private func rows(_ statements: [PostgresQuery]) async throws -> [[PostgresRow]] {
        let connection = try await connect()
        var results: [[PostgresRow]] = []
        for statement in statements { results.append(try await connection.query(statement).rows) }
        return results
    }

    func connect() async throws -> PostgresConnection {
        try await PostgresConnection.connect(administrator, eventLoop: eventLoop, logger: logger)
    }
}

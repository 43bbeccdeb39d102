import FoundationEssentials
import Glibc
import Postgres
import ServiceRuntime
import TestSupport
import Testing

/// Each test has a server folder of its own; one after another, since starting servers is heavy.
@Suite(.serialized) struct EmbeddedServerTests {
    @Test("A new folder is initialised, keeps its data and port, and is private")
    func firstStart() async throws {
        let folder = try TestFolders.make("embedded") + "/it's a home/postgres"
        let first = Self.server(folder)
        let configuration = try await first.start()
        try await Self.run(configuration, "CREATE TABLE t AS SELECT 42 AS n")
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.database == "dash")
        #expect(try Self.mode(folder + "/password") == 0o600)
        #expect(try Self.mode(folder + "/data") == 0o700)
        let settings = [
            "server_encoding": "UTF8", "data_checksums": "off", "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "", "max_prepared_transactions": "0", "max_connections": "100",
        ]
        for (name, value) in settings {
            let shown = try await Self.run(configuration, "SHOW \(name)")
            #expect(shown == [value], "\(name)")
        }
        let backend = try #require(try await Self.run(configuration, "SELECT pg_backend_pid()").first ?? nil)
        let postmaster = try String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
        for process in [postmaster.prefix { $0.isNumber }, Substring(backend)] where !process.isEmpty {
            guard let limits = try? String(contentsOfFile: "/proc/\(process)/limits", encoding: .utf8) else { continue }
            let line = limits.split(separator: "\n").first { $0.hasPrefix("Max address space") } ?? ""
            #expect(line.contains("2147483648"), "\(line)")
        }
        try await first.stop()
        #expect(!Self.isRunning(folder))

        let again = try await Self.server(folder).start()
        #expect(again.port == configuration.port)
        let kept = try await Self.run(again, "SELECT n FROM t")
        #expect(kept == ["42"])
        // Left running on purpose: the folder's watchdog ends it.
    }

    @Test("Servers of the same folder are one; the last user to leave stops it")
    func sharing() async throws {
        let folder = try TestFolders.make("embedded") + "/postgres"
        let servers = (0..<3).map { _ in Self.server(folder) }
        let ports = try await withThrowingTaskGroup(of: Int.self) { group in
            for server in servers { group.addTask { try await server.start().port } }
            var ports: Set<Int> = []
            for try await port in group { ports.insert(port) }
            return ports
        }
        #expect(ports.count == 1)
        let configuration = try await servers[0].start()
        try await servers[0].stop()
        try await servers[1].stop()
        let answer = try await Self.run(configuration, "SELECT 1")
        #expect(answer == ["1"])
        try await servers[2].stop()
        #expect(!Self.isRunning(folder))
        try await servers[2].stop()
    }

    @Test("A server whose user was killed is joined, not started again")
    func abandonedServer() async throws {
        let folder = try TestFolders.make("embedded") + "/postgres"
        // Released without stop(): what SIGKILL of a user leaves.
        _ = try await Self.server(folder).start()
        let processID = try Self.processID(folder)
        let server = Self.server(folder)
        let configuration = try await server.start()
        #expect(try Self.processID(folder) == processID)
        let answer = try await Self.run(configuration, "SELECT 1")
        #expect(answer == ["1"])
        try await server.stop()
        #expect(!Self.isRunning(folder))
    }

    @Test("A killed postmaster is replaced, by a new user and by the service that watches it")
    func killedPostmaster() async throws {
        let folder = try TestFolders.make("embedded") + "/postgres"
        let first = Self.server(folder)
        var configuration = try await first.start()
        try await Self.run(configuration, "CREATE TABLE t AS SELECT 42 AS n")
        let sleeper = Task { [configuration] in try await Self.run(configuration, "SELECT pg_sleep(600)") }
        #expect(kill(try Self.processID(folder), SIGKILL) == 0)
        let second = Self.server(folder)
        configuration = try await second.start()
        var kept = try await Self.run(configuration, "SELECT n FROM t")
        #expect(kept == ["42"])
        await #expect(throws: PostgresError.self) { try await sleeper.value }

        let shutdown = GracefulShutdown()
        let service = Task { try await shutdown.run { try await second.run() } }
        let killed = try Self.processID(folder)
        #expect(kill(killed, SIGKILL) == 0)
        while !Self.isRunning(folder) || (try? Self.processID(folder)) == killed { await Task.yield() }
        configuration = try await first.start()
        kept = try await Self.run(configuration, "SELECT n FROM t")
        #expect(kept == ["42"])
        shutdown.trigger()
        try await service.value
        #expect(Self.isRunning(folder), "the first user is still there")
        try await first.stop()
        #expect(!Self.isRunning(folder))
    }

    @Test("A process number that was given away again does not keep the server from starting")
    func staleProcessFile() async throws {
        let folder = try TestFolders.make("embedded") + "/postgres"
        let server = Self.server(folder)
        _ = try await server.start()
        let file = folder + "/data/postmaster.pid"
        var lines = try String(contentsOfFile: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        try await server.stop()
        // Of the server's own account, so that PostgreSQL cannot tell it from a server.
        let other = try Self.startSleeper()
        defer { kill(other, SIGKILL) }
        lines[0] = "\(other)"
        try lines.joined(separator: "\n").write(toFile: file, atomically: false, encoding: .utf8)
        let configuration = try await server.start()
        let answer = try await Self.run(configuration, "SELECT 1")
        #expect(answer == ["1"])
        try await server.stop()
    }

    @Test("A pool goes on by itself when the server has been restarted")
    func restart() async throws {
        let folder = try TestFolders.make("embedded") + "/postgres"
        let server = Self.server(folder)
        let client = PostgresClient(
            configuration: try await server.start(), eventLoop: PostgresServer.eventLoop,
            logger: PostgresServer.logger)
        try await client.query("SELECT 1")
        try await server.stop()
        let error = await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") }
        #expect(error?.code == .connectionFailed)
        _ = try await server.start()
        let next = try await client.query("SELECT 1 AS one")
        #expect(next.rows.count == 1)
        await client.close()
        try await server.stop()
    }

    @Test("A port taken by someone else is given up for another")
    func takenPort() async throws {
        let folder = try TestFolders.make("embedded") + "/postgres"
        let server = Self.server(folder)
        _ = try await server.start()
        try await server.stop()
        let other = try SilentPort()
        try "\(other.port)\n".write(toFile: folder + "/port", atomically: false, encoding: .utf8)
        let configuration = try await server.start()
        #expect(configuration.port != other.port)
        let answer = try await Self.run(configuration, "SELECT 1")
        #expect(answer == ["1"])
        try await server.stop()
    }

    @Test("A folder whose password is gone says what to do")
    func missingPassword() async throws {
        let folder = try TestFolders.make("embedded") + "/postgres"
        let server = Self.server(folder)
        _ = try await server.start()
        try await server.stop()
        try FileManager.default.removeItem(atPath: folder + "/password")
        let error = await #expect(throws: ServerError.self) { _ = try await server.start() }
        #expect(error?.description.contains("password is gone") == true)
    }

    @Test("As root, a parent folder that the server's account cannot enter is named", .enabled(if: geteuid() == 0))
    func closedParent() async throws {
        let parent = try TestFolders.make("embedded") + "/closed"
        #expect(mkdir(parent, 0o700) == 0)
        let error = await #expect(throws: ServerError.self) { _ = try await Self.server(parent + "/postgres").start() }
        #expect(error?.description.contains("cannot enter \(parent):") == true)
    }

    @Test("As root, an account that does not exist is named", .enabled(if: geteuid() == 0))
    func missingAccount() async throws {
        let folder = try TestFolders.make("embedded") + "/postgres"
        let server = EmbeddedServer(
            folder: folder, account: "no-such-account", eventLoop: PostgresServer.eventLoop,
            logger: PostgresServer.logger)
        let error = await #expect(throws: ServerError.self) { _ = try await server.start() }
        #expect(error?.description.contains("no-such-account") == true)
    }

    private static func server(_ folder: String) -> EmbeddedServer {
        EmbeddedServer(
            folder: folder, binaries: ProcessInfo.processInfo.environment["PG_BIN"], settings: ["fsync": "off"],
            eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
    }

    @discardableResult
    private static func run(_ configuration: PostgresConfiguration, _ sql: String) async throws -> [String?] {
        let connection = try await PostgresConnection.connect(
            configuration, eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
        return try await connection.query(PostgresQuery(unescaped: sql)).rows.flatMap(\.cells)
    }

    private static func processID(_ folder: String) throws -> pid_t {
        let text = try String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
        // While a server starts, its file is empty for a moment.
        guard let processID = text.split(separator: "\n").first.flatMap({ pid_t($0) }) else { throw NoServer() }
        return processID
    }

    private static func isRunning(_ folder: String) -> Bool {
        guard let processID = try? processID(folder) else { return false }
        return kill(processID, 0) == 0
    }

    private static func mode(_ path: String) throws -> mode_t {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw SystemError(call: "lstat \(path)") }
        return status.st_mode & 0o777
    }

    private static func startSleeper() throws -> pid_t {
        let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(nothing) }
        let command =
            geteuid() == 0
            ? Command("/usr/bin/setpriv", ["--reuid=postgres", "--clear-groups", "--", "/usr/bin/sleep", "600"])
            : Command("/usr/bin/sleep", ["600"])
        return try command.spawn(input: nothing, output: nothing, error: nothing, group: .own)
    }

    private struct NoServer: Error {}
}

import FoundationEssentials
import Glibc
package import HTTP
import ServiceRuntime

/// One replica: a port, a way to the database and a home that stay, and processes that come and go.
package final class Replica: Sendable {
    package let number: Int
    package let port: Int
    /// Between this replica and the database.
    package let database: TCPProxy
    private let environment: [String: String]
    private let program: String
    private let folder: String
    private let lives = Locked<[ReplicaProcess]>([])

    /// - Parameters:
    ///   - isProxied: false for the straight way to the database, where times are measured.
    ///   - environment: without what is this replica's own.
    package init(
        number: Int, port: Int, databasePort: Int, isProxied: Bool = true, program: String,
        environment: [String: String], folder: String
    ) throws {
        self.number = number
        self.port = port
        self.program = program
        self.folder = folder
        database = try TCPProxy(to: databasePort)
        let home = "\(folder)/home-\(number)"
        mkdir(home, 0o700)
        self.environment = environment.merging([
            "DASH_HOME": home, "PORT": "\(port)", "DB_HOST": "127.0.0.1",
            "DB_PORT": "\(isProxied ? database.port : databasePort)",
        ]) { _, own in own }
    }

    /// - Parameters:
    ///   - failpoint: where it is to die, see `Failpoint`.
    ///   - other: another program than the replica's own.
    ///   - settings: over its own; nil removes one.
    ///   - wrapper: a program with arguments that runs the replica as its child.
    @discardableResult
    package func start(
        failpoint: String? = nil, other: String? = nil, changing settings: [String: String?] = [:],
        wrapper: [String] = []
    ) throws -> ReplicaProcess {
        var environment = environment
        environment["DASH_FAILPOINT"] = failpoint
        for (name, value) in settings { environment[name] = value }
        let number = lives.withLock { $0.count + 1 }
        let words = wrapper + [other ?? program, "serve"]
        let process = try ReplicaProcess(
            Command(words[0], Array(words.dropFirst()), environment: environment, directory: folder),
            log: "\(folder)/logs/replica-\(self.number)-\(number).log")
        lives.withLock { $0.append(process) }
        return process
    }

    package var current: ReplicaProcess? { lives.withLock { $0.last } }
    package var allLives: [ReplicaProcess] { lives.withLock { $0 } }

    package func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Status and cause of `/health`, nil where nobody answers.
    package func health(_ http: HTTPClient) async -> (status: Int, cause: String)? {
        guard
            let response = try? await http.send(
                HTTPRequest(method: .get, target: url("/health")), timeout: .seconds(6))
        else { return nil }
        return (response.status, (try? JSONValue(parsing: response.body))?["cause"]?.string ?? "")
    }

    /// False where it ended, or was not healthy in time.
    @discardableResult
    package func waitUntilHealthy(_ http: HTTPClient, within limit: Duration = .seconds(60)) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline, !Task.isCancelled, current?.isRunning == true {
            if await health(http)?.status == 200 { return true }
            try? await Task.sleep(for: .milliseconds(25))
        }
        return false
    }

    package func stop() {
        current?.killGroup()
        database.stop()
    }
}

import BenchmarkSupport
import FoundationEssentials
import Glibc
import HTTP
import ServiceRuntime

/// One replica: a port, a way to the database and a home that stay, and processes that come and go.
final class Replica: Sendable {
    let number: Int
    let port: Int
    /// Between this replica and the database.
    let database: TCPProxy
    private let environment: [String: String]
    private let program: String
    private let folder: String
    private let lives = Locked<[ReplicaProcess]>([])

    /// - Parameter environment: without what is this replica's own.
    init(
        number: Int, port: Int, databasePort: Int, program: String, environment: [String: String], folder: String
    ) throws {
        self.number = number
        self.port = port
        self.program = program
        self.folder = folder
        database = try TCPProxy(to: databasePort)
        let home = "\(folder)/home-\(number)"
        mkdir(home, 0o700)
        self.environment = environment.merging([
            "DASH_HOME": home, "PORT": "\(port)", "DB_HOST": "127.0.0.1", "DB_PORT": "\(database.port)",
        ]) { _, own in own }
    }

    /// - Parameters:
    ///   - failpoint: where it is to die, see `Failpoint`.
    ///   - other: another program than the replica's own, with other settings over its own; nil removes one.
    @discardableResult
    func start(
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

    var current: ReplicaProcess? { lives.withLock { $0.last } }
    var allLives: [ReplicaProcess] { lives.withLock { $0 } }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Status and cause of `/health`, nil where nobody answers.
    func health(_ http: HTTPClient) async -> (status: Int, cause: String)? {
        guard
            let response = try? await http.send(
                HTTPRequest(method: .get, target: url("/health")), timeout: .seconds(6))
        else { return nil }
        return (response.status, (try? JSONValue(parsing: response.body))?["cause"]?.string ?? "")
    }

    /// False where it ended, or was not healthy in time.
    @discardableResult
    func waitUntilHealthy(_ http: HTTPClient, within limit: Duration = .seconds(60)) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline, !Task.isCancelled, current?.isRunning == true {
            if await health(http)?.status == 200 { return true }
            try? await Task.sleep(for: .milliseconds(25))
        }
        return false
    }

    func stop() {
        current?.signal(SIGKILL)
        database.stop()
    }
}

import FoundationEssentials
import Glibc
package import HTTP
import ServiceRuntime

/// The `dashd` that is measured, with the settings it gets here.
package struct DashdProgram: Sendable {
    private let path: String
    private let home: BenchmarkHome
    private let environment: [String: String]
    package let port: Int

    /// The knowledge folder is the one in the working directory.
    package init(
        _ path: String, home: BenchmarkHome, slack: StubWebAPI?, adding settings: [String: String] = [:]
    ) throws {
        let folder = FileManager.default.currentDirectoryPath
        self.path = path.hasPrefix("/") ? path : "\(folder)/\(path)"
        guard access(self.path, X_OK) == 0 else {
            throw BenchmarkError("\(path) is no program: swift build -c release --product dashd, or give --dashd PATH")
        }
        self.home = home
        port = try LoopbackPort.find()
        var environment = [
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DASH_HOME": home.path, "PORT": "\(port)",
            "DASH_KNOWLEDGE_DIR": folder + "/knowledge", "DASH_LOG_LEVEL": "warning",
        ]
        if let slack {
            environment["SLACK_TOKEN"] = "xoxb-benchmark"
            environment["SLACK_SIGNING_SECRET"] = SlackEvents.secret
            environment["SLACK_API_URL"] = slack.baseURL
        }
        self.environment = environment.merging(settings) { _, new in new }
    }

    /// Runs one command to its end; throws `BenchmarkError` with what it wrote where it fails.
    package func run(_ arguments: String...) async throws {
        let outcome = try await Command(path, arguments, environment: environment, directory: home.path).run(
            timeout: .seconds(120))
        guard outcome.isSuccess else {
            throw BenchmarkError("dashd \(arguments.joined(separator: " ")) failed: \(outcome.errorText.suffix(2000))")
        }
    }

    /// Runs the body while `dashd serve` is up, from the first `/health` that is 200.
    package func serving<Result>(
        _ http: HTTPClient, _ body: (DashdServer) async throws -> Result
    ) async throws -> Result {
        let server = try start()
        do {
            try await server.waitUntilHealthy(http)
            let result = try await body(server)
            try await server.stop()
            return result
        } catch {
            server.kill()
            throw server.explained(error)
        }
    }

    /// Starts a command that reads and writes the given descriptors; whoever calls waits for its end.
    package func spawn(_ arguments: [String], input: Int32, output: Int32) throws -> Int32 {
        try Command(path, arguments, environment: environment, directory: home.path).spawn(
            input: input, output: output, error: STDERR_FILENO, group: .own)
    }

    /// Starts `dashd serve`; whoever calls stops it.
    package func start() throws -> DashdServer {
        let log = home.path + "/serve.log"
        let output = open(log, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0o600)
        let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer {
            close(output)
            close(input)
        }
        let startedAt = ContinuousClock.now
        let process = try Command(path, ["serve"], environment: environment, directory: home.path).spawn(
            input: input, output: output, error: output, group: .own)
        return DashdServer(process: process, port: port, log: log, startedAt: startedAt)
    }
}

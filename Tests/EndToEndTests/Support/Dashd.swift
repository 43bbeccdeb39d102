import FoundationEssentials
import Glibc
import Postgres
import ServiceRuntime
import TestSupport

/// The real binary with settings of its own: a database on the test server and a home in a temporary folder.
struct Dashd {
    /// The program beside the tests, or the one that the environment names: what is shipped is the optimised one.
    static let path = ProcessInfo.processInfo.environment["DASH_TESTED_PROGRAM"] ?? binaryFolder + "/dashd"

    var environment: [String: String]
    let home: String

    /// Settings for a given database; the roles get a prefix of their own, since roles belong to the whole server.
    init(database: PostgresConfiguration, adding more: [String: String] = [:]) throws {
        home = try TestFolders.make("home")
        environment = [
            "PATH": "/usr/bin:/bin", "DASH_HOME": home, "DB_HOST": database.host, "DB_PORT": String(database.port),
            "DB_USER": database.user, "DB_PASS": database.password?.reveal() ?? "", "DB_DATABASE": database.database,
            "DASH_SAMPLE_DATABASE": database.database, "DASH_ROLE_PREFIX": "e2e_" + Hex.encode(RandomBytes.generate(4)),
            "DASH_KNOWLEDGE_DIR": FileManager.default.currentDirectoryPath + "/knowledge", "PORT": "0",
        ]
        environment.merge(more) { _, new in new }
    }

    /// Runs one command to its end.
    func run(_ arguments: String..., input: String = "", timeout: Duration = .seconds(300)) async throws
        -> Command.Outcome
    {
        try await Command(
            Self.path, arguments, environment: environment, directory: home, input: Array(input.utf8)
        ).run(timeout: timeout)
    }

    /// Starts `dashd serve`, waits until it is ready, runs the body and stops it with SIGTERM.
    func serving<Result>(_ body: (DaemonProcess) async throws -> Result) async throws -> Result {
        let daemon = try await DaemonProcess(self)
        do {
            let result = try await body(daemon)
            try await daemon.stop()
            return result
        } catch {
            daemon.kill()
            throw error
        }
    }

    /// The tests' own bundle stands beside the products.
    private static var binaryFolder: String {
        let link = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let bundle = ProcessInfo.processInfo.arguments.first { $0.hasSuffix(".xctest") } ?? link
        return bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }
}

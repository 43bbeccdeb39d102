import FoundationEssentials
import Glibc
package import HTTP
package import ServiceRuntime

/// What every benchmark does around its measuring: parts that must run meanwhile, signals, and one JSON object.
package struct Benchmark: Service {
    package struct World: Sendable {
        package var home: BenchmarkHome
        package var http: HTTPClient
        package var slack: StubWebAPI
        package var logger: Logger
    }

    private let http: HTTPClient
    private let slack: StubWebAPI
    private let logger: Logger
    private let body: @Sendable (World) async throws -> JSONValue

    private init(
        http: HTTPClient, slack: StubWebAPI, logger: Logger, body: @escaping @Sendable (World) async throws -> JSONValue
    ) {
        self.http = http
        self.slack = slack
        self.logger = logger
        self.body = body
    }

    /// Measures, prints the report with the name and the number of processors, and ends the process: 0, or 1 with the
    /// cause on standard error. Everything it started is gone then, also after SIGINT and SIGTERM.
    package static func main(
        _ name: String, _ body: @escaping @Sendable (World) async throws -> JSONValue
    ) async -> Never {
        CryptoLibrary.initialize()
        let logger = Logger(label: "benchmark", minimumLevel: .error)
        let http = HTTPClient(logger: logger)
        let slack = StubWebAPI(logger: logger)
        do {
            let benchmark = Benchmark(http: http, slack: slack, logger: logger) { world in
                var report = try await body(world).object ?? [:]
                report["benchmark"] = .string(name)
                report["processors"] = .integer(Int64(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
                return .object(report)
            }
            try await ServiceGroup([http, slack, benchmark], logger: logger).run()
            exit(0)
        } catch {
            FileHandle.complain("\(name): \(error)\n")
            exit(1)
        }
    }

    package func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await slack.waitUntilListening()
            let report = try await BenchmarkHome.with(logger: logger) { home in
                try await body(World(home: home, http: http, slack: slack, logger: logger))
            }
            print(report.encoded())
        }
    }
}

private enum FileHandle {
    static func complain(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}

import FoundationEssentials
import Glibc
package import HTTP
package import ServiceRuntime

extension Benchmark {
    /// As `main(_:_:)` without a PostgreSQL and a Slack of its own: runs the body beside an HTTP client, prints its report
    /// and ends the process with 0, or with 1 where the body says that something is wrong.
    package static func bare(
        _ name: String,
        _ body: @escaping @Sendable (HTTPClient, Logger) async throws -> (report: JSONValue, isGood: Bool)
    ) async -> Never {
        CryptoLibrary.initialize()
        UnixSignals.ignoreBrokenPipes()
        let logger = Logger(label: name, minimumLevel: .error)
        let http = HTTPClient(logger: logger)
        let isGood = Locked(false)
        do {
            let run = BareRun {
                let result = try await body(http, logger)
                var report = result.report.object ?? [:]
                report["benchmark"] = .string(name)
                report["processors"] = .integer(Int64(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
                print(JSONValue.object(report).encoded())
                isGood.withLock { $0 = result.isGood }
            }
            try await ServiceGroup([http, run], logger: logger).run()
        } catch {
            complain("\(name): \(error)")
            exit(1)
        }
        exit(isGood.withLock { $0 } ? 0 : 1)
    }

    /// A line on standard error, where progress is told.
    package static func complain(_ text: String) {
        let bytes = Array("\(text)\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}

private struct BareRun: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await body() }
    }
}

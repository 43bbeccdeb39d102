import FoundationEssentials
import Glibc
package import HTTP
import ServiceRuntime

/// A running `dashd serve`.
package final class DashdServer: Sendable {
    package let process: Int32
    package let port: Int
    package let startedAt: ContinuousClock.Instant
    private let log: String
    private let isReaped = Locked(false)

    init(process: Int32, port: Int, log: String, startedAt: ContinuousClock.Instant) {
        self.process = process
        self.port = port
        self.log = log
        self.startedAt = startedAt
    }

    package func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Asks `/health` every two milliseconds until it is 200; returns the time since the start.
    @discardableResult
    package func waitUntilHealthy(_ http: HTTPClient) async throws -> Duration {
        let deadline = startedAt + .seconds(60)
        while ContinuousClock.now < deadline, isRunning {
            let response = try? await http.send(
                HTTPRequest(method: .get, target: url("/health")), timeout: .seconds(5))
            if response?.status == 200 { return startedAt.duration(to: .now) }
            try await Task.sleep(for: .milliseconds(2))
        }
        throw BenchmarkError("dashd did not become healthy")
    }

    /// SIGTERM, then waits for the end; throws where the exit code is not 0.
    package func stop() async throws {
        Glibc.kill(process, SIGTERM)
        let process = process
        let status = try await SystemThread.run(name: "wait") {
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0 {
                guard errno == EINTR else { throw SystemError(call: "waitpid") }
            }
            return status
        }
        isReaped.withLock { $0 = true }
        guard status == 0 else { throw BenchmarkError("dashd ended with status \(status)") }
    }

    package func kill() {
        isReaped.withLock { isReaped in
            guard !isReaped else { return }
            Glibc.kill(process, SIGKILL)
            var status: Int32 = 0
            waitpid(process, &status, 0)
            isReaped = true
        }
    }

    /// The error with the end of the daemon's log.
    func explained(_ error: any Error) -> any Error {
        guard !(error is CancellationError) else { return error }
        let tail = (try? String(contentsOfFile: log, encoding: .utf8))?.suffix(2000) ?? ""
        return BenchmarkError("\(error)\n\(tail)")
    }

    private var isRunning: Bool {
        isReaped.withLock { isReaped in
            guard !isReaped else { return false }
            var status: Int32 = 0
            isReaped = waitpid(process, &status, WNOHANG) != 0
            return !isReaped
        }
    }
}

import FoundationEssentials
import Glibc
import HTTP
import ServiceRuntime
import TestSupport

/// A running `dashd serve`.
final class DaemonProcess: Sendable {
    let port: Int
    let welcome: String
    private let process: pid_t
    private let log: String
    private let isReaped = Locked(false)

    /// Returns when the daemon has said that it listens.
    init(_ dashd: Dashd) async throws {
        log = dashd.home + "/serve.log"
        let output = dashd.home + "/serve.out"
        let command = Command(Dashd.path, ["serve"], environment: dashd.environment, directory: dashd.home)
        let outputFile = open(output, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
        let logFile = open(log, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0o600)
        let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer {
            for descriptor in [outputFile, logFile, input] { close(descriptor) }
        }
        process = try command.spawn(input: input, output: outputFile, error: logFile, group: .ownSession)
        let deadline = ContinuousClock.now + .seconds(300)
        while true {
            let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
            if text.hasSuffix("\n"), let port = Self.port(in: text) {
                welcome = text
                self.port = port
                return
            }
            var status: Int32 = 0
            guard waitpid(process, &status, WNOHANG) == 0, ContinuousClock.now < deadline else {
                let tail = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
                throw DaemonError(description: "dashd serve did not become ready: \(tail.suffix(2000))")
            }
            // There is nothing to wait on but the file: the daemon tells people, not programs, when it is ready.
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    var processID: pid_t { process }
    var logText: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// SIGTERM, then waits for the end; throws where the exit code is not 0.
    func stop() async throws {
        Glibc.kill(process, SIGTERM)
        try await waitForExit(0)
    }

    /// Waits for the end; throws where the exit code is another one.
    func waitForExit(_ code: Int32) async throws {
        let status = try await waitForEnd()
        // The code is in the second byte, and the first is 0 where no signal ended it.
        guard status == code << 8 else {
            throw DaemonError(description: "dashd ended with status \(status): \(logText.suffix(2000))")
        }
    }

    func kill() {
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        if isReaped.withLock({ !$0 }) { waitpid(process, &status, 0) }
    }

    private func waitForEnd() async throws -> Int32 {
        let process = process
        let status = try await SystemThread.run(name: "wait") {
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0 {
                guard errno == EINTR else { throw SystemError(call: "waitpid") }
            }
            return status
        }
        isReaped.withLock { $0 = true }
        return status
    }

    private static func port(in welcome: String) -> Int? {
        guard let range = welcome.firstRange(of: "http://localhost:") else { return nil }
        return Int(welcome[range.upperBound...].prefix { $0.isNumber })
    }
}

struct DaemonError: Error, CustomStringConvertible {
    var description: String
}

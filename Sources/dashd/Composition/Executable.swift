import FoundationEssentials
import Glibc
import ServiceRuntime

/// A program on the search path that takes over the terminal for a while.
struct Executable {
    private let path: String

    /// Throws `CommandFailure` naming the package where the program is not installed.
    init(_ name: String, package: String) throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        guard
            let path = folders.map({ (folder) -> String in "\(folder)/\(name)" }).first(where: {
                Glibc.access($0, X_OK) == 0
            })
        else {
            throw CommandFailure("\(name) is not installed: apt-get install \(package)")
        }
        self.path = path
    }

    /// Runs it on our standard input and output and returns its exit code; Ctrl-C is the program's meanwhile.
    func run(_ arguments: [String], adding environment: [String: String]) async throws -> Int32 {
        let command = ServiceRuntime.Command(
            path, arguments, environment: ProcessInfo.processInfo.environment.merging(environment) { _, new in new })
        signal(SIGINT, SIG_IGN)
        defer { signal(SIGINT, SIG_DFL) }
        let process = try command.spawn(
            input: STDIN_FILENO, output: STDOUT_FILENO, error: STDERR_FILENO, group: .ours)
        return try await withTaskCancellationHandler {
            try await SystemThread.run(name: "wait") { try Self.wait(for: process) }
        } onCancel: {
            kill(process, SIGTERM)
        }
    }

    /// Its exit code, or 128 and the signal's number as a shell has it.
    private static func wait(for process: pid_t) throws -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw SystemError(call: "waitpid") }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}

/// A program to run, with everything it gets from us.
package struct Command: Sendable {
    /// An absolute path; no shell and no search path are involved.
    package var executable: String
    package var arguments: [String]
    /// The whole environment of the program; nil passes ours on.
    package var environment: [String: String]?
    package var directory: String?
    /// What the program reads from its standard input.
    package var input: [UInt8]

    package init(
        _ executable: String, _ arguments: [String] = [], environment: [String: String]? = nil,
        directory: String? = nil, input: [UInt8] = []
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        self.input = input
    }

    /// How the program ended and what it wrote.
    package struct Outcome: Sendable, Equatable {
        package enum Ending: Sendable, Equatable {
            case exited(Int32)
            case killed(signal: Int32)
        }

        package var ending: Ending
        /// Cut at the limit given to `run`.
        package var output: [UInt8]
        package var errorOutput: [UInt8]

        package var isSuccess: Bool { ending == .exited(0) }
        package var outputText: String { String(decoding: output, as: UTF8.self) }
        package var errorText: String { String(decoding: errorOutput, as: UTF8.self) }
    }

    /// Runs the program to its end, on a thread of its own, without waiting for children it leaves behind.
    ///
    /// A program that takes longer than `timeout` is killed with its process group: `CommandError.timedOut`; so is one
    /// whose task is cancelled: `CancellationError`. Throws `SystemError` when it cannot be started.
    package func run(timeout: Duration, outputLimit: Int = 1 << 20) async throws -> Outcome {
        try Task.checkCancellation()
        let run = CommandRun(self, deadline: .now + timeout, outputLimit: outputLimit)
        let outcome = try await withTaskCancellationHandler {
            try await SystemThread.run(name: "command") { try run.perform() }
        } onCancel: {
            run.kill()
        }
        try Task.checkCancellation()
        guard let outcome else { throw CommandError.timedOut(executable: executable, after: timeout) }
        return outcome
    }
}

/// Why a program has no outcome.
package enum CommandError: Error, Sendable, CustomStringConvertible {
    case timedOut(executable: String, after: Duration)

    package var description: String {
        switch self {
        case .timedOut(let executable, let limit): "\(executable) did not end within \(limit) and was killed"
        }
    }
}

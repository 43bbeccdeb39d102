import ServiceRuntime

/// One command of `dashd`. Made from its arguments, run once.
protocol Subcommand: Sendable {
    static var usage: CommandUsage { get }

    /// The signals that cancel it; it deals with the others itself.
    static var cancellingSignals: [UnixSignal] { get }

    init(_ arguments: Arguments) throws(UsageError)

    /// Throws `UsageError` for exit code 2, anything else for exit code 1.
    func run() async throws
}

extension Subcommand {
    static var cancellingSignals: [UnixSignal] { [.interrupt, .terminate, .hangup] }
}

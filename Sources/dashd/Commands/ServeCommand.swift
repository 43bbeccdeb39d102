import FoundationEssentials
import ServiceRuntime

/// The daemon: Slack events, questions, answers, until a signal.
struct ServeCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["serve"], summary: "Run the daemon",
        discussion: """
            Listens on PORT, answers in Slack when SLACK_TOKEN and SLACK_SIGNING_SECRET are set, and keeps a PostgreSQL of
            its own when DB_HOST is not. SIGTERM finishes what runs; a second one ends at once.
            """)

    /// A signal is a request to stop in good order.
    static let cancellingSignals: [UnixSignal] = []

    init(_ arguments: Arguments) {}

    func run() async throws {
        let settings = try Settings.current()
        let logger = Logger(
            label: "dashd", minimumLevel: settings.logLevel ?? .info, metadata: ["replica": Replica.name])
        for notice in settings.notices { logger.notice("setting ignored", ["notice": notice]) }
        try await Daemon(settings, logger: logger).run()
    }
}

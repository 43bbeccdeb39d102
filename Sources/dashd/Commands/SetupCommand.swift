import Dash
import ServiceRuntime

/// Roles, schemas, grants and Dash's own tables.
struct SetupCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["setup"], summary: "Create or mend roles, schemas and Dash's own tables",
        options: [.init(name: "verbose", value: nil, help: "Show every statement that ran")],
        discussion: """
            Needs an administrator: DB_USER and DB_PASS, with CREATEROLE and CREATE on the database; superuser is not
            needed. Changes only what differs; serve does the same at start unless DASH_AUTO_SETUP is off.
            """)

    private let isVerbose: Bool

    init(_ arguments: Arguments) {
        isVerbose = arguments.has("verbose")
    }

    func run() async throws {
        let settings = try Settings.current()
        if case .server(let server) = settings.database, server.administrator == nil {
            throw CommandFailure("setup needs the administrator: set DB_USER and DB_PASS")
        }
        try await Application.with(
            settings, logger: settings.commandLogger, settingUp: true, isChecking: true, report: tell
        ) { _ in }
    }

    @Sendable private func tell(_ outcome: SetupOutcome) {
        if isVerbose { for change in outcome.changes { Terminal.write("changed: \(change)\n") } }
        for finding in outcome.findings { Terminal.write(FindingText(finding).rendered + "\n") }
        Terminal.write(ChangeSummary(outcome.changes).text + "\n")
    }
}

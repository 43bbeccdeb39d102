import Dash
import ServiceRuntime

/// Roles, schemas, grants and Dash's own tables.
struct SetupCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["setup"], summary: "Create or mend roles, schemas and Dash's own tables",
        discussion: """
            Needs an administrator: DB_USER and DB_PASS, with CREATEROLE and CREATE on the database; superuser is not
            needed. Changes only what differs; serve does the same at start unless DASH_AUTO_SETUP is off.
            """)

    init(_ arguments: Arguments) {}

    func run() async throws {
        let settings = try Settings.current()
        if case .server(let server) = settings.database, server.administrator == nil {
            throw CommandFailure("setup needs the administrator: set DB_USER and DB_PASS")
        }
        try await Application.with(
            settings, logger: settings.commandLogger, settingUp: true, isChecking: true, report: Self.tell
        ) { _ in }
    }

    @Sendable private static func tell(_ outcome: SetupOutcome) {
        for change in outcome.changes { Terminal.write("changed: \(change)\n") }
        for finding in outcome.findings { Terminal.write(FindingText(finding).rendered + "\n") }
        Terminal.write(
            outcome.changes.isEmpty ? "Everything was in place.\n" : "\(outcome.changes.count) change(s) made.\n")
    }
}

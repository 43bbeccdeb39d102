import Dash
import ServiceRuntime

/// Roles, schemas, grants and Dash's own tables.
struct SetupCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["setup"], summary: "Create or mend roles, schemas and Dash's own tables",
        options: [
            .init(name: "verbose", value: nil, help: "Show every statement that ran"),
            .init(
                name: "lockdown", value: nil,
                help: "Also take from PUBLIC what agents would have through it; asks first"),
            .init(name: "yes", value: nil, help: "Agree to every statement of --lockdown"),
        ],
        discussion: """
            Needs an administrator: DB_USER and DB_PASS, with CREATEROLE and CREATE on the database; superuser is not
            needed. Changes only what differs; serve does the same at start unless DASH_AUTO_SETUP is off.

            On a server of yours nothing is ever revoked from PUBLIC, because other applications live there. --lockdown does
            that for the databases, schemas, tables and functions that the administrator owns: it shows every statement and
            asks. What somebody else would have to run is listed.
            """)

    private let isVerbose: Bool
    private let locksDown: Bool
    private let hasAgreed: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        isVerbose = arguments.has("verbose")
        locksDown = arguments.has("lockdown")
        hasAgreed = arguments.has("yes")
        guard locksDown || !hasAgreed else {
            throw UsageError("--yes answers what --lockdown asks; give both", command: "setup")
        }
    }

    func run() async throws {
        let settings = try Settings.current()
        if case .server(let server) = settings.database, server.administrator == nil {
            throw CommandFailure("setup needs the administrator: set DB_USER and DB_PASS")
        }
        try await Application.with(
            settings, logger: settings.commandLogger, settingUp: true, report: tell
        ) { application in
            if locksDown { try await lockDown(application.servers) }
        }
    }

    private func lockDown(_ servers: DatabaseServers) async throws {
        guard servers.embedded == nil || servers.warehouse != nil else {
            Terminal.write("Dash's own server is always locked down.\n")
            return
        }
        let previews = try await servers.previewsOfLockdown()
        let statements = previews.flatMap(\.changes)
        guard !statements.isEmpty else {
            for finding in previews.flatMap(\.findings) { Terminal.write(FindingText(finding).rendered + "\n") }
            Terminal.write("There is nothing that this administrator could lock down.\n")
            return
        }
        Terminal.write("\nLocking down runs:\n")
        for statement in statements { Terminal.write("    \(statement);\n") }
        Terminal.write(
            "\nOther applications that have a right only because everybody has it lose it; grant it to their roles first.\n"
        )
        let consent = OperatorConsent(hasAgreed: hasAgreed, flag: "--yes")
        guard try await consent.isGiven(for: "Run these \(statements.count) statement(s)?") else {
            Terminal.write("Nothing was locked down.\n")
            return
        }
        tell(try await servers.lockDown(previews))
    }

    @Sendable private func tell(_ outcome: SetupOutcome) {
        if isVerbose { for change in outcome.changes { Terminal.write("changed: \(change)\n") } }
        for finding in outcome.findings { Terminal.write(FindingText(finding).rendered + "\n") }
        Terminal.write(ChangeSummary(outcome.changes).text + "\n")
    }
}

import Dash
import ServiceRuntime

/// Roles, schemas, grants and Dash's own tables.
struct SetupCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["setup"], summary: "Create or fix roles, schemas and Dash's own tables",
        options: [
            .init(name: "verbose", value: nil, help: "Show every statement that ran"),
            .init(
                name: "lockdown", value: nil,
                help: "Also take from PUBLIC what agents would have through it; asks first"),
            .init(name: "yes", value: nil, help: "Agree to every statement of --lockdown"),
            .init(
                name: "take-over", value: nil,
                help: "Set the roles' passwords anew where another administrator's set-up has set them"),
        ],
        discussion: """
            Needs an administrator: DB_USER and DB_PASS, with CREATEROLE and CREATE on the database; superuser is not
            needed. Changes only what differs; serve does the same at start unless DASH_AUTO_SETUP is off.

            On a server of yours nothing is ever revoked from PUBLIC, because other applications live there. --lockdown does
            that for the databases, schemas, tables and functions that the administrator owns: it shows every statement and
            asks. What somebody else would have to run is listed. It does nothing but run these statements, so a superuser
            may lock down what another administrator has set up.

            The passwords of Dash's roles derive from the administrator's unless they are given. Those that another
            administrator's set-up has set are left, because a Dash may be running with them, unless --take-over is given.
            """)

    private let isVerbose: Bool
    private let locksDown: Bool
    private let hasAgreed: Bool
    private let takesOver: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        isVerbose = arguments.has("verbose")
        locksDown = arguments.has("lockdown")
        hasAgreed = arguments.has("yes")
        takesOver = arguments.has("take-over")
        guard locksDown || !hasAgreed else {
            throw UsageError("--yes answers what --lockdown asks; give both", command: "setup")
        }
        guard !locksDown || !takesOver else {
            throw UsageError("--lockdown leaves passwords alone; run setup --take-over by itself", command: "setup")
        }
    }

    func run() async throws {
        let settings = try Settings.current()
        if case .server(let server) = settings.database, server.administrator == nil {
            throw CommandFailure("setup needs the administrator: set DB_USER and DB_PASS")
        }
        guard !locksDown else { return try await lockDown(settings) }
        try await Application.with(
            settings, logger: settings.commandLogger, settingUp: true, takingOverPasswords: takesOver, report: tell
        ) { _ in }
    }

    /// Nothing but the statements that were agreed to changes anything: what is shown before was rolled back.
    private func lockDown(_ settings: Settings) async throws {
        if case .embedded = settings.database, settings.warehouse == nil {
            Terminal.write("Dash's own server is always locked down.\n")
            return
        }
        try await DatabaseServers.with(settings, logger: settings.commandLogger) { servers in
            SecretScan.process.register(settings.secrets + servers.secrets)
            do {
                try await lockDown(servers)
            } catch {
                throw LoginProblem(error, roles: servers.roles) ?? error
            }
        }
    }

    private func lockDown(_ servers: DatabaseServers) async throws {
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
        if !outcome.renewedPasswords.isEmpty {
            Terminal.write(
                "New passwords were set for \(outcome.renewedPasswords.joined(separator: ", ")): a Dash that runs with other "
                    + "settings can no longer log in.\n")
        }
    }
}

import Glibc
import Postgres
import ServiceRuntime

/// psql as the administrator, on the configured or the embedded database.
struct PsqlCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["psql"], summary: "Open psql on Dash's database as the administrator",
        positionals: [.init(name: "SQL", help: "Run this statement and leave", isOptional: true)],
        discussion: """
            Needs DB_USER, or the embedded database. Piped SQL stops at its first error; the exit code is 1 then.
            """)

    /// Ctrl-C is psql's.
    static let cancellingSignals = [UnixSignal.terminate, .hangup]

    private let statement: String?

    init(_ arguments: Arguments) {
        statement = arguments[positional: 0]
    }

    func run() async throws {
        let settings = try Settings.current()
        try await DatabaseServers.with(settings, logger: settings.commandLogger) { servers in
            guard let administrator = servers.state.administrator else {
                throw CommandFailure("psql needs the administrator: set DB_USER and DB_PASS")
            }
            let psql = try Executable("psql", package: "postgresql-client")
            var environment = [
                "PGHOST": administrator.host, "PGPORT": String(administrator.port), "PGUSER": administrator.user,
                "PGDATABASE": administrator.database, "PGAPPNAME": "dashd psql",
            ]
            environment["PGPASSWORD"] = administrator.password?.reveal()
            // At a prompt a mistake ends nothing; a script's first one ends it, so that the exit code tells.
            var words =
                isatty(STDIN_FILENO) == 1 && statement == nil ? [] : ["--no-psqlrc", "--set", "ON_ERROR_STOP=1"]
            if let statement { words += ["--command", statement] }
            let status = try await psql.run(words, adding: environment)
            guard status == 0 else { throw CommandFailure("psql ended with status \(status)") }
        }
    }
}

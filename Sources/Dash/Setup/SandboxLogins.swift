package import Postgres
package import ServiceRuntime

/// Whether the sandbox roles can log in, and whether the analyst's sessions are read only as asked for.
package struct SandboxLogins: Sendable {
    private let analyst: PostgresConfiguration
    private let engineer: PostgresConfiguration
    private let eventLoop: EventLoop
    private let logger: Logger

    package init(
        analyst: PostgresConfiguration, engineer: PostgresConfiguration, eventLoop: EventLoop, logger: Logger
    ) {
        self.analyst = analyst
        self.engineer = engineer
        self.eventLoop = eventLoop
        self.logger = logger
    }

    /// Logs in once as each. A server that is away or full is no finding. Throws `CancellationError`.
    package func reports() async throws -> [SetupCheck.Report] {
        var logins = SetupCheck.Report(title: "the sandbox roles can log in", findings: [])
        var readOnly = SetupCheck.Report(title: "the analyst's sessions are read only", findings: [])
        for configuration in [analyst, engineer] {
            do {
                let connection = try await PostgresConnection.connect(
                    configuration, eventLoop: eventLoop, logger: logger)
                guard configuration.user == analyst.user else { continue }
                let row = try await connection.query(
                    "SELECT pg_catalog.current_setting('default_transaction_read_only') AS setting"
                ).rows.first
                if row?["setting"] != "on" { readOnly.findings.append(Self.writable(configuration)) }
            } catch let error as PostgresError where error.isRefusedLogin {
                logins.findings.append(
                    SetupFinding(
                        .fatal, .login, "role \(configuration.user) cannot log in: \(error.message)",
                        remedy: Self.remedy(for: error, configuration))
                )
            } catch is PostgresError {
                try Task.checkCancellation()
            }
        }
        return [logins, readOnly]
    }

    private static func remedy(for error: PostgresError, _ configuration: PostgresConfiguration) -> String? {
        let user = PostgresQuery.quoted(identifier: configuration.user)
        return switch error.sqlState {
        case let state? where state.hasPrefix("28"): "ALTER ROLE \(user) LOGIN PASSWORD '…'"
        case "42501":
            "GRANT CONNECT ON DATABASE \(PostgresQuery.quoted(identifier: configuration.database)) TO \(user)"
        default: nil
        }
    }

    private static func writable(_ configuration: PostgresConfiguration) -> SetupFinding {
        SetupFinding(
            .fatal, .writeAccess,
            "sessions of role \(configuration.user) are not read only: something between Dash and the server, such as a "
                + "pooler, drops the setting",
            remedy: "ALTER ROLE \(PostgresQuery.quoted(identifier: configuration.user)) "
                + "SET default_transaction_read_only = on")
    }
}

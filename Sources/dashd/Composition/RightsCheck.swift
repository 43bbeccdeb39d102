import Dash
import Postgres
import ServiceRuntime

/// Looks at roles and rights on every server, as the daemon's role.
struct RightsCheck: Sendable {
    let servers: DatabaseServers
    let database: PostgresClient
    let warehouse: WarehouseConnection
    let eventLoop: EventLoop
    let logger: Logger

    /// What the roles may do that they must not, and cannot do that they should. Throws `PostgresError` where a server is
    /// away.
    func reports() async throws -> [SetupCheck.Report] {
        var reports: [SetupCheck.Report] = []
        for (_, plan) in servers.plans {
            let client = plan.parts.contains(.state) ? database : warehouse.app
            reports += try await SetupCheck(plan: plan).reports(on: client)
        }
        return try await reports
            + SandboxLogins(
                analyst: warehouse.analyst.configuration, engineer: warehouse.engineer.configuration,
                eventLoop: eventLoop, logger: logger
            ).reports()
    }
}

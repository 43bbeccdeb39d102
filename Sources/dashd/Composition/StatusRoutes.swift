import Dash
import HTTP
import ServiceRuntime
import SlackAPI

/// `GET /`, `/live` and `/health`: what runs, what is off and why. Each answers within about a second, whatever the
/// servers do.
struct StatusRoutes: Sendable {
    let settings: Settings
    let health: Health
    let probes: ServerProbes
    let gate: SQLGate
    /// What keeps Slack's Web API from being used at the moment.
    let slackTrouble: @Sendable () -> SlackCalls.Trouble?
    /// How many statements of agents went on although they had been cancelled, and of how many that is still so.
    let abandonedStatements: @Sendable () -> (all: Int, running: Int)

    func install(on router: inout HTTPRouter) {
        router.on(.get, "/live") { _ in .json(["status": "ok"]) }
        router.on(.get, "/health") { _ in
            let report = await report()
            var body: [String: JSONValue] = ["status": .string(report.status.rawValue)]
            body["cause"] = report.cause.map(JSONValue.string)
            body["slack"] = settings.slack == nil ? "off" : "on"
            // Questions still come in and are answered, so this is no reason for a balancer to turn away.
            body["sql"] = causesOfSQLOff.isEmpty ? "on" : "off"
            let abandoned = abandonedStatements()
            body["abandoned_statements"] = .integer(Int64(abandoned.all))
            body["abandoned_statements_running"] = .integer(Int64(abandoned.running))
            if !report.warnings.isEmpty { body["warnings"] = .array(report.warnings.map(JSONValue.string)) }
            return .json(.object(body), status: report.isReady ? 200 : 503)
        }
        router.on(.get, "/") { _ in
            let report = await report()
            return .html(
                StatusPage(
                    settings, cause: report.isReady ? nil : report.cause, sqlIsOffBecause: causesOfSQLOff,
                    warnings: report.warnings
                ).html)
        }
    }

    /// What keeps statements of agents from running; empty while nothing does.
    private var causesOfSQLOff: [String] {
        guard case .off(let findings) = gate.state else { return [] }
        return findings.map(\.message)
    }

    private func report() async -> HealthReport {
        // Nobody is asked about a daemon that does not answer questions anyway.
        guard health.state == .ready else { return HealthReport(state: health.state, database: .silence) }
        async let warehouse = probes.warehouse?.outcome()
        let database = await probes.state.outcome()
        return HealthReport(
            state: health.state, database: database, warehouse: await warehouse, sqlIsOffBecause: causesOfSQLOff,
            slack: slackTrouble(), findings: health.warnings)
    }
}

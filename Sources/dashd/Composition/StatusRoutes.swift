import Dash
import HTTP
import Postgres
import ServiceRuntime

/// `GET /`, `/live` and `/health`: what runs, what is off and why.
struct StatusRoutes: Sendable {
    private let settings: Settings
    private let health: Health
    private let database: PostgresClient
    private let gate: SQLGate
    private let abandonedStatements: @Sendable () -> (all: Int, running: Int)

    /// - Parameter abandonedStatements: how many statements of agents went on although they had been cancelled, and of
    ///   how many that is still so.
    init(
        _ settings: Settings, health: Health, database: PostgresClient, gate: SQLGate,
        abandonedStatements: @escaping @Sendable () -> (all: Int, running: Int)
    ) {
        self.settings = settings
        self.health = health
        self.database = database
        self.gate = gate
        self.abandonedStatements = abandonedStatements
    }

    func install(on router: inout HTTPRouter) {
        router.on(.get, "/live") { _ in .json(["status": "ok"]) }
        router.on(.get, "/health") { _ in
            let (status, cause) = await check()
            var body: [String: JSONValue] = ["status": .string(status)]
            body["cause"] = cause.map(JSONValue.string)
            body["slack"] = settings.slack == nil ? "off" : "on"
            // Questions still come in and are answered, so this is no reason for a balancer to turn away.
            body["sql"] = causesOfSQLOff.isEmpty ? "on" : "off"
            if cause == nil, !causesOfSQLOff.isEmpty {
                body["status"] = "degraded"
                body["cause"] = .string(
                    "SQL tools are off: \(causesOfSQLOff.joined(separator: "; ")). dashd doctor names what fixes it")
            }
            let abandoned = abandonedStatements()
            body["abandoned_statements"] = .integer(Int64(abandoned.all))
            body["abandoned_statements_running"] = .integer(Int64(abandoned.running))
            let warnings = health.warnings
            if !warnings.isEmpty { body["warnings"] = .array(warnings.map(JSONValue.string)) }
            return .json(.object(body), status: cause == nil ? 200 : 503)
        }
        router.on(.get, "/") { _ in
            let (_, cause) = await check()
            return .html(
                StatusPage(
                    settings, cause: cause, sqlIsOffBecause: causesOfSQLOff, warnings: health.warnings
                ).html)
        }
    }

    /// What keeps statements of agents from running; empty while nothing does.
    private var causesOfSQLOff: [String] {
        guard case .off(let findings) = gate.state else { return [] }
        return findings.map(\.message)
    }

    /// The state in a word, and the cause where Dash cannot work.
    private func check() async -> (String, String?) {
        if case .starting(let cause) = health.state { return ("starting", cause) }
        do {
            _ = try await withTimeout(.seconds(2)) { try await database.query("SELECT 1") }
            return ("ok", nil)
        } catch {
            return ("unavailable", "PostgreSQL does not answer; questions wait and are answered when it is back")
        }
    }
}

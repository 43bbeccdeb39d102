import Dash
import HTTP
import Postgres
import ServiceRuntime

/// Brings the database up to date when the daemon starts, waiting for it while it is away; then opens the gate and loads
/// the knowledge folder.
struct StartUp: Service {
    var application: Application
    var knowledge: KnowledgeSync
    var health: Health
    var readiness: ReadinessLatch
    var server: HTTPServer
    var logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await prepare() }
        } catch is CancellationError {
            return
        } catch let error as HTTPError where error.code == .bindFailed {
            // The server itself says so.
            return
        }
        await gracefulShutdown()
    }

    private func prepare() async throws {
        let port = try await server.boundPort
        var attempt = 0
        while true {
            do {
                let outcome = try await application.prepare(settingUp: application.settings.autoSetup)
                let warnings = outcome.findings.filter { !$0.isFatal }.map(\.message)
                for warning in warnings { logger.warning("rights", ["finding": warning]) }
                health.set(findings: warnings.count)
                break
            } catch let error as PostgresError where error.isPassing {
                attempt += 1
                let problem = LoginProblem(error, roles: application.servers.roles)
                // Anybody may read it there: hosts and names are for the log.
                health.set(.starting(problem.map(\.description) ?? "waiting for PostgreSQL, which cannot be reached"))
                logger.warning(
                    "PostgreSQL cannot be used yet, trying again",
                    ["error": problem.map(\.description) ?? error.message])
                try await Task.sleep(
                    for: Backoff(initial: .milliseconds(200), maximum: .seconds(5)).delay(afterAttempt: attempt))
            }
        }
        health.set(.ready)
        logger.info("ready", ["port": "\(port)", "slack": application.settings.slack == nil ? "off" : "on"])
        // Events are accepted by now; questions wait until there is something to answer them from.
        await knowledge.load()
        readiness.open()
        Terminal.write(Welcome(application.settings, port: port).text)
    }
}

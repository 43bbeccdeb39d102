import Dash
import HTTP
import ServiceRuntime

/// Looks at everything Dash depends on and says what to fix.
struct DoctorCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["doctor"], summary: "Check database, roles, time zones, Slack and model",
        discussion: "Each finding names its remedy. Exit code 1 where something keeps Dash from working.")

    init(_ arguments: Arguments) {}

    func run() async throws {
        let settings = try Settings.current()
        let logger = Logger(label: "dashd", minimumLevel: .error)
        let findings =
            [Self.timeZones(settings)] + (await Self.database(settings, logger))
            + (try await Self.services(settings, logger))
        for finding in findings { Terminal.write(finding.text) }
        guard !findings.contains(where: { $0.state == .broken }) else {
            throw CommandFailure("something keeps Dash from working; see above")
        }
    }

    private static func database(_ settings: Settings, _ logger: Logger) async -> [DoctorFinding] {
        do {
            return try await Application.with(settings, logger: logger) { application in
                await DatabaseDoctor(application).findings()
            }
        } catch let problem as LoginProblem {
            return [.broken("database", problem.cause, remedy: problem.remedy)]
        } catch {
            let remedy =
                switch settings.database {
                case .embedded:
                    "look into \(settings.home)/postgres/run/server.log, or set DB_HOST to a server of yours"
                case .server: "start the server, or fix DB_HOST, DB_PORT, DB_DATABASE, DB_USER and DB_PASS"
                }
            return [.broken("database", "\(error)", remedy: remedy)]
        }
    }

    /// What is outside answers or not, whatever the database does.
    private static func services(_ settings: Settings, _ logger: Logger) async throws -> [DoctorFinding] {
        let http = HTTPClient(logger: logger)
        return await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await http.run() }
            defer { group.cancelAll() }
            let model = Application.models(settings, http: http, logger: logger).model
            return await SlackDoctor(settings.slack, http: http).findings()
                + ModelDoctor(settings, model: model).findings()
        }
    }

    /// The release binary carries no time zones of its own.
    private static func timeZones(_ settings: Settings) -> DoctorFinding {
        do {
            _ = try TimeZoneRules(identifier: "Europe/Paris")
            return .fine("time zones", "tzdata is there; Dash works in \(settings.timeZone.identifier)")
        } catch {
            return .broken("time zones", "\(error)", remedy: "apt-get install tzdata")
        }
    }
}

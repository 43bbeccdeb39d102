import Dash
import ServiceRuntime

/// Looks at everything Dash depends on and says what to mend.
struct DoctorCommand: Subcommand {
    static let usage = CommandUsage(
        path: ["doctor"], summary: "Check database, roles, time zones, Slack and model",
        discussion: "Each finding names its remedy. Exit code 1 where something keeps Dash from working.")

    init(_ arguments: Arguments) {}

    func run() async throws {
        let settings = try Settings.current()
        var findings = [Self.timeZones(settings)]
        do {
            findings += try await Application.with(
                settings, logger: Logger(label: "dashd", minimumLevel: .error), isChecking: true
            ) { application in
                await DatabaseDoctor(application).findings()
                    + SlackDoctor(settings.slack, http: application.http).findings()
                    + ModelDoctor(settings, model: application.models.model).findings()
            }
        } catch {
            findings.append(
                .broken("database", "\(error)", remedy: "start the server, or mend DB_HOST, DB_USER and DB_PASS"))
        }
        for finding in findings { Terminal.write(finding.text) }
        guard !findings.contains(where: { $0.state == .broken }) else {
            throw CommandFailure("something keeps Dash from working; see above")
        }
    }

    /// The release binary carries no time zones of its own.
    private static func timeZones(_ settings: Settings) -> DoctorFinding {
        do {
            _ = try TimeZoneRules(identifier: "Europe/Paris")
            return .fine("time zones", "tzdata is there; Dash works in \(settings.timeZone)")
        } catch {
            return .broken("time zones", "\(error)", remedy: "apt-get install tzdata")
        }
    }
}

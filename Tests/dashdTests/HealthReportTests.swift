import Dash
import Postgres
import ServiceRuntime
import SlackAPI
import Testing

@testable import dashd

@Suite struct HealthReportTests {
    private static let away = SharedProbe<QueueState>.Outcome.failure(PostgresError(.connectionFailed, message: "gone"))

    private func queue(_ change: (inout QueueState) -> Void = { _ in }) -> SharedProbe<QueueState>.Outcome {
        var queue = QueueState()
        change(&queue)
        return .value(queue)
    }

    @Test(
        "Not ready, each with its cause",
        arguments: [
            (Health.State.starting("waiting for it"), HealthReport.Status.starting, "waiting for it"),
            (.stopping, .stopping, "stopping"),
        ])
    func notReady(state: Health.State, status: HealthReport.Status, cause: String) {
        let report = HealthReport(state: state, database: queue())
        #expect(report.status == status)
        #expect(!report.isReady)
        #expect(report.cause?.contains(cause) == true)
    }

    @Test("Without its own database Dash is unavailable, whatever kind of away that is")
    func databaseAway() {
        for outcome in [
            Self.away, .silence, queue { $0.isReadOnly = true }, .failure(CancellationError()),
            .failure(PostgresError(.queryFailed, message: "no such table", sqlState: "42P01")),
        ] {
            let report = HealthReport(state: .ready, database: outcome)
            #expect(report.status == .unavailable)
            #expect(!report.isReady)
            #expect(report.cause?.contains("PostgreSQL") == true)
        }
    }

    @Test("With the company's database away, or SQL off, Dash is degraded and takes questions")
    func degraded() {
        let silent = HealthReport(state: .ready, database: queue(), warehouse: .silence)
        #expect(silent.status == .degraded)
        #expect(silent.isReady)
        #expect(silent.cause?.contains("company's data") == true)
        let both = HealthReport(
            state: .ready, database: queue(), warehouse: .failure(CancellationError()), sqlIsOffBecause: ["a right"])
        #expect(both.cause?.contains("a right") == true)
        #expect(both.cause?.contains("company's data") == true)
        #expect(HealthReport(state: .ready, database: queue(), warehouse: .value(true)).status == .ok)
    }

    @Test("Trouble with Slack and messages that wait are warnings")
    func warnings() {
        #expect(HealthReport(state: .ready, database: queue()).warnings.isEmpty)
        let late = queue { $0.messages[.delayed] = QueueState.Depth(count: 1, seconds: 720) }
        let report = HealthReport(
            state: .ready, database: late, slack: .tokenRefused("token_revoked"), findings: ["1 finding"])
        #expect(report.status == .ok)
        #expect(report.warnings.count == 3)
        #expect(report.warnings.contains { $0.contains("SLACK_TOKEN") })
        #expect(report.warnings.contains { $0.contains("12 minutes") })
        let young = queue { $0.messages[.delayed] = QueueState.Depth(count: 1, seconds: 60) }
        #expect(HealthReport(state: .ready, database: young, slack: .unreachable).warnings.count == 1)
    }

    @Test("What stops does not become ready again")
    func stopping() {
        let health = Health()
        health.set(.ready)
        #expect(health.state == .ready)
        health.stop()
        health.set(.ready)
        #expect(health.state == .stopping)
    }
}

import Postgres
import ServiceRuntime
import SlackAPI

/// Whether questions are answered, and what is not as it should be. Anybody may read it: it names no host and no person.
struct HealthReport: Sendable {
    enum Status: String, Sendable {
        case ok
        /// Questions come in, and some are answered with what is missing.
        case degraded
        case starting, stopping
        /// Questions cannot be taken.
        case unavailable
    }

    var status: Status
    var cause: String?
    var warnings: [String] = []

    /// Whether a balancer should send requests here.
    var isReady: Bool { status == .ok || status == .degraded }

    /// Longer than any pause that Slack asks for in good order.
    static let longestDelivery = 300.0

    init(
        state: Health.State, database: SharedProbe<QueueState>.Outcome, warehouse: SharedProbe<Bool>.Outcome? = nil,
        sqlIsOffBecause causes: [String] = [], slack: SlackCalls.Trouble? = nil, findings: [String] = []
    ) {
        (status, cause) = Self.status(state, database)
        guard isReady else { return }
        if !causes.isEmpty {
            degrade("SQL tools are off: \(causes.joined(separator: "; ")). dashd doctor names what fixes it")
        }
        switch warehouse {
        case .failure, .silence:
            degrade(
                "the PostgreSQL with the company's data does not answer; questions about it are answered when it is back"
            )
        case .value, nil: break
        }
        warnings = findings
        switch slack {
        case .tokenRefused: warnings.append("Slack does not accept the token; set SLACK_TOKEN")
        case .unreachable: warnings.append("Slack does not answer; answers wait until it does")
        case nil: break
        }
        if case .value(let queue) = database,
            let oldest = queue.messages.values.map(\.seconds).max(), oldest > Self.longestDelivery
        {
            warnings.append("messages have been waiting for Slack for \(Int(oldest / 60)) minutes; the log says why")
        }
    }

    private mutating func degrade(_ more: String) {
        status = .degraded
        cause = [cause, more].compactMap(\.self).joined(separator: ". ")
    }

    private static func status(
        _ state: Health.State, _ database: SharedProbe<QueueState>.Outcome
    ) -> (Status, String?) {
        switch state {
        case .starting(let cause): return (.starting, cause)
        case .stopping: return (.stopping, "the daemon is stopping; what was taken is answered here or by another one")
        case .ready: break
        }
        switch database {
        case .value(let queue) where queue.isReadOnly:
            return (.unavailable, "PostgreSQL takes no writes: it is a standby, or was made read only")
        case .value: return (.ok, nil)
        case .failure(let error as PostgresError) where !error.isPassing:
            return (.unavailable, "PostgreSQL answers, but Dash's own tables cannot be read; the log says why")
        case .failure, .silence:
            return (.unavailable, "PostgreSQL does not answer; questions wait and are answered when it is back")
        }
    }
}

import Agents
package import ServiceRuntime

/// Statements of agents, by whose rights they had and what became of them.
package struct StatementMetrics: Sendable {
    enum Role: String, MetricLabel {
        case analyst, engineer, other
        static let name = "role"

        init(_ agent: AgentName) { self = Self(rawValue: agent.rawValue) ?? .other }
    }

    enum Verdict: String, MetricLabel {
        case ran
        case refusedByGuard = "refused_guard"
        case refusedByDatabase = "refused_database"
        case failed, stopped
        static let name = "verdict"

        init(_ verdict: StatementVerdict) {
            switch verdict.outcome {
            case .ran: self = .ran
            case .refused: self = verdict.layer == .guard ? .refusedByGuard : .refusedByDatabase
            case .failed: self = .failed
            case .stopped: self = .stopped
            }
        }
    }

    private let statements: MetricFamily<MetricLabelPair<Role, Verdict>, Counter>
    private let durations: MetricFamily<Role, Histogram>

    package init(_ registry: MetricRegistry) {
        statements = registry.counters(
            "dash_sql_statements_total", "Statements of agents, by role and verdict.",
            by: MetricLabelPair<Role, Verdict>.self)
        durations = registry.histograms(
            "dash_sql_statement_seconds", "How long statements of agents took, waiting for a session included.",
            by: Role.self, bounds: HistogramBounds.calls)
    }

    func note(_ verdict: StatementVerdict, of agent: AgentName, after duration: Duration) {
        let role = Role(agent)
        statements[role, Verdict(verdict)].increment()
        durations[role].observe(duration)
    }
}

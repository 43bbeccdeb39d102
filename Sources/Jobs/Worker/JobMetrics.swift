package import ServiceRuntime

/// Jobs that this process ran, by how their attempts ended.
package struct JobMetrics: Sendable {
    enum Outcome: String, MetricLabel {
        case done, cancelled
        /// It will be tried again.
        case retried
        /// For good; somebody was told.
        case failed
        /// Given back by a worker that stops, without counting the attempt.
        case putBack = "put_back"
        /// The database was away.
        case interrupted
        /// Its lease ran out while it ran here.
        case lost
        static let name = "outcome"

        init(_ outcome: JobExecution.Outcome) {
            switch outcome {
            case .closed, .completed: self = .done
            case .lost: self = .lost
            case .cancelled: self = .cancelled
            case .putBack: self = .putBack
            case .waitForDatabase, .postponed: self = .interrupted
            case .retry: self = .retried
            case .failed: self = .failed
            }
        }
    }

    let attempts: MetricFamily<Outcome, Counter>
    let durations: Histogram
    let leaseLosses: Counter
    let takeovers: Counter

    package init(_ registry: MetricRegistry) {
        attempts = registry.counters(
            "dash_job_attempts_total", "Attempts at jobs that ended in this process.", by: Outcome.self)
        durations = registry.histogram(
            "dash_job_attempt_seconds", "How long attempts at jobs took.", bounds: HistogramBounds.answers)
        leaseLosses = registry.counter(
            "dash_job_lease_losses_total", "Jobs whose lease was lost while they ran here.")
        takeovers = registry.counter(
            "dash_job_takeovers_total", "Jobs taken over from a process that died or went silent.")
    }

    func note(_ outcome: JobExecution.Outcome, after duration: Duration) {
        let outcome = Outcome(outcome)
        attempts[outcome].increment()
        if outcome == .lost { leaseLosses.increment() }
        durations.observe(duration)
    }
}

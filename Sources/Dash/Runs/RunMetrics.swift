package import ServiceRuntime

/// Runs of questions, by what came of them.
package struct RunMetrics: Sendable {
    enum Outcome: String, MetricLabel {
        case result, message, change, confirmation, clarification, refusal, unanswered, failure
        /// Dash's own database was away; the question is asked again.
        case interrupted
        case cancelled
        static let name = "outcome"

        init(_ kind: Answer.Kind) {
            switch kind {
            case .result: self = .result
            case .message: self = .message
            case .change: self = .change
            case .confirmation: self = .confirmation
            case .clarification: self = .clarification
            case .refusal: self = .refusal
            case .unanswered: self = .unanswered
            case .failure: self = .failure
            }
        }

        init(_ error: any Error) {
            self = error is CancellationError ? .cancelled : .interrupted
        }
    }

    let runs: MetricFamily<Outcome, Counter>
    let durations: Histogram

    package init(_ registry: MetricRegistry) {
        runs = registry.counters(
            "dash_runs_total", "Runs of questions that ended, by the kind of answer.", by: Outcome.self)
        durations = registry.histogram(
            "dash_run_seconds", "How long a run took, from its beginning to its answer.",
            bounds: HistogramBounds.answers)
    }

    func note(_ result: Result<Answer, any Error>, after duration: Duration) {
        switch result {
        case .success(let answer): runs[Outcome(answer.kind)].increment()
        case .failure(let error): runs[Outcome(error)].increment()
        }
        durations.observe(duration)
    }
}

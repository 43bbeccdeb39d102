package import ServiceRuntime

/// What comes in from Slack and what goes out.
package struct SlackMetrics: Sendable {
    /// What became of a request of Slack's.
    enum Request: String, MetricLabel {
        /// A question that is now durable.
        case accepted
        /// Another delivery of a message that had been accepted.
        case duplicate
        /// Not for Dash.
        case ignored
        /// A click on a button.
        case interaction
        /// The signature or its time is wrong: 401.
        case refused
        /// Signed, and not to be read: 400.
        case unreadable
        /// Nothing could be stored: 503, Slack sends it again.
        case unavailable
        /// Slack's own checks of the address.
        case check
        static let name = "outcome"
    }

    enum Step: String, MetricLabel {
        case post, update
        static let name = "step"

        init(_ step: OutboxStep) { self = step == .post ? .post : .update }
    }

    enum Attempt: String, MetricLabel {
        case sent
        /// Nothing was done; it is tried again.
        case delayed
        case rateLimited = "rate_limited"
        /// It may have been posted and is looked for later.
        case inDoubt = "in_doubt"
        case givenUp = "given_up"
        /// The database was away, or another sender has it.
        case interrupted
        static let name = "outcome"

        init(_ outcome: OutboxOutcome) {
            switch outcome {
            case .posted: self = .sent
            case .inDoubt: self = .inDoubt
            case .rateLimited: self = .rateLimited
            case .gaveUp, .undeliverable: self = .givenUp
            case .later, .certainlyLater, .plain, .anew: self = .delayed
            }
        }
    }

    let requests: MetricFamily<Request, Counter>
    let acknowledgements: Histogram
    let attempts: MetricFamily<MetricLabelPair<Step, Attempt>, Counter>
    /// In seconds, by the database's clock.
    let answers: Histogram

    package init(_ registry: MetricRegistry) {
        requests = registry.counters(
            "dash_slack_requests_total", "Requests of Slack's, by what became of them.", by: Request.self)
        acknowledgements = registry.histogram(
            "dash_slack_acknowledgement_seconds", "How long Slack waited for the answer to a request.",
            bounds: HistogramBounds.calls)
        attempts = registry.counters(
            "dash_outbox_attempts_total", "Attempts at messages of the outbox, by what came of them.",
            by: MetricLabelPair<Step, Attempt>.self)
        answers = registry.histogram(
            "dash_answer_seconds", "From the acceptance of a question to its answer in Slack.",
            bounds: HistogramBounds.answers)
    }
}

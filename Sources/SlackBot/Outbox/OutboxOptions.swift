package import ServiceRuntime

/// How the outbox is sent.
package struct OutboxOptions: Sendable {
    /// Messages at a time.
    package var concurrency = 8
    package var pollInterval: Duration = .seconds(2)
    /// Between two new messages in one channel.
    package var postInterval: Duration = .seconds(1)
    /// After this time a post of unknown outcome is looked for in the thread. Longer than the time-out of a call plus
    /// the longest Slack may take to act on it.
    package var reconcileAfter: Duration = .seconds(35)
    package var callTimeout: Duration = .seconds(10)
    package var retry = Backoff(initial: .seconds(1), maximum: .seconds(300))
    /// The wait while the database is away.
    package var outage = Backoff(initial: .milliseconds(100), maximum: .seconds(5))
    package var giveUpAfter: Duration = .seconds(86_400)
    /// How long messages that were sent are kept.
    package var retention: Duration = .seconds(7 * 86_400)

    package init() {}
}

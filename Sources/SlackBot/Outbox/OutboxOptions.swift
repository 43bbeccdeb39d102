package import ServiceRuntime

/// How the outbox is sent.
package struct OutboxOptions: Sendable {
    /// Messages at a time.
    package var concurrency = 8
    package var pollInterval: Duration = .seconds(2)
    /// Between two new messages in one channel.
    package var postInterval: Duration = .seconds(1)
    /// After this time a post of unknown outcome is looked for in the thread. It must be over before: an intent that was
    /// committed, a request begun within `sendWithin` and ended within `callTimeout`, and what Slack then takes to act.
    package var reconcileAfter: Duration
    package var callTimeout: Duration
    /// From the intent to the first byte of the request; a sender that was held up for longer does not send.
    package var sendWithin: Duration
    package var retry = Backoff(initial: .seconds(1), maximum: .seconds(300))
    /// The wait while the database is away.
    package var outage = Backoff(initial: .milliseconds(100), maximum: .seconds(5))
    /// Older messages are given up, and one sentence takes the place of what is left of their answer.
    package var giveUpAfter: Duration = .seconds(86_400)
    /// How long that sentence is tried.
    package var apologyTime: Duration = .seconds(3 * 86_400)
    /// How often one of the messages that wait for a Slack that is down is tried before its time. When one arrives, the
    /// others become due.
    package var scoutInterval: Duration = .seconds(30)
    /// How long messages that were sent are kept.
    package var retention: Duration = .seconds(7 * 86_400)

    /// A third of `reconcileAfter`, 10 s at most, is for the call and a sixth for the way to it; the rest is Slack's.
    package init(reconcileAfter: Duration = .seconds(30)) {
        self.reconcileAfter = reconcileAfter
        callTimeout = min(.seconds(10), reconcileAfter / 3)
        sendWithin = min(.seconds(5), reconcileAfter / 6)
    }

    /// The longest that Slack may take to act on a request it has received, lest a message be posted twice.
    package var longestProcessing: Duration { reconcileAfter - callTimeout - sendWithin }
}

/// How questions are found whose events never came.
package struct CatchUpOptions: Sendable {
    /// Older questions stay unanswered; zero switches the search off. Less than the time for which accepted messages are
    /// known, or they would be answered again.
    package var ageLimit: Duration = .seconds(86_400)
    /// Between two rounds over all conversations.
    package var interval: Duration = .seconds(300)
    /// How often it is looked whether a round is due.
    package var tick: Duration = .seconds(15)
    /// How much of what was read before is read again: messages become visible in any order, and clocks differ.
    package var overlap: Duration = .seconds(600)
    /// How far back a thorough round looks for threads with new replies; others see those that began of late.
    package var lookback: Duration = .seconds(86_400)
    /// A round is thorough after an outage, and at least this often.
    package var thoroughInterval: Duration = .seconds(3600)
    /// Younger messages are left to their events.
    package var settling: Duration = .seconds(30)
    /// Between two calls: Slack allows fifty of a kind a minute.
    package var callInterval: Duration = .milliseconds(1200)
    /// Of one round; the next one goes on with those that have waited longest.
    package var maximumCalls = 150
    /// Of one conversation or thread, of two hundred messages each.
    package var maximumPages = 25

    package init() {}
}

import SlackAPI

/// What became of an attempt to send a message.
enum OutboxOutcome: Sendable {
    case posted(SlackTimestamp)
    /// The post may have been made: it is looked for later.
    case inDoubt(error: String)
    /// Nothing was sent this time; what was in doubt stays in doubt.
    case later(OutboxWait, error: String)
    /// The attempt had certainly no effect, or may be repeated without harm.
    case certainlyLater(OutboxWait, error: String)
    /// Slack asks to leave this step alone for a time, in this channel or in the workspace.
    case rateLimited(Duration, error: String)
    /// Slack does not take the blocks: the text alone is sent.
    case plain(error: String)
    /// The message to be updated is gone or was never posted: a new one is posted.
    case anew(error: String)
    case gaveUp(error: String)
    /// It will not arrive, and somebody waits for it: a sentence takes the place of what is left of the answer.
    case undeliverable(SlackMessage, error: String)
}

/// How long a message waits for its next attempt.
struct OutboxWait: Sendable, Equatable {
    var time: Duration
    /// For a Slack that does not answer; it ends as soon as another message to the workspace arrives.
    var isForSlack = false
}

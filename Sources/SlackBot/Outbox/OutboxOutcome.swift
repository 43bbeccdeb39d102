import SlackAPI

/// What became of an attempt to send a message.
enum OutboxOutcome: Sendable {
    case posted(SlackTimestamp)
    /// The post may have been made: it is looked for later.
    case inDoubt(error: String)
    /// Nothing was sent this time; what was in doubt stays in doubt.
    case later(Duration, error: String)
    /// The attempt had certainly no effect, or may be repeated without harm.
    case certainlyLater(Duration, error: String)
    /// Slack asks to leave this step alone for a time.
    case rateLimited(Duration, error: String)
    /// Slack does not take the blocks: the text alone is sent.
    case plain(error: String)
    /// The message to be updated is gone or was never posted: a new one is posted.
    case anew(error: String)
    case gaveUp(error: String)
}

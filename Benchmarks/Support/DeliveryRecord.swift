/// What there is to judge after a run: what people asked, what stands in Slack, and what the database still holds.
package struct DeliveryRecord: Sendable {
    package struct Question: Sendable {
        /// The made-up item it is about.
        package var item: String
        package var channel: String
        package var ts: String
        package var thread: String
        /// Marked paragraphs its answer must have.
        package var paragraphs: Int
        /// Whether a delivery of it was answered with 200.
        package var isAcknowledged: Bool
        /// May be answered with Dash's sentence that it could not be.
        package var mayFail: Bool

        package init(
            item: String, channel: String, ts: String, thread: String, paragraphs: Int = 1, isAcknowledged: Bool = true,
            mayFail: Bool = false
        ) {
            self.item = item
            self.channel = channel
            self.ts = ts
            self.thread = thread
            self.paragraphs = paragraphs
            self.isAcknowledged = isAcknowledged
            self.mayFail = mayFail
        }

        package var key: String { Self.key(channel: channel, ts: ts) }
        package var lane: String { "\(channel) \(thread)" }

        package static func key(channel: String, ts: String) -> String { "slack:\(FakeSlack.team):\(channel):\(ts)" }
    }

    /// What the database says when all is over.
    package struct Leftovers: Sendable {
        package var unfinishedJobs = 0
        package var failedJobs = 0
        package var messagesInIntent = 0
        package var messagesReady = 0
        package var messagesGivenUp = 0

        package init() {}
    }

    package var questions: [Question]
    package var messages: [FakeSlack.Message]
    /// The keys of all accepted questions in the order in which their jobs were added.
    package var order: [String]
    package var leftovers: Leftovers

    package init(questions: [Question], messages: [FakeSlack.Message], order: [String], leftovers: Leftovers) {
        self.questions = questions
        self.messages = messages
        self.order = order
        self.leftovers = leftovers
    }
}

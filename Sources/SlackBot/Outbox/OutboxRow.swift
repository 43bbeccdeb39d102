import Agents
import Postgres
import ServiceRuntime
import SlackAPI

/// A message that this process has undertaken to send.
struct OutboxRow: Sendable {
    var id: Int64
    var key: String
    var seq: Int
    var step: OutboxStep
    var destination: SlackDestination
    /// Whose answer it is part of; for the log.
    var run: RunID?
    var message: SlackMessage
    /// How often sending has begun, this time included; together with the owner it fences off other senders.
    var tries: Int
    /// An earlier attempt may have posted it.
    var isInDoubt: Bool
    /// When the first attempt began, in seconds since 1970 on the database's clock.
    var firstIntent: Double
    /// The message an update replaces; nil where it was never posted.
    var target: SlackTimestamp?
    /// Seconds since it was added.
    var age: Double
    /// It stands in the place of an answer that was given up.
    var isApology: Bool
    /// A moment no later than the commit of the intent.
    var intent: ContinuousClock.Instant

    init(_ row: PostgresRow, intent: ContinuousClock.Instant) throws {
        self.intent = intent
        id = try row.decode("id")
        key = try row.decode("answer_key")
        seq = try row.decode("seq")
        step = try row.decode("step", as: String.self) == "post" ? .post : .update(target: try row.decode("target_seq"))
        destination = SlackDestination(
            team: SlackTeamID(rawValue: try row.decode("team")),
            channel: SlackChannelID(rawValue: try row.decode("channel")),
            thread: SlackTimestamp(rawValue: try row.decode("thread")))
        run = try row.decodeIfPresent("run_id").map(RunID.init(rawValue:))
        guard let message = SlackMessage(json: try row.decode("message")) else {
            throw PostgresError(.decoding, message: "column message holds no message")
        }
        self.message = message
        tries = try row.decode("tries")
        isInDoubt = try row.decode("is_in_doubt")
        firstIntent = try row.decode("first_intent")
        target = row["target_ts"].map(SlackTimestamp.init(rawValue:))
        age = try row.decode("age")
        isApology = try row.decode("is_apology")
    }

    /// The mark by which the posted message is found again.
    var metadata: SlackMetadata {
        SlackMetadata(
            type: Self.metadataType,
            payload: ["answer_key": .string(key), "seq": .integer(Int64(step.target ?? seq))])
    }

    func isMarked(by metadata: SlackMetadata?) -> Bool {
        metadata?.type == Self.metadataType && metadata?.payload["answer_key"]?.string == key
            && metadata?.payload["seq"]?.integer == seq
    }

    private static let metadataType = "dash_answer"

    /// What every line of the log about it says.
    var logContext: [String: String] {
        var context = ["lane": destination.rawValue, "key": key, "message": "\(id)"]
        context["run"] = run?.short
        return context
    }
}

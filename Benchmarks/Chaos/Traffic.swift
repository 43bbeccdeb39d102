import BenchmarkSupport
import HTTP
import ServiceRuntime

/// People who write to Dash, and Slack that tells Dash of it: in threads of channels and direct messages, several
/// questions to a thread, delivered twice, late, in another order and again until somebody says 200.
final class Traffic: Sendable {
    struct Options: Sendable {
        var seed: UInt64
        var channels = 12
        var people = 40
        /// Conversations that go on at a time.
        var talkers = 10
        var perThread = 1...4
        /// Nobody writes while so many questions are unanswered.
        var maximumOpen = 30
        /// Between two messages of one thread, in seconds.
        var gap = 0.0...1.5
        /// Between the attempts of one delivery. Slack itself takes 0, 60 and 300 s and then gives up.
        var retryDelays: [Duration] = [
            .milliseconds(50), .seconds(1), .seconds(2), .seconds(3), .seconds(4), .seconds(5),
        ]
        /// The number of the question that kills whoever answers it; it alone may end with a sentence about that.
        var poison: Int?
        /// Events that Slack sends though they are not for Dash.
        var noise = 0.05
    }

    private struct State {
        var questions: [DeliveryRecord.Question] = []
        var isStopped = false
        var statuses: [String: Int] = [:]
    }

    private let options: Options
    private let slack: FakeSlack
    private let delivery: EventDelivery
    private let state = Locked(State())

    init(_ options: Options, slack: FakeSlack, replicas: [Replica], http: HTTPClient) {
        self.options = options
        self.slack = slack
        delivery = EventDelivery(
            replicas: replicas, http: http, delays: options.retryDelays, seed: options.seed)
    }

    var questions: [DeliveryRecord.Question] { state.withLock { $0.questions } }
    var statuses: [String: Int] { delivery.statuses }
    private var isStopped: Bool { state.withLock { $0.isStopped } }
    private var open: Int { state.withLock { $0.questions.count } - slack.answered }

    /// No new conversations from now on; `run` returns when all deliveries have ended.
    func stop() { state.withLock { $0.isStopped = true } }

    /// - Parameter limit: stops by itself after so many questions.
    func run(atMost limit: Int = .max) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for talker in 0..<options.talkers {
                group.addTask { try await self.talk(SeededRandom(seed: self.options.seed, part: 100 + talker), limit) }
            }
            try await group.waitForAll()
        }
    }

    private func talk(_ random: SeededRandom, _ limit: Int) async throws {
        var random = random
        try await Task.sleep(for: random.duration(0...1))
        while !isStopped, questions.count < limit {
            try await converse(&random, limit)
        }
    }

    private func converse(_ random: inout SeededRandom, _ limit: Int) async throws {
        let person = random.integer(1...options.people)
        let isDirect = random.chance(0.3)
        let channel = isDirect ? "D\(person)" : "C\(random.integer(1...options.channels))"
        var thread: String?
        try await withThrowingTaskGroup(of: Void.self) { deliveries in
            for number in 0..<random.integer(options.perThread) {
                while open >= options.maximumOpen, !isStopped { try await Task.sleep(for: .milliseconds(50)) }
                guard !isStopped, questions.count < limit else { break }
                let message = ask(
                    channel, thread, by: isDirect || random.chance(0.6) ? person : random.integer(1...options.people),
                    isDirect: isDirect, mentions: !isDirect && (number == 0 || random.chance(0.3)), &random)
                thread = message.thread ?? message.ts
                for event in events(about: message, &random) {
                    deliveries.addTask { try await self.deliver(event, message.ts) }
                }
                if random.chance(options.noise) {
                    let noise = noise(after: message, &random)
                    deliveries.addTask { _ = try await self.delivery.deliver(noise) }
                }
                try await Task.sleep(for: random.duration(options.gap))
            }
            try await deliveries.waitForAll()
        }
    }

    private func ask(
        _ channel: String, _ thread: String?, by person: Int, isDirect: Bool, mentions: Bool,
        _ random: inout SeededRandom
    ) -> SlackEvent {
        let kind = Double.random(in: 0..<1, using: &random)
        let ending = kind < 0.15 ? "flown" : kind < 0.3 ? "doing, everything about it" : "doing"
        return state.withLock { state in
            let item = ItemName.of(state.questions.count)
            let text = (mentions ? "<@\(FakeSlack.botUser)> " : "") + "how is \(item) \(ending)"
            let ts = slack.say(text, by: "U\(person)", in: channel, thread: thread)
            state.questions.append(
                DeliveryRecord.Question(
                    item: item, channel: channel, ts: ts, thread: thread ?? ts,
                    paragraphs: ModelService.paragraphs(of: text), isAcknowledged: false,
                    mayFail: state.questions.count == options.poison))
            return SlackEvent(
                kind: "message", channel: channel, isDirect: isDirect, user: "U\(person)", text: text, ts: ts,
                thread: thread)
        }
    }

    /// The deliveries of one message: a mention comes as two events, and anything may come twice, late and out of order.
    private func events(about message: SlackEvent, _ random: inout SeededRandom) -> [SlackEvent] {
        var events = [message]
        if message.mentions {
            var mention = message
            mention.kind = "app_mention"
            let share = Double.random(in: 0..<1, using: &random)
            events =
                share < 0.2
                ? [mention] : share < 0.4 ? [message] : share < 0.7 ? [mention, message] : [message, mention]
        }
        for index in events.indices {
            events[index].id = "Ev\(Hex.encode([UInt8](withUnsafeBytes(of: random.next()) { Array($0) })))"
            events[index].delay = random.chance(0.2) ? random.duration(0.1...1.2) : .zero
        }
        if random.chance(0.1), var again = events.first {
            again.delay = random.duration(0.2...2)
            again.retry = 1
            events.append(again)
        }
        if random.chance(0.1), var again = events.first {
            again.delay = random.duration(0.2...2)
            again.id = again.id + "b"
            events.append(again)
        }
        return events
    }

    /// An edit of the message, or another bot's words: nothing for Dash.
    private func noise(after message: SlackEvent, _ random: inout SeededRandom) -> SlackEvent {
        var noise = message
        noise.kind = "message"
        noise.id = "EvN\(Hex.encode([UInt8](withUnsafeBytes(of: random.next()) { Array($0) })))"
        noise.ts = "1500000000.\(random.integer(100_000...999_999))"
        noise.subtype = random.chance(0.5) ? "message_changed" : "bot_message"
        return noise
    }

    private func deliver(_ event: SlackEvent, _ ts: String) async throws {
        guard try await delivery.deliver(event) else { return }
        state.withLock { state in
            guard let index = state.questions.firstIndex(where: { $0.ts == ts && $0.channel == event.channel }) else {
                return
            }
            state.questions[index].isAcknowledged = true
        }
    }
}

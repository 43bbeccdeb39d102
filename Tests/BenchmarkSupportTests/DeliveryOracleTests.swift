import ServiceRuntime
import Testing

@testable import BenchmarkSupport

/// The oracle of crash runs on made-up records: that it lets the good one pass, and sees each thing that can go wrong.
@Suite struct DeliveryOracleTests {
    private typealias Record = DeliveryRecord
    private typealias Violation = DeliveryOracle.Violation

    /// Two questions in one thread, the second with an answer of three parts.
    private static func good() -> DeliveryRecord {
        var record = DeliveryRecord(
            questions: [
                question(1, ts: "100.000001"), question(2, ts: "100.000002", paragraphs: 3),
                question(3, ts: "200.000001", thread: "200.000001"),
            ], messages: [], order: [], leftovers: .init())
        record.order = record.questions.map(\.key)
        record.messages = [
            placeholder(of: record.questions[0], ts: "101.000001", answerAt: 102),
            placeholder(of: record.questions[1], ts: "103.000001", answerAt: 104),
            part(2, of: record.questions[1], ts: "105.000001"), part(3, of: record.questions[1], ts: "106.000001"),
            part(1, of: record.questions[2], ts: "201.000001"),
        ]
        return record
    }

    private static func question(
        _ number: Int, ts: String, thread: String = "100.000001", paragraphs: Int = 1
    ) -> DeliveryRecord.Question {
        DeliveryRecord.Question(
            item: ItemName.of(number), channel: "C1", ts: ts, thread: thread, paragraphs: paragraphs)
    }

    private static func placeholder(
        of question: DeliveryRecord.Question, ts: String, answerAt: Double?
    ) -> FakeSlack.Message {
        var message = FakeSlack.Message(
            channel: question.channel, ts: ts, thread: question.thread, user: FakeSlack.botUser, key: question.key,
            seq: 0,
            versions: [.init(text: "One moment …", at: 100.5, isMarked: true)])
        if let answerAt {
            message.versions.append(
                .init(text: "*\(ItemName.mark(question.item, paragraph: 0))* is well", at: answerAt, isMarked: true))
        }
        return message
    }

    private static func part(_ number: Int, of question: DeliveryRecord.Question, ts: String) -> FakeSlack.Message {
        FakeSlack.Message(
            channel: question.channel, ts: ts, thread: question.thread, user: FakeSlack.botUser, key: question.key,
            seq: number,
            versions: [
                .init(
                    text: "\(ItemName.mark(question.item, paragraph: number - 1)) goes on", at: Double(ts) ?? 0,
                    isMarked: true)
            ])
    }

    @Test("A record in which all is well passes")
    func passes() {
        let verdict = DeliveryOracle.verdict(on: Self.good())
        #expect(verdict.isClean, "\(verdict.findings)")
        #expect(verdict.answered == 3)
    }

    struct Harm: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var violation: DeliveryOracle.Violation
        var happen: @Sendable (inout DeliveryRecord) -> Void
    }

    static let harms: [Harm] = [
        Harm(testDescription: "no message at all", violation: .lost) { $0.messages.remove(at: 4) },
        Harm(testDescription: "a placeholder that stays", violation: .lost) { $0.messages[0].versions.removeLast() },
        Harm(testDescription: "a placeholder that only shows progress", violation: .lost) {
            $0.messages[0].versions[1] = .init(text: "Looking …", at: 102, isMarked: false)
        },
        Harm(testDescription: "progress over the answer", violation: .failed) {
            $0.messages[0].versions.append(.init(text: "Looking …", at: 103, isMarked: false))
        },
        Harm(testDescription: "a second post of the same part", violation: .doubled) {
            var again = $0.messages[2]
            again.ts = "107.000001"
            $0.messages.append(again)
        },
        Harm(testDescription: "a second placeholder", violation: .doubled) {
            $0.messages.append(placeholder(of: $0.questions[0], ts: "107.000001", answerAt: nil))
        },
        Harm(testDescription: "a placeholder beside a posted answer", violation: .doubled) {
            $0.messages.append(placeholder(of: $0.questions[2], ts: "202.000001", answerAt: nil))
        },
        Harm(testDescription: "the same words under another key", violation: .doubled) {
            var again = $0.messages[4]
            again.key = nil
            again.seq = nil
            again.ts = "207.000001"
            $0.messages.append(again)
        },
        Harm(testDescription: "a part that is missing", violation: .incomplete) { $0.messages.remove(at: 3) },
        Harm(testDescription: "parts in another order", violation: .partsDisordered) {
            ($0.messages[2].ts, $0.messages[3].ts) = ($0.messages[3].ts, $0.messages[2].ts)
        },
        Harm(testDescription: "answers in another order than the questions", violation: .disordered) {
            $0.messages[0].versions[1].at = 105
        },
        Harm(testDescription: "an answer in another thread", violation: .misplaced) {
            $0.messages[4].thread = "100.000001"
        },
        Harm(testDescription: "an answer in the channel itself", violation: .misplaced) { $0.messages[4].thread = nil },
        Harm(testDescription: "an answer in another channel", violation: .misplaced) { $0.messages[4].channel = "C2" },
        Harm(testDescription: "a sentence about a failure", violation: .failed) {
            $0.messages[0].versions[1].text = "Something went wrong on my side."
        },
        Harm(testDescription: "an answer to nobody", violation: .unasked) { $0.questions.removeLast() },
        Harm(testDescription: "a job that is not done", violation: .leftOver) { $0.leftovers.unfinishedJobs = 1 },
        Harm(testDescription: "a job that failed", violation: .leftOver) { $0.leftovers.failedJobs = 1 },
        Harm(testDescription: "a message in doubt", violation: .leftOver) { $0.leftovers.messagesInIntent = 1 },
        Harm(testDescription: "an unsent message", violation: .leftOver) { $0.leftovers.messagesReady = 1 },
        Harm(testDescription: "a message given up", violation: .leftOver) { $0.leftovers.messagesGivenUp = 1 },
    ]

    @Test("What goes wrong is seen", arguments: harms)
    func sees(_ harm: Harm) {
        var record = Self.good()
        harm.happen(&record)
        let verdict = DeliveryOracle.verdict(on: record)
        #expect(verdict.count(harm.violation) > 0, "\(verdict.findings)")
    }

    @Test("A question that Slack gave up delivering is not lost, and may be answered once")
    func undelivered() {
        var record = Self.good()
        record.questions[2].isAcknowledged = false
        #expect(DeliveryOracle.verdict(on: record).answeredUnacknowledged == 1)
        record.messages.removeLast()
        let verdict = DeliveryOracle.verdict(on: record)
        #expect(verdict.isClean)
        #expect(verdict.neverDelivered == 1)
    }

    @Test("Only a question that may fail may end with a sentence about it")
    func poison() {
        var record = Self.good()
        record.questions[0].mayFail = true
        record.messages[0].versions[1].text = "Something went wrong on my side."
        record.leftovers.failedJobs = 1
        #expect(DeliveryOracle.verdict(on: record).isClean)
    }
}

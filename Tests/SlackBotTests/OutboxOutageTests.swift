import Postgres
import ServiceRuntime
import SlackAPI
import SlackBot
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct OutboxOutageTests {
    private static func age(_ condition: String, _ postgres: PostgresClient) async throws {
        try await postgres.query(
            """
            UPDATE ai.slack_outbox SET created_at = created_at - interval '25 hours'
            WHERE \(unescaped: condition) AND state IN ('ready', 'intent')
            """)
    }

    private static func errors() -> (EventLog<String>, Logger) {
        let errors = EventLog<String>()
        return (errors, Logger(label: "test", minimumLevel: .error) { _, _, message, _ in errors.append("\(message)") })
    }

    @Test(
        "What waited for Slack is sent soon after the first message that arrives, long before its own time",
        arguments: [StubSlack.Behaviour.refused("accesslimited"), .status500, .dropped])
    func recovery(_ trouble: StubSlack.Behaviour) async throws {
        let slack = try StubSlack()
        slack.setMode(trouble)
        let adjust: @Sendable (inout OutboxOptions) -> Void = { options in
            options.retry = Backoff(initial: .seconds(36_000), maximum: .seconds(36_000))
            options.scoutInterval = .milliseconds(20)
        }
        try await OutboxBench.with(slack, senders: 2, options: adjust) { outbox, postgres in
            for number in 0..<3 {
                try await OutboxBench.publish(
                    ["answer \(number)"], key: "k\(number)",
                    to: SlackDestination(
                        team: "T1", channel: SlackChannelID(rawValue: "C\(number)"), thread: "1700000000.000100"),
                    outbox, postgres)
            }
            await slack.wait { $0.calls.count >= 3 }
            slack.setMode(.normal)
            try await OutboxBench.untilSent(postgres)
        }
        #expect(Set(slack.snapshot.messages.map(\.text)) == ["answer 0", "answer 1", "answer 2"])
        #expect(slack.snapshot.messages.count == 3)
    }

    @Test("A sender that was held up after its intent does not send; a later attempt does, once")
    func heldUp() async throws {
        let slack = try StubSlack()
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            let hour = Backoff(initial: .seconds(3600), maximum: .seconds(3600))
            try await OutboxBench.run(
                slack, postgres,
                options: {
                    $0.sendWithin = .zero
                    $0.retry = hour
                }
            ) { outbox, postgres in
                try await OutboxBench.publish(["answer"], outbox, postgres)
                while try await postgres.query(
                    "SELECT FROM ai.slack_outbox WHERE state = 'ready' AND last_error LIKE '%too late%'"
                ).rows.isEmpty {
                    try await Task.sleep(for: .milliseconds(2))
                }
            }
            #expect(slack.snapshot.calls("chat.postMessage").isEmpty)
            try await postgres.query("UPDATE ai.slack_outbox SET run_at = clock_timestamp()")
            try await OutboxBench.run(slack, postgres) { _, postgres in try await OutboxBench.untilSent(postgres) }
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer"])
    }

    @Test("After a day one sentence takes the place of the answer and all its parts, and the log has an error")
    func sentence() async throws {
        let slack = try StubSlack()
        let (errors, logger) = Self.errors()
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            try await OutboxBench.run(slack, postgres, logger: logger) { outbox, postgres in
                try await OutboxBench.placeholder(outbox, postgres)
                await slack.wait { !$0.messages.isEmpty }
                slack.setMode(.status500)
                try await OutboxBench.publish(["one", "two", "three"], outbox, postgres)
                await slack.wait { !$0.calls("chat.update").isEmpty }
                try await Self.age("seq > 0", postgres)
                slack.setMode(.normal)
                try await OutboxBench.untilSent(postgres)
                #expect(
                    try await OutboxBench.states(postgres) == ["posted", "gave_up", "dropped", "dropped", "posted"])
            }
        }
        #expect(slack.snapshot.messages.count == 1)
        #expect(slack.snapshot.messages.first?.text.contains("could not get my answer to this through") == true)
        #expect(errors.all == ["an answer could not be delivered; a sentence takes its place"])
    }

    @Test("Where a part has arrived, the sentence says that the rest has not")
    func sentenceForRest() async throws {
        let slack = try StubSlack()
        try await OutboxBench.with(slack, options: { $0.postInterval = .seconds(3600) }) { outbox, postgres in
            try await OutboxBench.publish(["one", "two", "three"], outbox, postgres)
            await slack.wait { !$0.messages.isEmpty }
            try await Self.age("true", postgres)
            while try await !OutboxBench.states(postgres).contains("posted") {
                try await Task.sleep(for: .milliseconds(2))
            }
            try await postgres.query("UPDATE ai.slack_pace SET next_at = clock_timestamp()")
            while try await OutboxBench.states(postgres).count < 4 { try await Task.sleep(for: .milliseconds(2)) }
            try await postgres.query("UPDATE ai.slack_pace SET next_at = clock_timestamp()")
            try await OutboxBench.untilSent(postgres)
            #expect(try await OutboxBench.states(postgres) == ["posted", "gave_up", "dropped", "posted"])
        }
        #expect(slack.snapshot.messages.first?.text == "one")
        #expect(slack.snapshot.messages.last?.text.contains("the rest of this answer") == true)
    }

    @Test("What is in doubt when its time is over is looked for first")
    func overdueInDoubt() async throws {
        let slack = try StubSlack()
        slack.script("chat.postMessage", .answerLost)
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.publish(["answer"], outbox, postgres)
            await slack.wait { !$0.messages.isEmpty }
            try await Self.age("true", postgres)
            try await OutboxBench.untilSent(postgres)
            #expect(try await OutboxBench.states(postgres) == ["posted"])
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer"])
    }

    @Test("The sentence is tried for a bounded time as well; nothing stays behind")
    func sentenceGivenUp() async throws {
        let slack = try StubSlack()
        let (errors, logger) = Self.errors()
        slack.setMode(.refused("accesslimited"))
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            try await OutboxBench.run(slack, postgres, options: { $0.apologyTime = .zero }, logger: logger) {
                outbox, postgres in
                try await OutboxBench.publish(["answer"], outbox, postgres)
                await slack.wait { !$0.calls.isEmpty }
                try await Self.age("true", postgres)
                try await OutboxBench.untilSent(postgres)
                #expect(try await OutboxBench.states(postgres) == ["gave_up", "gave_up"])
            }
        }
        #expect(slack.snapshot.messages.isEmpty)
        #expect(errors.all.count == 2)
    }

    @Test("An answer whose text Slack refuses is replaced by a sentence")
    func refusedText() async throws {
        let slack = try StubSlack()
        slack.script("chat.postMessage", .refused("msg_too_long"))
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.publish(["answer", "rest"], outbox, postgres)
            try await OutboxBench.untilSent(postgres)
            #expect(try await OutboxBench.states(postgres) == ["gave_up", "dropped", "posted"])
        }
        #expect(slack.snapshot.messages.map(\.text).first?.contains("did not accept my answer") == true)
    }

    @Test("A post in doubt is found at the end of a thread of more than a thousand messages")
    func longThread() async throws {
        let slack = try StubSlack()
        slack.setPageSize(200)
        for number in 1000..<2200 {
            slack.addMessage(channel: "C1", ts: "1850000000.00\(number)", thread: "1700000000.000100", text: "talk")
        }
        slack.script("chat.postMessage", .answerLost)
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.publish(["answer"], outbox, postgres)
            try await OutboxBench.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.filter(\.isByBot).map(\.text) == ["answer"])
        #expect(slack.snapshot.calls("conversations.replies").count == 7)
    }

    @Test("A post in doubt whose thread is gone ends")
    func threadGone() async throws {
        let slack = try StubSlack()
        slack.script("chat.postMessage", .dropped)
        slack.setMode(.refused("thread_not_found"), for: "conversations.replies")
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.publish(["answer"], outbox, postgres)
            try await OutboxBench.untilSent(postgres)
            #expect(try await OutboxBench.states(postgres) == ["gave_up"])
        }
        #expect(slack.snapshot.messages.isEmpty)
    }
}

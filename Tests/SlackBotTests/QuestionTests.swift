import Agents
import Dash
import FoundationEssentials
import Jobs
import Postgres
import ServiceRuntime
import SlackAPI
import SlackBot
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct QuestionTests {
    @Test("A mention is answered in its thread, in one message")
    func mention() async throws {
        let answering = FakeAnswering()
        try await SlackBench.with(answering) { bench in
            try await bench.deliver(SlackBench.mention("what is <https://a.b|MRR> &lt; 5?"))
            try await bench.untilQuiet()
            let messages = bench.slack.snapshot.messages
            #expect(messages.map(\.text) == ["You asked: what is MRR &lt; 5?"])
            #expect(messages.first?.thread == "1700000000.000100")
            #expect(messages.first?.channel == "C1")
            let question = try #require(answering.questions.all.first)
            #expect(question.conversation.rawValue == "slack:T1:C1:1700000000.000100")
            #expect(question.key == "slack:T1:C1:1700000000.000100")
            #expect(question.asker == Asker(id: "slack:T1:U1", displayName: "Ada U1"))
            #expect(question.askedAt.timeIntervalSince1970 == 1_700_000_000.0001)
            let calls = bench.slack.snapshot.calls
            for call in calls where call.method.hasPrefix("chat.") {
                #expect(call.arguments["unfurl_links"] == false)
                #expect(call.arguments["unfurl_media"] == false)
                #expect(call.arguments["text"]?.string?.isEmpty == false)
                #expect(call.token == "Bearer xoxb-test")
            }
        }
    }

    @Test("A direct message is answered in its own thread")
    func directMessage() async throws {
        try await SlackBench.with { bench in
            try await bench.deliver([
                "type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": "1700000000.000100",
                "text": "what is MRR?",
            ])
            try await bench.untilQuiet()
            #expect(bench.slack.snapshot.messages.map(\.text) == ["You asked: what is MRR?"])
            #expect(bench.slack.snapshot.messages.first?.thread == "1700000000.000100")
        }
    }

    @Test("A reply needs no mention in a thread Dash takes part in; its author is the one who wrote it")
    func followUp() async throws {
        let answering = FakeAnswering()
        try await SlackBench.with(answering) { bench in
            try await bench.deliver(SlackBench.mention("what is MRR?"))
            try await bench.deliver(
                SlackBench.reply("and by plan?", ts: "1700000005.000100", thread: "1700000000.000100", user: "U2"))
            try await bench.untilQuiet()
            #expect(answering.questions.all.map(\.text) == ["what is MRR?", "and by plan?"])
            #expect(answering.questions.all.map(\.asker.id) == ["slack:T1:U1", "slack:T1:U2"])
            #expect(Set(answering.questions.all.map(\.conversation)).count == 1)
        }
    }

    @Test("A reply that arrived before its thread was known is found and answered")
    func catchUp() async throws {
        let answering = FakeAnswering()
        let slack = try StubSlack()
        for (ts, text) in [("1700000000.000100", "<@UDASH> what is MRR?"), ("1700000005.000100", "and by plan?")] {
            slack.addMessage(channel: "C1", ts: ts, thread: "1700000000.000100", text: text)
        }
        try await SlackBench.with(answering, slack: slack) { bench in
            await slack.wait { !$0.calls("auth.test").isEmpty }
            while bench.app.installation.current == nil { await Task.yield() }
            // Out of order, and so ignored.
            try await bench.deliver(
                SlackBench.reply("and by plan?", ts: "1700000005.000100", thread: "1700000000.000100"))
            try await bench.deliver(SlackBench.mention("what is MRR?"))
            await answering.questions.wait { $0.count == 2 }
            try await bench.untilQuiet()
            #expect(answering.questions.all.map(\.text) == ["what is MRR?", "and by plan?"])
        }
    }

    @Test("Questions of one thread are answered in order")
    func order() async throws {
        try await SlackBench.with { bench in
            for number in 0..<5 {
                try await bench.deliver(
                    SlackBench.mention(
                        "question \(number)", ts: "170000000\(number).000100", thread: "1700000000.000100"))
            }
            try await bench.untilQuiet()
            #expect(bench.slack.snapshot.messages.map(\.text) == (0..<5).map { "You asked: question \($0)" })
        }
    }

    @Test("A mention without a question is answered with help, without a run")
    func help() async throws {
        let answering = FakeAnswering()
        try await SlackBench.with(answering) { bench in
            try await bench.deliver(SlackBench.mention(" "))
            try await bench.untilQuiet()
            #expect(bench.slack.snapshot.messages.first?.text.contains("Ask me about your company's data") == true)
            #expect(answering.questions.all.isEmpty)
        }
    }

    @Test("A reply of nothing but emoji needs no answer")
    func applause() async throws {
        let answering = FakeAnswering()
        try await SlackBench.with(answering) { bench in
            try await bench.deliver(SlackBench.mention("what is MRR?"))
            try await bench.deliver(SlackBench.reply(":tada: 👏", ts: "1700000005.000100", thread: "1700000000.000100"))
            try await bench.untilQuiet()
            #expect(answering.questions.all.map(\.text) == ["what is MRR?"])
            #expect(bench.slack.snapshot.messages.count == 1)
        }
    }

    @Test("A question of 40,000 characters is refused politely, without a run")
    func tooLong() async throws {
        let answering = FakeAnswering()
        try await SlackBench.with(answering) { bench in
            try await bench.deliver(SlackBench.mention(String(repeating: "x", count: 40_000)))
            try await bench.untilQuiet()
            #expect(bench.slack.snapshot.messages.first?.text.contains("up to 8000 characters") == true)
            #expect(answering.questions.all.isEmpty)
        }
    }

    @Test("While it runs, the placeholder tells in human words what is being done, and is then replaced")
    func progress() async throws {
        let slack = try StubSlack()
        let answering = FakeAnswering { _, id, onEvent in
            await slack.wait { !$0.messages.isEmpty }
            onEvent(FakeAnswering.event(.toolStarted(agent: "analyst", callID: "1", tool: "search_knowledge")))
            await slack.wait { $0.messages.first?.history.count == 2 }
            onEvent(FakeAnswering.event(.toolStarted(agent: "analyst", callID: "2", tool: "secret_tool")))
            onEvent(FakeAnswering.event(.toolStarted(agent: "analyst", callID: "3", tool: "run_sql")))
            await slack.wait { $0.messages.first?.history.count == 3 }
            return FakeAnswering.answer("done", id)
        }
        try await SlackBench.with(answering, slack: slack) { bench in
            try await bench.deliver(SlackBench.mention("MRR?"))
            try await bench.untilQuiet()
            #expect(slack.snapshot.messages.count == 1)
            #expect(
                slack.snapshot.messages.first?.history == [
                    ProgressText.waiting, "Looking for a checked query and definitions…", "Asking the database…",
                    "done",
                ])
        }
    }

    @Test("The status is shown and cleared again")
    func status() async throws {
        let slack = try StubSlack()
        let answering = FakeAnswering { _, id, _ in
            await slack.wait { !$0.statuses.isEmpty }
            return FakeAnswering.answer("done", id)
        }
        try await SlackBench.with(answering, slack: slack) { bench in
            try await bench.deliver(SlackBench.mention("MRR?"))
            await slack.wait { $0.statuses.last == "" }
            #expect(slack.snapshot.statuses == [ProgressText.status, ""])
        }
    }

    @Test("A crash between placeholder and answer leaves one message with the answer")
    func crash() async throws {
        let slack = try StubSlack()
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            let configuration = SlackBench.configuration(slack)
            let stuck = FakeAnswering { _, _, _ in
                try await Task.sleep(for: .seconds(3600))
                throw CancellationError()
            }
            // The first process dies while the question runs: nothing is released, nothing is closed.
            struct Crash: Error {}
            await #expect(throws: Crash.self) {
                try await SlackBench.run(stuck, slack, postgres, configuration) { bench in
                    try await bench.deliver(SlackBench.mention("MRR?"))
                    await slack.wait { !$0.messages.isEmpty }
                    while try await bench.count("slack_outbox", where: "state = 'posted'") == 0 { await Task.yield() }
                    throw Crash()
                }
            }
            try await postgres.query(
                """
                UPDATE ai.jobs SET state = 'running', owner = gen_random_uuid(),
                    lease_until = clock_timestamp() - interval '1 second'
                """)
            try await SlackBench.run(FakeAnswering(), slack, postgres, configuration) { bench in
                try await bench.untilQuiet()
            }
        }
        let messages = slack.snapshot.messages
        #expect(messages.count == 1)
        #expect(messages.first?.history == [ProgressText.waiting, "You asked: MRR?"])
    }

    @Test("A question that cannot be answered at all ends with a sentence")
    func givenUp() async throws {
        struct Broken: Error {}
        try await SlackBench.with(FakeAnswering { _, _, _ in throw Broken() }) { bench in
            try await bench.deliver(SlackBench.mention("MRR?"))
            try await bench.untilQuiet()
            let messages = bench.slack.snapshot.messages
            #expect(messages.count == 1)
            #expect(messages.first?.text.hasPrefix("Something went wrong on my side") == true)
            let jobs = try await bench.count("jobs", where: "state = 'failed'")
            #expect(jobs == 1)
        }
    }

    @Test("A long answer is posted in several parts, in order")
    func longAnswer() async throws {
        let text = (1...500).map { "Sentence number \($0)." }.joined(separator: " ")
        try await SlackBench.with(FakeAnswering { _, id, _ in FakeAnswering.answer(text, id) }) { bench in
            try await bench.deliver(SlackBench.mention("tell me everything"))
            try await bench.untilQuiet()
            let messages = bench.slack.snapshot.messages
            #expect(messages.count > 2)
            #expect(messages.map(\.text).joined() == text)
        }
    }

    @Test("Questions are taken and answered though Slack's identity is not known yet")
    func slackDownAtStart() async throws {
        let slack = try StubSlack()
        slack.setMode(.dropped, for: "auth.test")
        try await SlackBench.with(slack: slack) { bench in
            try await bench.deliver(SlackBench.mention("MRR?"))
            try await bench.untilQuiet()
            #expect(slack.snapshot.messages.map(\.text) == ["You asked: MRR?"])
        }
    }

    @Test("A NUL character, which the database cannot hold, loses neither a question nor an answer")
    func nulCharacter() async throws {
        let answering = FakeAnswering { question, id, _ in FakeAnswering.answer("It is\0 5: \(question.text)", id) }
        try await SlackBench.with(answering) { bench in
            #expect(try await bench.deliver(SlackBench.mention("what is \0MRR?")) == 200)
            try await bench.untilQuiet()
            #expect(answering.questions.all.map(\.text) == ["what is MRR?"])
            #expect(bench.slack.snapshot.messages.map(\.text) == ["It is 5: what is MRR?"])
        }
    }
}

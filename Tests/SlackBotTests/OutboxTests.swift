import HTTP
import Postgres
import ServiceRuntime
import SlackAPI
import SlackBot
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct OutboxTests {
    @Test("An answer replaces its placeholder; the rest of it follows")
    func replaces() async throws {
        let slack = try StubSlack()
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.placeholder(outbox, postgres)
            await slack.wait { !$0.messages.isEmpty }
            try await OutboxBench.publish(["one", "two", "three"], outbox, postgres)
            try await OutboxBench.publish(["again"], outbox, postgres)
            try await OutboxBench.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["one", "two", "three"])
        #expect(slack.snapshot.messages.allSatisfy { $0.thread == "1700000000.000100" })
    }

    @Test("A row that holds no message is given up, with an error in the log, and holds up nothing")
    func unreadable() async throws {
        let slack = try StubSlack()
        let errors = EventLog<String>()
        let logger = Logger(label: "test", minimumLevel: .error) { _, _, message, _ in errors.append("\(message)") }
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            let early = Outbox()
            for key in ["broken", "sound"] { try await OutboxBench.publish([key], key: key, early, postgres) }
            let elsewhere = SlackDestination(team: "T1", channel: "C2", thread: "1700000000.000200")
            try await OutboxBench.publish(["other"], key: "other", to: elsewhere, early, postgres)
            try await postgres.query(
                "UPDATE ai.slack_outbox SET message = '[\"no message\"]' WHERE answer_key = 'broken'")
            try await OutboxBench.run(slack, postgres, logger: logger) { _, postgres in
                try await OutboxBench.untilSent(postgres)
            }
            #expect(try await OutboxBench.states(postgres) == ["gave_up", "posted", "posted"])
        }
        #expect(Set(slack.snapshot.messages.map(\.text)) == ["sound", "other"])
        #expect(errors.all == ["a message cannot be read and was given up"])
    }

    @Test("An answer that is there before its placeholder was tried is posted alone")
    func dropsPlaceholder() async throws {
        let slack = try StubSlack()
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            let early = Outbox()
            try await OutboxBench.placeholder(early, postgres)
            try await OutboxBench.publish(["answer"], early, postgres)
            try await OutboxBench.run(slack, postgres) { _, postgres in try await OutboxBench.untilSent(postgres) }
            #expect(try await OutboxBench.states(postgres) == ["dropped", "posted"])
        }
        #expect(slack.snapshot.calls("chat.postMessage").count == 1)
        #expect(slack.snapshot.messages.map(\.history) == [["answer"]])
    }

    @Test(
        "What Slack certainly did not do is done again",
        arguments: [
            [StubSlack.Behaviour.rateLimited(seconds: 1)], [.refused("accesslimited"), .refused("accesslimited")],
        ])
    func repeats(_ behaviours: [StubSlack.Behaviour]) async throws {
        let slack = try StubSlack()
        for behaviour in behaviours { slack.script("chat.postMessage", behaviour) }
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.publish(["answer"], outbox, postgres)
            try await OutboxBench.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer"])
        #expect(slack.snapshot.calls("chat.postMessage").count == behaviours.count + 1)
        #expect(slack.snapshot.calls("conversations.replies").isEmpty)
    }

    @Test(
        "A post of unknown outcome is looked for before it is made again",
        arguments: [
            (StubSlack.Behaviour.answerLost, 1), (.dropped, 2), (.status500, 2), (.html503, 2),
        ])
    func inDoubt(_ behaviour: StubSlack.Behaviour, _ posts: Int) async throws {
        let slack = try StubSlack()
        // Other messages in the thread, so that the search has to turn pages.
        for number in 1...5 {
            slack.addMessage(
                channel: "C1", ts: "18500000\(number)0.000100", thread: "1700000000.000100", text: "talk \(number)")
        }
        slack.script("chat.postMessage", behaviour)
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.publish(["answer", "second"], outbox, postgres)
            try await OutboxBench.untilSent(postgres)
        }
        let ours = slack.snapshot.messages.filter(\.isByBot)
        #expect(ours.map(\.text) == ["answer", "second"])
        #expect(slack.snapshot.calls("chat.postMessage").count == posts + 1)
        #expect(!slack.snapshot.calls("conversations.replies").isEmpty)
    }

    @Test("An edit of unknown outcome is simply made again")
    func repeatsEdit() async throws {
        let slack = try StubSlack()
        slack.script("chat.update", .answerLost, .dropped, .html503)
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.placeholder(outbox, postgres)
            await slack.wait { !$0.messages.isEmpty }
            try await OutboxBench.publish(["answer"], outbox, postgres)
            try await OutboxBench.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer"])
        #expect(slack.snapshot.calls("chat.update").count == 4)
    }

    @Test("Blocks that Slack refuses cost the blocks, not the answer")
    func refusedBlocks() async throws {
        let slack = try StubSlack()
        slack.setMode(.blocksRefused, for: "chat.postMessage")
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.publish(["answer"], blocks: true, outbox, postgres)
            try await OutboxBench.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer"])
        #expect(slack.snapshot.messages.first?.blocks.isEmpty == true)
        #expect(slack.snapshot.calls("chat.postMessage").count == 2)
    }

    @Test("Refused blocks of an edit do not stay in the message")
    func refusedBlocksOfEdit() async throws {
        let slack = try StubSlack()
        slack.setMode(.blocksRefused, for: "chat.update")
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.placeholder(outbox, postgres)
            await slack.wait { !$0.messages.isEmpty }
            try await OutboxBench.publish(["answer"], blocks: true, outbox, postgres)
            try await OutboxBench.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer"])
        #expect(slack.snapshot.calls("chat.update").last?.arguments["blocks"] == [])
    }

    @Test("A placeholder that is gone is replaced by a new message")
    func placeholderGone() async throws {
        let slack = try StubSlack()
        slack.script("chat.update", .refused("message_not_found"))
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.placeholder(outbox, postgres)
            await slack.wait { !$0.messages.isEmpty }
            try await OutboxBench.publish(["answer"], outbox, postgres)
            try await OutboxBench.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["…", "answer"])
    }

    @Test("The repetition of an edit does not post the answer again where the placeholder is gone")
    func repeatOfGoneEdit() async throws {
        let slack = try StubSlack()
        slack.setMode(.refused("message_not_found"), for: "chat.update")
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.placeholder(outbox, postgres)
            try await OutboxBench.untilSent(postgres)
            try await postgres.withTransaction {
                try await outbox.publish(
                    [SlackMessage(text: "answer")], key: "k", to: OutboxBench.destination, repeatsUpdate: true, on: $0)
            }
            outbox.wake()
            try await OutboxBench.untilSent(postgres)
            try await postgres.query("UPDATE ai.slack_outbox SET run_at = clock_timestamp() WHERE is_repeat")
            outbox.wake()
            try await waitUntil { try await OutboxBench.states(postgres) == ["posted", "posted", "dropped"] }
        }
        #expect(slack.snapshot.messages.map(\.text) == ["…", "answer"])
    }

    @Test("A channel that cannot be written to is given up at once")
    func deadChannel() async throws {
        let slack = try StubSlack()
        slack.setMode(.refused("is_archived"), for: "chat.postMessage")
        try await OutboxBench.with(slack) { outbox, postgres in
            try await OutboxBench.placeholder(outbox, postgres)
            try await OutboxBench.untilSent(postgres)
            try await OutboxBench.publish(["answer"], outbox, postgres)
            try await OutboxBench.untilSent(postgres)
            #expect(try await OutboxBench.states(postgres) == ["gave_up", "gave_up"])
        }
        #expect(slack.snapshot.calls("chat.postMessage").count == 2)
    }

    @Test("What waited while Slack was down is sent when it is up again, once and in order")
    func slackDown() async throws {
        let slack = try StubSlack()
        slack.setMode(.refused("accesslimited"))
        try await OutboxBench.with(slack) { outbox, postgres in
            for number in 0..<3 {
                try await OutboxBench.publish(["answer \(number)"], key: "k\(number)", outbox, postgres)
            }
            await slack.wait { $0.calls.count >= 3 }
            slack.setMode(.normal)
            try await OutboxBench.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer 0", "answer 1", "answer 2"])
    }

    @Test("New messages of a channel keep their distance; other channels and edits do not wait for them")
    func pacing() async throws {
        let slack = try StubSlack()
        try await OutboxBench.with(slack, options: { $0.postInterval = .seconds(3600) }) { outbox, postgres in
            let thread: SlackTimestamp = "1700000009.000100"
            let elsewhere = SlackDestination(team: "T1", channel: "C2", thread: thread)
            try await OutboxBench.placeholder(key: "a", outbox, postgres)
            await slack.wait { $0.messages.count == 1 }
            try await OutboxBench.publish(
                ["paced"], key: "b", to: SlackDestination(team: "T1", channel: "C1", thread: thread), outbox, postgres)
            try await OutboxBench.publish(["elsewhere"], key: "c", to: elsewhere, outbox, postgres)
            try await OutboxBench.publish(["answer"], key: "a", outbox, postgres)
            await slack.wait { $0.messages.map(\.text) == ["answer", "elsewhere"] }
            #expect(slack.snapshot.calls("chat.postMessage").count == 2)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer", "elsewhere"])
    }

    @Test("A post that a process began before it died is found and not repeated")
    func crashAfterPost() async throws {
        let slack = try StubSlack()
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            try await OutboxBench.run(slack, postgres) { outbox, postgres in
                try await OutboxBench.publish(["answer"], outbox, postgres)
                try await OutboxBench.untilSent(postgres)
            }
            // As if the process had died before it could write down that the message was posted.
            try await postgres.query(
                """
                UPDATE ai.slack_outbox SET state = 'intent', ts = NULL, owner = gen_random_uuid(), finished_at = NULL,
                    run_at = clock_timestamp()
                """)
            try await OutboxBench.run(slack, postgres) { _, postgres in try await OutboxBench.untilSent(postgres) }
            #expect(try await OutboxBench.states(postgres) == ["posted"])
        }
        #expect(slack.snapshot.calls("chat.postMessage").count == 1)
    }
}

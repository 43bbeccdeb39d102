import HTTP
import Postgres
import ServiceRuntime
import SlackAPI
import SlackBot
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct OutboxTests {
    private static let destination = SlackDestination(team: "T1", channel: "C1", thread: "1700000000.000100")

    /// A sender beside the body, without the rest of the surface.
    private static func with(
        _ slack: StubSlack, options adjust: @Sendable (inout OutboxOptions) -> Void = { _ in },
        _ body: @Sendable (Outbox, PostgresClient) async throws -> Void
    ) async throws {
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            try await run(slack, postgres, options: adjust, body)
        }
    }

    private static func run(
        _ slack: StubSlack, _ postgres: PostgresClient, options adjust: (inout OutboxOptions) -> Void = { _ in },
        logger: Logger = Logger(label: "test", minimumLevel: .error, handler: { _, _, _, _ in }),
        _ body: (Outbox, PostgresClient) async throws -> Void
    ) async throws {
        var options = SlackBench.configuration(slack).outbox
        adjust(&options)
        let outbox = Outbox()
        let client = try SlackClient(
            token: Secret("xoxb-test"), baseURL: slack.baseURL, http: .init(logger: PostgresServer.logger))
        let sender = OutboxSender(
            outbox: outbox, client: postgres,
            installations: SingleInstallation(client: client, logger: PostgresServer.logger),
            access: AccessCheck(
                policy: AccessPolicy(), users: UserDirectory(), channels: ChannelDirectory(logger: logger)),
            options: options, logger: logger)
        let shutdown = GracefulShutdown()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await shutdown.run { try await sender.run() } }
            do {
                try await body(outbox, postgres)
            } catch {
                group.cancelAll()
                throw error
            }
            shutdown.trigger()
            try await group.waitForAll()
        }
    }

    private static func publish(
        _ texts: [String], key: String = "k", blocks: Bool = false, to destination: SlackDestination = destination,
        _ outbox: Outbox, _ postgres: PostgresClient
    ) async throws {
        let messages = texts.map {
            SlackMessage(text: SlackText($0), blocks: blocks ? [.section(text: "block \($0)")] : [])
        }
        try await postgres.withTransaction {
            try await outbox.publish(messages, key: key, to: destination, on: $0)
        }
        outbox.wake()
    }

    private static func placeholder(
        key: String = "k", to destination: SlackDestination = destination, _ outbox: Outbox, _ postgres: PostgresClient
    ) async throws {
        try await postgres.withConnection {
            try await outbox.placeholder(SlackMessage(text: "…"), key: key, to: destination, on: $0)
        }
        outbox.wake()
    }

    private static func untilSent(_ postgres: PostgresClient) async throws {
        while try await !postgres.query(
            "SELECT id FROM ai.slack_outbox WHERE state IN ('ready', 'intent') AND NOT is_repeat"
        ).rows.isEmpty {
            // In production half a minute passes before a post in doubt is looked for.
            try await postgres.query(
                "UPDATE ai.slack_outbox SET run_at = clock_timestamp() WHERE state = 'intent' AND owner IS NULL")
            // Only so that the loop leaves the machine to those it waits for.
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private static func states(_ postgres: PostgresClient) async throws -> [String?] {
        try await postgres.query("SELECT state FROM ai.slack_outbox ORDER BY id").rows.map { $0["state"] }
    }

    @Test("An answer replaces its placeholder; the rest of it follows")
    func replaces() async throws {
        let slack = try StubSlack()
        try await Self.with(slack) { outbox, postgres in
            try await Self.placeholder(outbox, postgres)
            await slack.wait { !$0.messages.isEmpty }
            try await Self.publish(["one", "two", "three"], outbox, postgres)
            try await Self.publish(["again"], outbox, postgres)
            try await Self.untilSent(postgres)
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
            for key in ["broken", "sound"] { try await Self.publish([key], key: key, early, postgres) }
            let elsewhere = SlackDestination(team: "T1", channel: "C2", thread: "1700000000.000200")
            try await Self.publish(["other"], key: "other", to: elsewhere, early, postgres)
            try await postgres.query(
                "UPDATE ai.slack_outbox SET message = '[\"no message\"]' WHERE answer_key = 'broken'")
            try await Self.run(slack, postgres, logger: logger) { _, postgres in try await Self.untilSent(postgres) }
            #expect(try await Self.states(postgres) == ["gave_up", "posted", "posted"])
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
            try await Self.placeholder(early, postgres)
            try await Self.publish(["answer"], early, postgres)
            try await Self.run(slack, postgres) { _, postgres in try await Self.untilSent(postgres) }
            #expect(try await Self.states(postgres) == ["dropped", "posted"])
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
        try await Self.with(slack) { outbox, postgres in
            try await Self.publish(["answer"], outbox, postgres)
            try await Self.untilSent(postgres)
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
        try await Self.with(slack) { outbox, postgres in
            try await Self.publish(["answer", "second"], outbox, postgres)
            try await Self.untilSent(postgres)
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
        try await Self.with(slack) { outbox, postgres in
            try await Self.placeholder(outbox, postgres)
            await slack.wait { !$0.messages.isEmpty }
            try await Self.publish(["answer"], outbox, postgres)
            try await Self.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer"])
        #expect(slack.snapshot.calls("chat.update").count == 4)
    }

    @Test("Blocks that Slack refuses cost the blocks, not the answer")
    func refusedBlocks() async throws {
        let slack = try StubSlack()
        slack.setMode(.blocksRefused, for: "chat.postMessage")
        try await Self.with(slack) { outbox, postgres in
            try await Self.publish(["answer"], blocks: true, outbox, postgres)
            try await Self.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer"])
        #expect(slack.snapshot.messages.first?.blocks.isEmpty == true)
        #expect(slack.snapshot.calls("chat.postMessage").count == 2)
    }

    @Test("Refused blocks of an edit do not stay in the message")
    func refusedBlocksOfEdit() async throws {
        let slack = try StubSlack()
        slack.setMode(.blocksRefused, for: "chat.update")
        try await Self.with(slack) { outbox, postgres in
            try await Self.placeholder(outbox, postgres)
            await slack.wait { !$0.messages.isEmpty }
            try await Self.publish(["answer"], blocks: true, outbox, postgres)
            try await Self.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer"])
        #expect(slack.snapshot.calls("chat.update").last?.arguments["blocks"] == [])
    }

    @Test("A placeholder that is gone is replaced by a new message")
    func placeholderGone() async throws {
        let slack = try StubSlack()
        slack.script("chat.update", .refused("message_not_found"))
        try await Self.with(slack) { outbox, postgres in
            try await Self.placeholder(outbox, postgres)
            await slack.wait { !$0.messages.isEmpty }
            try await Self.publish(["answer"], outbox, postgres)
            try await Self.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["…", "answer"])
    }

    @Test("A channel that cannot be written to is given up at once")
    func deadChannel() async throws {
        let slack = try StubSlack()
        slack.setMode(.refused("is_archived"), for: "chat.postMessage")
        try await Self.with(slack) { outbox, postgres in
            try await Self.placeholder(outbox, postgres)
            try await Self.untilSent(postgres)
            try await Self.publish(["answer"], outbox, postgres)
            try await Self.untilSent(postgres)
            #expect(try await Self.states(postgres) == ["gave_up", "gave_up"])
        }
        #expect(slack.snapshot.calls("chat.postMessage").count == 2)
    }

    @Test("What waited while Slack was down is sent when it is up again, once and in order")
    func slackDown() async throws {
        let slack = try StubSlack()
        slack.setMode(.refused("accesslimited"))
        try await Self.with(slack) { outbox, postgres in
            for number in 0..<3 {
                try await Self.publish(["answer \(number)"], key: "k\(number)", outbox, postgres)
            }
            await slack.wait { $0.calls.count >= 3 }
            slack.setMode(.normal)
            try await Self.untilSent(postgres)
        }
        #expect(slack.snapshot.messages.map(\.text) == ["answer 0", "answer 1", "answer 2"])
    }

    @Test("What is too old is given up without being sent")
    func tooOld() async throws {
        let slack = try StubSlack()
        try await Self.with(slack, options: { $0.giveUpAfter = .zero }) { outbox, postgres in
            try await Self.publish(["answer"], outbox, postgres)
            try await Self.untilSent(postgres)
            #expect(try await Self.states(postgres) == ["gave_up"])
        }
        #expect(slack.snapshot.calls.isEmpty)
    }

    @Test("New messages of a channel keep their distance; other channels and edits do not wait for them")
    func pacing() async throws {
        let slack = try StubSlack()
        try await Self.with(slack, options: { $0.postInterval = .seconds(3600) }) { outbox, postgres in
            let thread: SlackTimestamp = "1700000009.000100"
            let elsewhere = SlackDestination(team: "T1", channel: "C2", thread: thread)
            try await Self.placeholder(key: "a", outbox, postgres)
            await slack.wait { $0.messages.count == 1 }
            try await Self.publish(
                ["paced"], key: "b", to: SlackDestination(team: "T1", channel: "C1", thread: thread), outbox, postgres)
            try await Self.publish(["elsewhere"], key: "c", to: elsewhere, outbox, postgres)
            try await Self.publish(["answer"], key: "a", outbox, postgres)
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
            try await Self.run(slack, postgres) { outbox, postgres in
                try await Self.publish(["answer"], outbox, postgres)
                try await Self.untilSent(postgres)
            }
            // As if the process had died before it could write down that the message was posted.
            try await postgres.query(
                """
                UPDATE ai.slack_outbox SET state = 'intent', ts = NULL, owner = gen_random_uuid(), finished_at = NULL,
                    run_at = clock_timestamp()
                """)
            try await Self.run(slack, postgres) { _, postgres in try await Self.untilSent(postgres) }
            #expect(try await Self.states(postgres) == ["posted"])
        }
        #expect(slack.snapshot.calls("chat.postMessage").count == 1)
    }
}

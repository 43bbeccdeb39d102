import FoundationEssentials
import Postgres
import ServiceRuntime
import SlackAPI
import SlackBot
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct CatchUpTests {
    private static let now = Int(Date.now.timeIntervalSince1970)

    /// A time stamp so many seconds ago.
    private static func ts(_ ago: Int) -> String { "\(now - ago).000100" }

    private static func configuration(
        _ slack: StubSlack, _ adjust: (inout CatchUpOptions) -> Void = { _ in }
    ) -> SlackConfiguration {
        SlackBench.configuration(slack) { configuration in
            configuration.catchUp.ageLimit = .seconds(86_400)
            configuration.catchUp.interval = .seconds(36_000)
            configuration.catchUp.tick = .milliseconds(20)
            configuration.catchUp.settling = .zero
            configuration.catchUp.callInterval = .zero
            configuration.questions.lateAfter = .seconds(3600)
            adjust(&configuration.catchUp)
        }
    }

    /// The surface on a database in which Dash was first started some days ago.
    private static func with(
        _ slack: StubSlack, firstStart days: Int? = 3, adjust: @Sendable (inout CatchUpOptions) -> Void = { _ in },
        _ body: @Sendable (SlackBench) async throws -> Void
    ) async throws {
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            if let days {
                try await postgres.query(
                    """
                    INSERT INTO ai.slack_catch_up (team, since)
                    VALUES ('T1', clock_timestamp() - make_interval(days => \(days)::integer))
                    """)
            }
            try await SlackBench.run(FakeAnswering(), slack, postgres, configuration(slack, adjust), body)
        }
    }

    /// Returns when a round has been over everything and what it found is answered.
    private static func untilRead(_ bench: SlackBench, _ channels: Int = 1) async throws {
        while try await bench.count("slack_history") < channels { try await Task.sleep(for: .milliseconds(2)) }
        try await bench.untilQuiet()
    }

    private static func answers(_ slack: StubSlack) -> [String] {
        slack.snapshot.messages.filter { $0.isByBot }.map(\.text)
    }

    @Test("Who asked while Dash was away is answered in the thread, with a line that says so; others are not")
    func missed() async throws {
        let slack = try StubSlack()
        slack.setConversation("C1", [:])
        slack.addMessage(channel: "C1", ts: Self.ts(7200), thread: nil, text: "<@UDASH> what is MRR?")
        slack.addMessage(channel: "C1", ts: Self.ts(7100), thread: nil, text: "just talking")
        slack.addMessage(channel: "C1", ts: Self.ts(7000), thread: nil, text: "<@U2> what is MRR?")
        slack.addMessage(channel: "C1", ts: Self.ts(100_000), thread: nil, text: "<@UDASH> too old")
        try await Self.with(slack) { bench in
            try await Self.untilRead(bench)
            let text = try #require(Self.answers(slack).first)
            #expect(Self.answers(slack).count == 1)
            #expect(text.hasPrefix("_Asked <!date^\(Self.now - 7200)^"))
            #expect(text.hasSuffix("You asked: what is MRR?"))
            #expect(slack.snapshot.messages.last?.thread == Self.ts(7200))
            // Slack's own delivery may still come.
            #expect(try await bench.deliver(SlackBench.mention("what is MRR?", ts: Self.ts(7200))) == 200)
            #expect(try await bench.count("jobs") == 1)
        }
    }

    @Test("What came by its event is not asked again, and nothing is said about being late")
    func known() async throws {
        let slack = try StubSlack()
        slack.setConversation("C1", [:])
        slack.addMessage(channel: "C1", ts: Self.ts(60), thread: nil, text: "<@UDASH> MRR?")
        slack.addMessage(channel: "C1", ts: Self.ts(50), thread: nil, text: "<@UDASH> ARR?")
        slack.setMode(.refused("accesslimited"), for: "auth.test")
        try await Self.with(slack) { bench in
            try await bench.deliver(SlackBench.mention("MRR?", ts: Self.ts(60)))
            try await bench.untilQuiet()
            slack.setMode(.normal, for: "auth.test")
            try await Self.untilRead(bench)
            #expect(Self.answers(slack) == ["You asked: MRR?", "You asked: ARR?"])
        }
    }

    @Test("At the first start nothing that was asked before is answered")
    func firstStart() async throws {
        let slack = try StubSlack()
        slack.setConversation("C1", [:])
        slack.addMessage(channel: "C1", ts: Self.ts(600), thread: nil, text: "<@UDASH> what is MRR?")
        try await Self.with(slack, firstStart: nil) { bench in
            try await Self.untilRead(bench)
            #expect(try await bench.count("jobs") == 0)
        }
    }

    @Test("Replies are found in threads Dash takes part in, old ones too, and mentions in any thread")
    func threads() async throws {
        let slack = try StubSlack()
        slack.setConversation("C1", [:])
        for (thread, text) in [(Self.ts(200_000), "old"), (Self.ts(5000), "unknown")] {
            slack.addMessage(channel: "C1", ts: thread, thread: thread, text: text)
        }
        slack.addMessage(channel: "C1", ts: Self.ts(900), thread: Self.ts(200_000), text: "and by plan?")
        slack.addMessage(channel: "C1", ts: Self.ts(800), thread: Self.ts(5000), text: "hm")
        slack.addMessage(channel: "C1", ts: Self.ts(700), thread: Self.ts(5000), text: "<@UDASH> do you know?")
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            try await postgres.query(
                "INSERT INTO ai.slack_catch_up (team, since) VALUES ('T1', now() - interval '3 days')")
            try await postgres.query(
                """
                INSERT INTO ai.slack_threads (team, channel, thread, first_at)
                VALUES ('T1', 'C1', \(Self.ts(200_000)), now() - interval '2 days')
                """)
            try await SlackBench.run(FakeAnswering(), slack, postgres, Self.configuration(slack)) { bench in
                try await Self.untilRead(bench)
            }
        }
        let ours = slack.snapshot.messages.filter(\.isByBot)
        #expect(ours.count == 2)
        #expect(ours.first { $0.thread == Self.ts(200_000) }?.text.hasSuffix("and by plan?") == true)
        #expect(ours.first { $0.thread == Self.ts(5000) }?.text.hasSuffix("do you know?") == true)
    }

    @Test("What people said to each other before somebody mentioned Dash is theirs, in every round")
    func talkBefore() async throws {
        let slack = try StubSlack()
        slack.setConversation("C1", [:])
        slack.addMessage(channel: "C1", ts: Self.ts(900), thread: Self.ts(900), text: "look at this")
        slack.addMessage(channel: "C1", ts: Self.ts(800), thread: Self.ts(900), text: "hm")
        slack.addMessage(channel: "C1", ts: Self.ts(700), thread: Self.ts(900), text: "<@UDASH> do you know?")
        slack.addMessage(channel: "C1", ts: Self.ts(600), thread: Self.ts(900), text: "and why?")
        try await Self.with(
            slack,
            adjust: {
                $0.interval = .zero
                $0.thoroughInterval = .zero
            }
        ) { bench in
            await slack.wait { $0.calls("conversations.replies").count >= 4 }
            try await bench.untilQuiet()
        }
        #expect(
            Self.answers(slack).map { String($0.suffix(12)) }.sorted() == ["do you know?", "ed: and why?"])
    }

    @Test("Direct messages of people who have written before are read without the right to list them")
    func directMessages() async throws {
        let slack = try StubSlack()
        slack.addMessage(channel: "D1", ts: Self.ts(600), thread: nil, text: "what is MRR?")
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            try await postgres.query(
                "INSERT INTO ai.slack_catch_up (team, since) VALUES ('T1', now() - interval '3 days')")
            try await postgres.query(
                """
                INSERT INTO ai.slack_events (event_id, team, channel, ts, thread, asker, kind)
                VALUES ('E1', 'T1', 'D1', '1.1', '1.1', 'U1', 'directMessage')
                """)
            try await SlackBench.run(FakeAnswering(), slack, postgres, Self.configuration(slack)) { bench in
                try await Self.untilRead(bench)
            }
        }
        #expect(Self.answers(slack).first?.hasSuffix("You asked: what is MRR?") == true)
        let types = slack.snapshot.calls("users.conversations").compactMap { $0.arguments["types"]?.string }
        #expect(types.first == "public_channel")
    }

    @Test("Slack's limit is waited out; a channel that cannot be read does not keep the others")
    func trouble() async throws {
        let slack = try StubSlack()
        for channel in ["C1", "C2"] {
            slack.setConversation(channel, [:])
            slack.addMessage(channel: channel, ts: Self.ts(600), thread: nil, text: "<@UDASH> in \(channel)?")
        }
        slack.script("conversations.history", .rateLimited(seconds: 1), .refused("channel_not_found"))
        try await Self.with(slack) { bench in
            try await Self.untilRead(bench, 2)
            #expect(Self.answers(slack).count == 1)
        }
        #expect(slack.snapshot.calls("conversations.history").count == 3)
    }

    @Test("A round has a bounded number of calls; the next one goes on with what has waited longest")
    func bounded() async throws {
        let slack = try StubSlack()
        slack.setPageSize(100)
        for number in 1...4 {
            slack.setConversation("C\(number)", [:])
            slack.addMessage(channel: "C\(number)", ts: Self.ts(600), thread: nil, text: "<@UDASH> in C\(number)?")
        }
        try await Self.with(
            slack,
            adjust: {
                $0.maximumCalls = 3
                $0.interval = .zero
            }
        ) { bench in
            try await Self.untilRead(bench, 4)
            #expect(Set(Self.answers(slack).map { String($0.suffix(3)) }) == ["C1?", "C2?", "C3?", "C4?"])
            #expect(Self.answers(slack).count == 4)
        }
    }

    @Test("A question that could not be stored is found as soon as the database is back, without Slack's help")
    func afterOutage() async throws {
        let slack = try StubSlack()
        slack.setConversation("C1", [:])
        try await Self.with(slack) { bench in
            try await Self.untilRead(bench)
            try await bench.postgres.query("ALTER TABLE ai.slack_events RENAME TO slack_events_away")
            slack.addMessage(channel: "C1", ts: Self.ts(5), thread: nil, text: "<@UDASH> what is MRR?")
            #expect(try await bench.deliver(SlackBench.mention("what is MRR?", ts: Self.ts(5))) == 503)
            try await bench.postgres.query("ALTER TABLE ai.slack_events_away RENAME TO slack_events")
            await slack.wait { $0.messages.contains { $0.text == "You asked: what is MRR?" } }
            try await bench.untilQuiet()
        }
        #expect(slack.snapshot.messages.count { $0.text == "You asked: what is MRR?" } == 1)
    }

    @Test("A question that was deleted before anybody began with it is not answered")
    func deleted() async throws {
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            let slack = try StubSlack()
            try await SlackBench.run(FakeAnswering(), slack, postgres, SlackBench.configuration(slack)) { bench in
                // Something else is in its lane, so that it has to wait.
                try await postgres.query(
                    """
                    INSERT INTO ai.jobs (kind, lane, payload, max_attempts, run_at)
                    VALUES ('other', 'slack:T1:C1:1700000000.000100', '{}', 1, clock_timestamp() + interval '1 hour')
                    """)
                try await bench.deliver(SlackBench.mention("what is MRR?"))
                try await bench.deliver(
                    [
                        "type": "message", "subtype": "message_deleted", "hidden": true, "channel": "C1",
                        "channel_type": "channel", "ts": "1700000001.000100", "deleted_ts": "1700000000.000100",
                        "previous_message": ["user": "U1", "ts": "1700000000.000100", "text": "<@UDASH> what is MRR?"],
                    ])
                #expect(try await bench.count("jobs", where: "state = 'cancelled'") == 1)
            }
            #expect(slack.snapshot.calls("chat.postMessage").isEmpty)
        }
    }
}

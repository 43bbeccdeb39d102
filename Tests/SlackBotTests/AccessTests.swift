import Agents
import Dash
import FoundationEssentials
import Postgres
import ServiceRuntime
import SlackAPI
import SlackBot
import TestSupport
import Testing

/// Who is answered, what they are told, and where answers may stand.
@Suite(.timeLimit(.minutes(20))) struct AccessTests {
    @Test("A guest is told once an hour and gets no run")
    func guest() async throws {
        let answering = FakeAnswering()
        let slack = try StubSlack()
        slack.setUser("U1", ["is_restricted": true])
        try await SlackBench.with(answering, slack: slack) { bench in
            for number in 1...3 {
                try await bench.deliver(SlackBench.mention("MRR?", ts: "170000000\(number).000100"))
            }
            try await bench.untilQuiet()
            #expect(
                slack.snapshot.messages.map(\.text) == [
                    "Sorry, I answer full members of this workspace only, not guests."
                ])
            try await bench.deliver(SlackBench.mention("MRR?", ts: "1700000004.000100", channel: "C2"))
            try await bench.untilQuiet()
            #expect(slack.snapshot.messages.map(\.channel) == ["C1", "C2"])
            try await bench.postgres.query("UPDATE ai.slack_refusals SET told_at = told_at - interval '61 minutes'")
            try await bench.deliver(SlackBench.mention("MRR?", ts: "1700000005.000100"))
            try await bench.untilQuiet()
            #expect(slack.snapshot.messages.count == 3)
            #expect(answering.questions.all.isEmpty)
            // Their thread is none that Dash takes part in.
            #expect(try await bench.count("slack_threads") == 0)
        }
    }

    @Test(
        "A bot gets neither an answer nor a sentence",
        arguments: [["is_bot": true], ["deleted": true]] as [[String: JSONValue]])
    func silent(_ members: [String: JSONValue]) async throws {
        let slack = try StubSlack()
        slack.setUser("U1", members)
        try await SlackBench.with(slack: slack) { bench in
            try await bench.deliver(SlackBench.mention("MRR?"))
            try await bench.untilQuiet()
            #expect(slack.snapshot.messages.isEmpty)
        }
    }

    @Test("Where Slack cannot say who asks, nothing is looked up and the person is told to try again")
    func unknown() async throws {
        for behaviour in [StubSlack.Behaviour.status500, .refused("missing_scope")] {
            let answering = FakeAnswering()
            let slack = try StubSlack()
            slack.setMode(behaviour, for: "users.info")
            try await SlackBench.with(
                answering, slack: slack, adjust: { $0.questions.identityPatience = .zero }
            ) { bench in
                try await bench.deliver(SlackBench.mention("MRR?"))
                try await bench.untilQuiet()
                #expect(slack.snapshot.messages.first?.text.contains("Please try again in a minute") == true)
                #expect(answering.questions.all.isEmpty)
            }
        }
    }

    @Test("While Slack cannot be asked who asks, the question waits, and nothing is counted against it")
    func waitsForSlack() async throws {
        let answering = FakeAnswering()
        let slack = try StubSlack()
        slack.script("users.info", .status500, .dropped)
        try await SlackBench.with(answering, slack: slack) { bench in
            try await bench.deliver(SlackBench.mention("MRR?"))
            try await bench.untilQuiet()
            #expect(answering.questions.all.count == 1)
            #expect(slack.snapshot.calls("users.info").count == 3)
            let jobs = try await bench.postgres.query("SELECT attempt FROM ai.jobs").rows
            #expect(try jobs.map { try $0.decode("attempt", as: Int.self) } == [1])
        }
    }

    @Test("Somebody whom Slack does not know is a stranger: no list of people lets them in")
    func notKnown() async throws {
        let cases: [(Set<SlackUserID>, Bool, Int)] = [
            ([], false, 0), ([], true, 1), (["U2"], true, 0), (["U1"], true, 1),
        ]
        for (users, allowsExternal, answered) in cases {
            let answering = FakeAnswering()
            let slack = try StubSlack()
            slack.setMode(.refused("user_not_found"), for: "users.info")
            try await SlackBench.with(
                answering, slack: slack,
                adjust: {
                    $0.questions.access.users = users
                    $0.questions.access.allowsExternal = allowsExternal
                }
            ) { bench in
                try await bench.deliver(SlackBench.mention("MRR?"))
                try await bench.untilQuiet()
                #expect(answering.questions.all.count == answered, "\(users) \(allowsExternal)")
                #expect(answering.questions.all.allSatisfy { $0.isByOutsider })
            }
        }
    }

    @Test("Who somebody is, is asked once for several questions")
    func cached() async throws {
        let slack = try StubSlack()
        try await SlackBench.with(slack: slack) { bench in
            for number in 1...4 {
                try await bench.deliver(SlackBench.mention("MRR?", ts: "170000000\(number).000100"))
                try await bench.untilQuiet()
            }
            #expect(slack.snapshot.calls("users.info").count == 1)
        }
    }

    @Test("A channel that became shared while a question ran gets a sentence instead of the answer")
    func sharedMeanwhile() async throws {
        let slack = try StubSlack()
        let long = (1...400).map { "Canary number \($0)." }.joined(separator: " ")
        let answering = FakeAnswering { _, id, _ in
            slack.setConversation("C1", ["is_ext_shared": true, "connected_team_ids": ["T2"]])
            return FakeAnswering.answer(long, id)
        }
        try await SlackBench.with(answering, slack: slack) { bench in
            try await bench.deliver(SlackBench.mention("MRR?"))
            try await bench.untilQuiet()
            let messages = slack.snapshot.messages
            #expect(messages.count == 1)
            #expect(messages.first?.text.hasPrefix("This channel is shared with another organisation") == true)
            let sent = slack.snapshot.calls.map { $0.arguments.encoded() }.joined()
            #expect(!sent.contains("Canary"))
        }
    }

    @Test("While Slack cannot say who reads a channel, an answer waits")
    func waits() async throws {
        let slack = try StubSlack()
        slack.script("conversations.info", .status500, .dropped, .rateLimited(seconds: 1))
        try await SlackBench.with(slack: slack) { bench in
            try await bench.deliver(SlackBench.mention("MRR?"))
            try await bench.untilQuiet()
            #expect(slack.snapshot.messages.map(\.text) == ["You asked: MRR?"])
        }
    }

    @Test(
        "Where Slack does not say who reads a channel, no data is shown there, and what is missing is named",
        arguments: [
            ("missing_scope", "`channels:read`"), ("no_permission", "`groups:read`"),
            ("channel_not_found", "inviting me"),
            ("unknown_method", "dashd doctor"), ("something_new", "dashd doctor"),
        ])
    func unknownReaders(_ refusal: String, _ hint: String) async throws {
        let slack = try StubSlack()
        let long = (1...400).map { "Canary number \($0)." }.joined(separator: " ")
        slack.setMode(.refused(refusal), for: "conversations.info")
        try await SlackBench.with(FakeAnswering { _, id, _ in FakeAnswering.answer(long, id) }, slack: slack) { bench in
            try await bench.deliver(SlackBench.mention("MRR?"))
            try await bench.deliver(SlackBench.mention("MRR?", ts: "1700000009.000100", channel: "G1"))
            try await bench.untilQuiet()
            let messages = slack.snapshot.messages
            #expect(messages.map(\.channel).sorted() == ["C1", "G1"])
            for message in messages {
                #expect(message.text.hasPrefix("I could not check with Slack whether people of another organisation"))
                #expect(message.text.contains(hint))
            }
            let sent = slack.snapshot.calls.map { $0.arguments.encoded() }.joined()
            #expect(!sent.contains("Canary"))
        }
    }

    @Test("A direct message, and a channel that the settings name, are answered without asking who reads them")
    func knownReaders() async throws {
        let slack = try StubSlack()
        slack.setMode(.refused("missing_scope"), for: "conversations.info")
        try await SlackBench.with(slack: slack, adjust: { $0.questions.access.channels = ["C1"] }) { bench in
            try await bench.deliver(SlackBench.mention("MRR?"))
            try await bench.deliver([
                "type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": "1700000002.000100",
                "text": "MRR?",
            ])
            try await bench.untilQuiet()
            #expect(slack.snapshot.messages.map(\.text) == ["You asked: MRR?", "You asked: MRR?"])
            #expect(slack.snapshot.calls("conversations.info").isEmpty)
        }
    }

    @Test("Whoever is let in as an outsider is marked as one")
    func outsider() async throws {
        let answering = FakeAnswering()
        let slack = try StubSlack()
        slack.setUser("U1", ["is_restricted": true])
        try await SlackBench.with(answering, slack: slack, adjust: { $0.questions.access.allowsGuests = true }) {
            bench in
            try await bench.deliver(SlackBench.mention("MRR?"))
            try await bench.untilQuiet()
            #expect(answering.questions.all.map(\.isByOutsider) == [true])
            #expect(answering.questions.all.map(\.origin.place) == ["slack:T1:C1"])
        }
    }

    @Test("Whatever a question comes to, no token is alive, no address foreign, nothing unfolds")
    func outputRules() async throws {
        struct Broken: Error, CustomStringConvertible {
            let description = "column \"<!here>\" https://evil.example"
        }
        let evil =
            "<!channel> <https://evil.example/?q=1|click> ![x](https://evil.example) @here <@U2> xoxb-1234567890-abcdef"
        let table = Answers.table(columns: [(evil, .text), ("b", .text)], rows: [[evil, "1"], [evil, "2"]])
        let answers: [@Sendable (RunID) throws -> Answer] = [
            { id in
                var answer = Answers.answer(
                    headline: evil, meaning: evil, tables: [table], statements: ["SELECT '\(evil)'"], caveats: [evil],
                    nextSteps: [evil], choices: [evil])
                answer.runID = id
                return answer
            },
            { id in Answer(kind: .failure, runID: id, headline: evil, answeredAt: .now) }, { _ in throw Broken() },
        ]
        for make in answers {
            let slack = try StubSlack()
            let answering = FakeAnswering { _, id, onEvent in
                await slack.wait { !$0.messages.isEmpty }
                onEvent(FakeAnswering.event(.toolStarted(agent: "analyst", callID: "1", tool: "run_sql")))
                return try make(id)
            }
            try await SlackBench.with(answering, slack: slack) { bench in
                try await bench.deliver(SlackBench.mention("\(evil)?"))
                try await bench.untilQuiet()
                for call in slack.snapshot.calls where call.method.hasPrefix("chat.") {
                    let sent = call.arguments.encoded()
                    for live in ["<!", "<@", "<#", "<http", "https://", "http://", "@here", "@channel", "xoxb-"] {
                        #expect(!sent.contains(live), "\(live) in \(sent)")
                    }
                    #expect(call.arguments["unfurl_links"] == false)
                    #expect(call.arguments["unfurl_media"] == false)
                    #expect(call.arguments["link_names"] == false)
                    #expect(call.arguments["parse"] == "none")
                }
                for table in ["slack_outbox", "jobs"] {
                    #expect(try await bench.count(table, where: "\(table)::text LIKE '%xoxb-1234%'") == 0)
                }
            }
        }
    }
}

import HTTP
import ServiceRuntime
import TestSupport
import Testing

/// The daemon between a signed event and a recording Slack.
@Suite(.timeLimit(.minutes(20)))
struct SlackTests {
    /// The number as people see it in text: grouped, with two decimals.
    private func shown(_ number: String?) throws -> String {
        let number = try #require(number)
        return try #require(DecimalText.fixed(number, decimals: 2))
    }

    private func settled(_ world: World, thread: String, count: Int = 1) async -> Bool {
        await world.slack.wait { state in
            state.messages.filter { $0.thread == thread && $0.isByBot && $0.text.contains("$") }.count >= count
        }
    }

    @Test("A mention, its twin, its retries and a follow-up: two answers in the thread, with the right numbers")
    func mentionAndFollowUp() async throws {
        try await World.with { world in
            let mrr = try shown(
                try await world.value("SELECT sum(mrr) FROM public.subscriptions WHERE status = 'active'"))
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                let question = "<@\(StubSlack.botUser)> What's our current MRR?"
                for _ in 0..<3 {
                    let status = try await sender.send(
                        question, type: "app_mention", channel: "C1", ts: "100.1", eventID: "Ev1")
                    #expect(status == 200)
                }
                try await sender.send(question, channel: "C1", channelType: "channel", ts: "100.1", eventID: "Ev2")
                #expect(await settled(world, thread: "100.1"))
                try await sender.send(
                    "break down our MRR by plan", channel: "C1", channelType: "channel", ts: "101.1", thread: "100.1",
                    eventID: "Ev3")
                #expect(await settled(world, thread: "100.1", count: 2))
                let answers = world.slack.snapshot.messages.filter { $0.thread == "100.1" && $0.isByBot }
                #expect(answers.count == 2)
                #expect(answers.first?.text.contains(mrr) == true)
                #expect(answers.allSatisfy { !$0.text.isEmpty })
                #expect(answers.last?.blocks.contains { $0["type"]?.string == "data_table" } == true)
            }
        }
    }

    @Test("A direct message is answered in its own thread")
    func directMessage() async throws {
        try await World.with { world in
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                try await sender.send(
                    "Which plan has the highest churn rate?", channel: "D1", channelType: "im", ts: "200.1",
                    eventID: "Ev4")
                let isAnswered = await world.slack.wait { state in
                    state.messages.contains { $0.channel == "D1" && $0.thread == "200.1" && $0.text.contains("%") }
                }
                #expect(isAnswered)
            }
        }
    }

    @Test("What is not for Dash is acknowledged and left alone")
    func ignored() async throws {
        try await World.with(loadingSample: false) { world in
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                let statuses = [
                    try await sender.send("hi all", channel: "C1", channelType: "channel", ts: "1.1", eventID: "A"),
                    try await sender.send(
                        "mine", channel: "D1", channelType: "im", user: StubSlack.botUser, ts: "1.2", eventID: "B"),
                    try await sender.send(
                        "", channel: "D1", channelType: "im", ts: "1.3", eventID: "C",
                        adding: ["subtype": "message_changed", "hidden": true]),
                    try await sender.send(
                        "beep", channel: "D1", channelType: "im", ts: "1.4", eventID: "D", adding: ["bot_id": "B9"]),
                ]
                #expect(statuses == [200, 200, 200, 200])
                #expect(try await world.value("SELECT count(*) FROM ai.jobs") == "0")
            }
            #expect(world.slack.snapshot.messages.isEmpty)
        }
    }

    @Test("A wrong signature is 401, a body of 2 MB is 413, a challenge is echoed")
    func refusals() async throws {
        try await World.with(loadingSample: false) { world in
            try await world.dashd.serving { daemon in
                var sender = SlackSender(daemon: daemon, http: world.http)
                let challenge = try await sender.response(
                    to: Array(#"{"type":"url_verification","challenge":"abc"}"#.utf8))
                #expect(challenge.status == 200)
                #expect(String(decoding: challenge.body, as: UTF8.self).contains("abc"))
                #expect(try await sender.response(to: [UInt8](repeating: 0x20, count: 2 << 20)).status == 413)
                sender.signingSecret = "another"
                #expect(try await sender.post(["type": "url_verification"]) == 401)
            }
        }
    }

    @Test("An empty mention gets a help card, a question of 40,000 characters a polite refusal")
    func unusualQuestions() async throws {
        try await World.with { world in
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                try await sender.send(
                    "<@\(StubSlack.botUser)>", type: "app_mention", channel: "C1", ts: "1.1", eventID: "A")
                try await sender.send(
                    String(repeating: "long ", count: 8000), channel: "D1", channelType: "im", ts: "2.1", eventID: "B")
                let areAnswered = await world.slack.wait { state in
                    state.messages.contains { $0.channel == "C1" && $0.text.lowercased().contains("ask") }
                        && state.messages.contains { $0.channel == "D1" && $0.text.contains("characters") }
                }
                #expect(areAnswered)
            }
        }
    }

    @Test(
        "Whatever Slack answers to the first post, the question has one answer in the end",
        arguments: [
            StubSlack.Behaviour.rateLimited(seconds: 1), .status500, .html503, .dropped, .answerLost,
            .refused("invalid_blocks"),
        ])
    func troubleWithSlack(behaviour: StubSlack.Behaviour) async throws {
        try await World.with { world in
            for method in ["chat.postMessage", "chat.update"] { world.slack.script(method, behaviour) }
            try await world.dashd.serving { daemon in
                try await SlackSender(daemon: daemon, http: world.http).send(
                    "What's our current MRR?", channel: "D1", channelType: "im", ts: "400.1", eventID: "Ev1")
                #expect(await settled(world, thread: "400.1"))
            }
            #expect(world.slack.snapshot.messages.filter { $0.thread == "400.1" && $0.isByBot }.count == 1)
        }
    }

    @Test("A question that was accepted before a SIGKILL is answered once after the restart")
    func killedDaemon() async throws {
        try await World.with { world in
            world.slack.setMode(.status500)
            let first = try await DaemonProcess(world.dashd)
            try await SlackSender(daemon: first, http: world.http).send(
                "What's our current MRR?", channel: "D1", channelType: "im", ts: "300.1", eventID: "Ev9")
            first.kill()
            world.slack.setMode(.normal)
            try await world.dashd.serving { _ in
                #expect(await settled(world, thread: "300.1"))
            }
            #expect(world.slack.snapshot.messages.filter { $0.thread == "300.1" && $0.isByBot }.count == 1)
        }
    }
}

import LanguageModels
import ServiceRuntime
import TestSupport
import Testing

/// Limits of questions and tokens, as people in Slack meet them.
@Suite(.timeLimit(.minutes(20)))
struct LimitTests {
    /// The first text of Dash in the thread that holds the words.
    private func answer(_ world: World, thread: String, holding words: String) async -> String {
        await world.slack.wait { state in
            state.messages.contains { $0.thread == thread && $0.isByBot && $0.text.contains(words) }
        }
        return world.slack.snapshot.messages.first {
            $0.thread == thread && $0.isByBot && $0.text.contains(words)
        }?.text ?? ""
    }

    private static var nextHour: Regex<(Substring, Substring)> { /the next is free in (59|60) minutes, at \d\d:\d\d\./ }

    @Test("A person's questions of an hour: which limit, when it frees, others unaffected, and room again later")
    func user() async throws {
        try await World.with(loadingSample: false, adding: ["DASH_USER_QUESTIONS_PER_HOUR": "2"]) { world in
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                func ask(_ number: Int, by user: String = "U1", in channel: String = "D1") async throws {
                    try await sender.send(
                        "help", channel: channel, channelType: "im", user: user, ts: "70\(number).1",
                        eventID: "Ev7\(number)")
                }
                for number in 1...2 {
                    try await ask(number)
                    _ = await answer(world, thread: "70\(number).1", holding: "answer")
                }
                try await ask(3)
                let sentence = await answer(world, thread: "703.1", holding: "questions")
                #expect(sentence.contains("You've asked 2 questions in the last hour"), "\(sentence)")
                #expect(sentence.contains(Self.nextHour), "\(sentence)")
                try await ask(4, by: "U2", in: "D2")
                _ = await answer(world, thread: "704.1", holding: "answer")
                // The same delivery again is the same question.
                try await ask(3)
                _ = try await world.value("UPDATE ai.questions_asked SET asked_at = asked_at - interval '61 minutes'")
                try await ask(5)
                let free = await answer(world, thread: "705.1", holding: "answer")
                #expect(!free.contains("in the last hour"))
            }
            #expect(try await world.value("SELECT count(*) FROM ai.runs") == "4")
        }
    }

    @Test("A channel's questions of an hour, whoever asks; elsewhere there is room")
    func channel() async throws {
        try await World.with(loadingSample: false, adding: ["DASH_CHANNEL_QUESTIONS_PER_HOUR": "1"]) { world in
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                func ask(_ number: Int, by user: String, in channel: String) async throws {
                    try await sender.send(
                        "<@\(StubSlack.botUser)> help", type: "app_mention", channel: channel, user: user,
                        ts: "71\(number).1", eventID: "Ev8\(number)")
                }
                try await ask(1, by: "U1", in: "C1")
                _ = await answer(world, thread: "711.1", holding: "answer")
                try await ask(2, by: "U2", in: "C1")
                let sentence = await answer(world, thread: "712.1", holding: "question")
                #expect(sentence.contains("1 question was asked in this channel in the last hour"), "\(sentence)")
                #expect(sentence.contains(Self.nextHour), "\(sentence)")
                try await ask(3, by: "U2", in: "C2")
                let elsewhere = await answer(world, thread: "713.1", holding: "answer")
                #expect(!elsewhere.contains("in the last hour"))
            }
        }
    }

    @Test("The day's tokens: no further model call, and the answer says that and until when")
    func tokens() async throws {
        let usage = Usage(input: 900, output: 200)
        let server = try ScriptedChatServer(
            .text("There is nothing about wombats.", usage: usage), .text("It was never called.", usage: usage))
        let settings = [
            "OPENAI_API_KEY": "sk-canary-123", "OPENAI_BASE_URL": server.baseURL, "DASH_MODEL": "openai:test",
            "DASH_TOKENS_PER_DAY": "1000",
        ]
        try await World.with(loadingSample: false, adding: settings) { world in
            try await world.dashd.serving { daemon in
                let sender = SlackSender(daemon: daemon, http: world.http)
                try await sender.send(
                    "How many wombats are about?", channel: "D1", channelType: "im", ts: "721.1", eventID: "Ev91")
                _ = await answer(world, thread: "721.1", holding: "wombats")
                try await sender.send(
                    "How many wallabies are about?", channel: "D2", channelType: "im", user: "U2", ts: "722.1",
                    eventID: "Ev92")
                let sentence = await answer(world, thread: "722.1", holding: "tokens")
                #expect(sentence.contains("Today's 1,000 tokens for the language model are used up"), "\(sentence)")
                #expect(
                    sentence.contains(/new ones come (within a minute|in \d+ (minutes|hours)), at 00:00 \(UTC\)/),
                    "\(sentence)")
                #expect(server.requests.count == 1)
                // Another day.
                _ = try await world.value("UPDATE ai.usage SET day = day - 1")
                try await sender.send(
                    "How many wallabies are about?", channel: "D2", channelType: "im", user: "U2", ts: "723.1",
                    eventID: "Ev93")
                _ = await answer(world, thread: "723.1", holding: "never called")
                #expect(server.requests.count == 2)
            }
        }
    }
}

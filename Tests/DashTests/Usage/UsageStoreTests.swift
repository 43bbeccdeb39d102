import Agents
import FoundationEssentials
import LanguageModels
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct UsageStoreTests {
    private static func store(
        _ client: PostgresClient, perUser: Int = 0, perChannel: Int = 0, tokens: Int = 0
    ) -> UsageStore {
        var limits = UsageLimits()
        (limits.questionsPerUser, limits.questionsPerChannel, limits.tokensPerDay) = (perUser, perChannel, tokens)
        return UsageStore(client: client, limits: limits, timeZone: .utc)
    }

    @Test("A person's questions are counted, each once, and the refusal says when the next is free")
    func perUser() async throws {
        try await StoreFixture.with { client in
            let store = Self.store(client, perUser: 2)
            for key in ["a", "a", "a", "b"] { #expect(try await store.admit(key, asker: "ada", place: nil) == nil) }
            let refusal = try #require(try await store.admit("c", asker: "ada", place: nil))
            #expect(refusal.limit == .questionsPerUser)
            #expect(refusal.sentence.hasPrefix("You've asked 2 questions in the last hour; the next is free in "))
            // A repeated attempt of one that was counted is no new one; others are not held up.
            #expect(try await store.admit("b", asker: "ada", place: nil) == nil)
            #expect(try await store.admit("d", asker: "bob", place: nil) == nil)
            try await client.query(
                "UPDATE ai.questions_asked SET asked_at = asked_at - interval '48 minutes' WHERE key = 'a'")
            let later = try #require(try await store.admit("c", asker: "ada", place: nil))
            #expect(later.sentence.contains("in 12 minutes, at "))
            try await client.query(
                "UPDATE ai.questions_asked SET asked_at = asked_at - interval '12 minutes' WHERE key = 'a'")
            #expect(try await store.admit("c", asker: "ada", place: nil) == nil)
        }
    }

    @Test("A channel's questions are counted over all its people")
    func perChannel() async throws {
        try await StoreFixture.with { client in
            let store = Self.store(client, perChannel: 2)
            let first = try await store.admit("a", asker: "ada", place: "C1")
            #expect(first == nil)
            #expect(try await store.admit("b", asker: "bob", place: "C1") == nil)
            #expect(try await store.admit("c", asker: "eve", place: "C1")?.limit == .questionsPerChannel)
            #expect(try await store.admit("c", asker: "eve", place: "C2") == nil)
            #expect(try await store.admit("d", asker: "eve", place: nil) == nil)
        }
    }

    @Test("A hundred questions at once do not get past the limit, and others are answered")
    func concurrently() async throws {
        try await StoreFixture.with { client in
            let store = Self.store(client, perUser: 10)
            let admitted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<100 {
                    group.addTask { try await store.admit("k\(number)", asker: "ada", place: "C1") == nil }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(admitted == 10)
            #expect(try await store.admit("other", asker: "bob", place: "C1") == nil)
        }
    }

    @Test("Tokens are counted over the day and are free again at midnight")
    func tokens() async throws {
        try await StoreFixture.with { client in
            let store = Self.store(client, tokens: 1_000)
            #expect(try await store.tokensRefusal() == nil)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<10 { group.addTask { try await store.charge(tokens: 100) } }
                try await group.waitForAll()
            }
            let refusal = try #require(try await store.tokensRefusal())
            #expect(refusal.freeAt.timeIntervalSince1970.truncatingRemainder(dividingBy: 86_400) == 0)
            #expect(refusal.freeAt > refusal.now)
            #expect(refusal.sentence.hasPrefix("Today's 1,000 tokens for the language model are used up;"))
            try await client.query("UPDATE ai.usage SET day = day - 1")
            #expect(try await store.tokensRefusal() == nil)
        }
    }

    @Test(
        "A wait is told in words",
        arguments: [
            (5.0, "within a minute, at 12:01"), (700, "in 12 minutes, at 12:12"), (9_000, "in 3 hours, at 14:30"),
        ])
    func sentences(_ seconds: Double, _ expected: String) throws {
        let noon = Date(timeIntervalSince1970: 1_780_056_000)
        #expect(TimeZoneRules.utc.civil(at: noon).hour == 12)
        let refusal = UsageRefusal(
            limit: .questionsPerUser, maximum: 30, now: noon, freeAt: noon.addingTimeInterval(seconds), timeZone: .utc)
        #expect(refusal.sentence == "You've asked 30 questions in the last hour; the next is free \(expected).")
    }

    @Test("With the day's tokens gone the built-in model goes on alone and says so")
    func goesOn() async throws {
        try await TeamFixture.with { team in
            let usage = Self.store(team.client, tokens: 100)
            let model = ScriptedModel(.text("Once.", usage: Usage(input: 90, output: 20)))
            let models = TeamModels(model: model, usesFastPath: false)
            let first = try await team.runner(models, usage: usage).run(team.question("Is it Monday?"), id: RunID())
            #expect(first.headline == "Once.")
            let second = try await team.runner(models, usage: usage).run(
                team.question("What are our treatment costs?"), id: RunID())
            #expect(second.kind == .result)
            #expect(second.caveats.contains { $0.contains("tokens for the language model are used up") })
            #expect(model.requests.count == 1)
        }
    }
}

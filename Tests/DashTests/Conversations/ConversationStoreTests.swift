import Agents
import FoundationEssentials
import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct ConversationStoreTests {
    private let thread = ConversationID(rawValue: "slack:T1:C1:1.2")
    private let time = Date(timeIntervalSince1970: 1_750_000_000)

    private func question(_ text: String, by asker: String = "ada", in conversation: ConversationID? = nil) -> Question
    {
        Question(
            text: text, conversation: conversation ?? thread, asker: Asker(id: asker, displayName: "A"), askedAt: time)
    }

    private func answer(_ text: String) -> Answer {
        Answer(kind: .message, runID: RunID(), headline: text, answeredAt: time)
    }

    private func withStore(_ body: @Sendable (ConversationStore) async throws -> Void) async throws {
        try await StoreFixture.with { try await body(ConversationStore(client: $0, logger: PostgresServer.logger)) }
    }

    private func texts(_ turns: [Turn]) -> [String] {
        turns.map { turn in
            switch turn.content {
            case .question(let text, let asker): "\(asker.id): \(text)"
            case .answer(let answer): "dash: \(answer.headline)"
            }
        }
    }

    @Test("Turns come back in order, each with its author")
    func order() async throws {
        try await withStore { store in
            #expect(try await !store.exists(thread))
            try await store.store(question("one"), answer("two \0 🦆"), key: "1")
            try await store.store(question("three", by: "bob"), answer("four"), key: "2")
            let turns = try await store.turns(in: thread)
            #expect(texts(turns) == ["ada: one", "dash: two  🦆", "bob: three", "dash: four"])
            #expect(turns.map(\.time) == [time, time, time, time])
            #expect(try await store.exists(thread))
        }
    }

    @Test("Only the latest turns, and only of that conversation")
    func latest() async throws {
        try await withStore { store in
            for number in 1...3 { try await store.store(question("\(number)"), answer("a\(number)"), key: "\(number)") }
            let other = ConversationID(rawValue: "slack:T1:C1:1.3")
            try await store.store(question("elsewhere", in: other), answer("there"), key: "1")
            #expect(texts(try await store.turns(in: thread, limit: 3)) == ["dash: a2", "ada: 3", "dash: a3"])
            #expect(texts(try await store.turns(in: other)) == ["ada: elsewhere", "dash: there"])
        }
    }

    @Test("Another attempt at a question replaces its turns in their place and does not see them")
    func repeated() async throws {
        try await withStore { store in
            for number in 1...2 { try await store.store(question("\(number)"), answer("a\(number)"), key: "\(number)") }
            #expect(texts(try await store.turns(in: thread, exceptOf: "1")) == ["ada: 2", "dash: a2"])
            try await store.store(question("1"), answer("again"), key: "1")
            #expect(texts(try await store.turns(in: thread)) == ["ada: 1", "dash: again", "ada: 2", "dash: a2"])
        }
    }

    @Test("Turns stored at once all find a place, twice the same question finds one")
    func concurrent() async throws {
        try await withStore { store in
            try await withThrowingTaskGroup { group in
                for number in 1...20 {
                    group.addTask {
                        try await store.store(question("\(number % 10)"), answer("a"), key: "\(number % 10)")
                    }
                }
                try await group.waitForAll()
            }
            let turns = texts(try await store.turns(in: thread, limit: 100))
            #expect(turns.count == 20)
            #expect(Set(turns) == Set((0..<10).map { "ada: \($0)" } + ["dash: a"]))
        }
    }
}

import Agents
import FoundationEssentials
import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct ConversationStoreTests {
    private let thread = ConversationID(rawValue: "slack:T1:C1:1.2")
    private let time = Date(timeIntervalSince1970: 1_750_000_000)

    private func question(_ text: String, by asker: String = "ada") -> Turn {
        Turn(content: .question(text: text, asker: Asker(id: asker, displayName: "A")), time: time)
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
            try await store.append(question("one"), to: thread)
            let answer = Answer(kind: .message, runID: RunID(), headline: "two \0 🦆", answeredAt: time)
            try await store.append(Turn(content: .answer(answer), time: time), to: thread)
            try await store.append(question("three", by: "bob"), to: thread)
            let turns = try await store.turns(in: thread)
            #expect(texts(turns) == ["ada: one", "dash: two  🦆", "bob: three"])
            #expect(turns.map(\.time) == [time, time, time])
            #expect(try await store.exists(thread))
        }
    }

    @Test("Only the latest turns, and only of that conversation")
    func latest() async throws {
        try await withStore { store in
            for number in 1...5 { try await store.append(question("\(number)"), to: thread) }
            let other = ConversationID(rawValue: "slack:T1:C1:1.3")
            try await store.append(question("elsewhere"), to: other)
            #expect(texts(try await store.turns(in: thread, limit: 2)) == ["ada: 4", "ada: 5"])
            #expect(texts(try await store.turns(in: other)) == ["ada: elsewhere"])
        }
    }

    @Test("Turns appended at once all find a place")
    func concurrent() async throws {
        try await withStore { store in
            try await withThrowingTaskGroup { group in
                for number in 1...20 {
                    group.addTask { try await store.append(question("\(number)"), to: thread) }
                }
                try await group.waitForAll()
            }
            let turns = try await store.turns(in: thread, limit: 100)
            #expect(Set(texts(turns)) == Set((1...20).map { "ada: \($0)" }))
        }
    }
}

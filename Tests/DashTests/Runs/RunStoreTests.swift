import Agents
import FoundationEssentials
import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct RunStoreTests {
    private let time = Date(timeIntervalSince1970: 1_750_000_000)

    private func withStore(_ body: @Sendable (RunStore) async throws -> Void) async throws {
        try await StoreFixture.with { try await body(RunStore(client: $0, logger: PostgresServer.logger)) }
    }

    private var question: Question {
        Question(
            text: "How many\0?", conversation: ConversationID(rawValue: "c1"), asker: Asker(id: "ada"), askedAt: time)
    }

    private func event(_ id: RunID, _ sequence: Int, _ kind: RunEvent.Kind) -> RunEvent {
        RunEvent(runID: id, sequence: sequence, time: time, span: sequence, parentSpan: nil, kind: kind)
    }

    @Test("A run is open until its answer closes it")
    func lifecycle() async throws {
        try await withStore { store in
            let id = RunID()
            let unknown = try await store.run(id)
            #expect(unknown == nil)
            try await store.begin(id, question: question)
            let open = try #require(try await store.run(id))
            #expect(!open.isFinished)
            #expect(open.answer == nil)
            #expect(open.question == "How many?")
            #expect(open.asker == "ada")
            let answer = Answer(kind: .result, runID: id, headline: "42", badge: .verified, answeredAt: time)
            try await store.finish(id, answer: answer)
            let closed = try #require(try await store.run(id))
            #expect(closed.isFinished)
            #expect(closed.answer?.headline == "42")
            #expect(closed.answer?.badge == .verified)
        }
    }

    @Test("Events come back in order, from any point on; a batch sent twice is stored once")
    func events() async throws {
        try await withStore { store in
            let id = RunID()
            try await store.begin(id, question: question)
            let batch = [
                event(id, 2, .delegated(from: "leader", to: "analyst", task: "count \0")),
                event(id, 1, .started(question: "How many?")),
            ]
            try await store.append(batch)
            try await store.append(batch + [event(id, 3, .finished(milliseconds: 7))])
            try await store.append([])
            #expect(try await store.events(of: id).map(\.sequence) == [1, 2, 3])
            #expect(try await store.events(of: id, after: 1, limit: 1).map(\.sequence) == [2])
            guard case .delegated(_, let to, let task) = try await store.events(of: id)[1].kind else {
                Issue.record("not the event that was stored")
                return
            }
            #expect(to == "analyst")
            #expect(task == "count ")
        }
    }

    @Test("A run begun again after a crash starts afresh")
    func again() async throws {
        try await withStore { store in
            let id = RunID()
            try await store.begin(id, question: question)
            try await store.append([event(id, 1, .started(question: "x"))])
            try await store.finish(id, answer: Answer(kind: .failure, runID: id, headline: "no", answeredAt: time))
            try await store.begin(id, question: question)
            #expect(try await store.events(of: id).isEmpty)
            #expect(try await store.run(id)?.isFinished == false)
        }
    }
}

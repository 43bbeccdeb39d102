import ServiceRuntime
import TestSupport
import Testing

@testable import dashd

@Suite(.timeLimit(.minutes(20)))
struct SharedProbeTests {
    private struct Broken: Error {}

    private func running<Value: Sendable>(
        _ probe: SharedProbe<Value>, _ body: @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await probe.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    @Test("Many who ask at once cause one question, and those after them get its answer")
    func shared() async throws {
        let asked = Locked(0)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let probe = SharedProbe(lifetime: .seconds(3600), patience: .seconds(3600)) {
            asked.withLock { $0 += 1 }
            for await _ in gate {}
            return 7
        }
        try await running(probe) {
            try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<50 { group.addTask { await probe.outcome().number } }
                open.finish()
                for try await number in group { #expect(number == 7) }
            }
            #expect(await probe.outcome().number == 7)
        }
        #expect(asked.withLock { $0 } == 1)
    }

    @Test("An old answer is asked for again; a failure is an answer")
    func lifetime() async throws {
        let asked = Locked(0)
        let probe = SharedProbe(lifetime: .zero, patience: .seconds(3600)) {
            let count = asked.withLock { count in
                count += 1
                return count
            }
            if count == 2 { throw Broken() }
            return count
        }
        try await running(probe) {
            #expect(await probe.outcome().number == 1)
            guard case .failure(let error) = await probe.outcome() else {
                Issue.record("the failure was not passed on")
                return
            }
            #expect(error is Broken)
            #expect(await probe.outcome().number == 3)
        }
    }

    @Test("Where the server never answers nobody waits for it longer than the patience, and it is asked once")
    func silence() async throws {
        let asked = Locked(0)
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let probe = SharedProbe(lifetime: .zero, patience: .milliseconds(50)) {
            asked.withLock { $0 += 1 }
            // As a statement whose cancellation does not get through.
            await Task { for await _ in gate {} }.value
            return 1
        }
        let service = Task { try await probe.run() }
        for _ in 0..<20 {
            guard case .silence = await probe.outcome() else {
                Issue.record("somebody got an answer")
                break
            }
        }
        #expect(asked.withLock { $0 } == 1)
        service.cancel()
        open.finish()
        try await service.value
    }
}

extension SharedProbe<Int>.Outcome {
    fileprivate var number: Int? {
        if case .value(let number) = self { number } else { nil }
    }
}

import Testing

@testable import dashd

@Suite struct ReadinessLatchTests {
    @Test("Waiters go on when the gate opens, later ones at once")
    func opening() async throws {
        let gate = ReadinessLatch()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { try await gate.wait() } }
            gate.open()
            try await group.waitForAll()
        }
        try await gate.wait()
    }

    @Test("A cancelled waiter leaves with an error")
    func cancellation() async {
        let gate = ReadinessLatch()
        let waiter = Task { try await gate.wait() }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
    }
}

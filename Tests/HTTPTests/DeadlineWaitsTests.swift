import Testing

@testable import HTTP

@Suite struct DeadlineWaitsTests {
    @Test("A sweep ends the waits whose deadline has passed, and leaves the others")
    func sweep() async {
        let waits = DeadlineWaits()
        let now = ContinuousClock.now
        async let early = waits.wait(until: now + .seconds(1))
        let late = Task { await waits.wait(until: now + .seconds(3600)) }
        while waits.count < 2 { await Task.yield() }
        waits.sweep(at: now + .seconds(2))
        #expect(await early)
        #expect(waits.count == 1)
        late.cancel()
        #expect(await !late.value)
        #expect(waits.count == 0)
    }

    @Test("A wait of a cancelled task does not begin")
    func cancelled() async {
        let waits = DeadlineWaits()
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await waits.wait(until: .now + .seconds(3600))
        }
        task.cancel()
        #expect(await !task.value)
        #expect(waits.count == 0)
    }
}

import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct AskerStatementLimiterTests {
    /// Keeps those who come until it is opened, and counts who is inside.
    private final class Inside: Sendable {
        private let counts = Locked((now: 0, most: 0))
        private let door = Locked<[CheckedContinuation<Void, Never>]>([])
        private let isOpen = Locked(false)

        var now: Int { counts.withLock(\.now) }
        var most: Int { counts.withLock(\.most) }

        func stay() async {
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
            }
            await withCheckedContinuation { continuation in
                let goes = isOpen.withLock { isOpen in
                    if !isOpen { door.withLock { $0.append(continuation) } }
                    return isOpen
                }
                if goes { continuation.resume() }
            }
            counts.withLock { $0.now -= 1 }
        }

        func open() {
            let waiting = isOpen.withLock { isOpen in
                isOpen = true
                return door.withLock { door in
                    defer { door = [] }
                    return door
                }
            }
            for continuation in waiting { continuation.resume() }
        }

        func wait(for count: Int) async throws {
            try await waitUntil { now == count }
        }
    }

    @Test("So many of one asker run, another one has its own number, and nothing is kept of them")
    func limit() async throws {
        let limiter = AskerStatementLimiter(limit: 2, clock: JumpingClock())
        let inside = Inside()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<7 { group.addTask { try await limiter.run(for: "ada") { await inside.stay() } } }
            try await inside.wait(for: 2)
            try await waitUntil { limiter.waiting(for: "ada") == 5 }
            let isFree = try await limiter.run(for: "bob") { true }
            #expect(isFree)
            #expect(inside.most == 2)
            inside.open()
            try await group.waitForAll()
        }
        #expect(inside.most == 2)
        #expect(limiter.knownAskers == 0)
    }

    @Test("Who waits runs in the order of coming")
    func order() async throws {
        let limiter = AskerStatementLimiter(limit: 1, clock: JumpingClock())
        let inside = Inside()
        let served = Locked<[Int]>([])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await limiter.run(for: "ada") { await inside.stay() } }
            try await inside.wait(for: 1)
            for number in 0..<20 {
                group.addTask { try await limiter.run(for: "ada") { served.withLock { $0.append(number) } } }
                try await waitUntil { limiter.waiting(for: "ada") == number + 1 }
            }
            inside.open()
            try await group.waitForAll()
        }
        #expect(served.withLock { $0 } == Array(0..<20))
    }

    @Test("Whoever waits too long is told so; the next one runs all the same")
    func givesUp() async throws {
        let clock = JumpingClock()
        let limiter = AskerStatementLimiter(limit: 1, longestWait: .seconds(10), clock: clock)
        let inside = Inside()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await limiter.run(for: "ada") { await inside.stay() } }
            try await inside.wait(for: 1)
            let waiter = Task { try await limiter.run(for: "ada") {} }
            await clock.sleepers(atLeast: 1)
            clock.advance(by: .seconds(9))
            #expect(limiter.waiting(for: "ada") == 1)
            clock.advance(by: .seconds(1))
            let failure = await #expect(throws: SQLFailure.self) { try await waiter.value }
            #expect(failure?.errorClass == .limit)
            #expect(failure?.message.contains("1 statement of yours is running") == true)
            #expect(limiter.waiting(for: "ada") == 0)
            inside.open()
            try await group.waitForAll()
        }
        let isFree = try await limiter.run(for: "ada") { true }
        #expect(isFree)
        #expect(limiter.knownAskers == 0)
    }

    @Test("Who is cancelled while waiting leaves, and keeps nobody from running")
    func cancellation() async throws {
        let limiter = AskerStatementLimiter(limit: 1, clock: JumpingClock())
        let inside = Inside()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await limiter.run(for: "ada") { await inside.stay() } }
            try await inside.wait(for: 1)
            let waiter = Task { try await limiter.run(for: "ada") {} }
            try await waitUntil { limiter.waiting(for: "ada") == 1 }
            waiter.cancel()
            await #expect(throws: CancellationError.self) { try await waiter.value }
            inside.open()
            try await group.waitForAll()
        }
        #expect(limiter.knownAskers == 0)
    }

    @Test("An error of the statement lets the next one run")
    func failing() async throws {
        let limiter = AskerStatementLimiter(limit: 1, clock: JumpingClock())
        for _ in 0..<3 {
            await #expect(throws: SQLFailure.self) {
                try await limiter.run(for: "ada") { throw SQLFailure(.syntax, message: "no") }
            }
        }
        #expect(limiter.knownAskers == 0)
    }

    @Test("Whatever comes, waits, is cancelled or goes at once: never more than the limit, and nothing is left behind")
    func storm() async throws {
        let limiter = AskerStatementLimiter(limit: 3)
        let inside = Locked((now: 0, most: 0))
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<2_000 {
                group.addTask {
                    let task = Task {
                        try await limiter.run(for: "asker \(number % 3)") {
                            if number % 3 == 0 {
                                inside.withLock {
                                    $0.now += 1
                                    $0.most = max($0.most, $0.now)
                                }
                            }
                            for _ in 0..<(number % 5) { await Task.yield() }
                            if number % 3 == 0 { inside.withLock { $0.now -= 1 } }
                        }
                    }
                    for _ in 0..<(number % 11) { await Task.yield() }
                    if number % 2 == 0 { task.cancel() }
                    _ = await task.result
                }
            }
        }
        #expect(inside.withLock(\.most) <= 3)
        #expect(limiter.knownAskers == 0)
    }
}

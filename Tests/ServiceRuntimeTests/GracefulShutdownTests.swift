import ServiceRuntime
import Testing

@Suite(.timeLimit(.minutes(20))) struct GracefulShutdownTests {
    @Test("The handler is called once, whether shutdown begins before, during or never")
    func handler() async {
        let calls = Locked<[String]>([])
        let shutdown = GracefulShutdown()
        await shutdown.run {
            await withGracefulShutdownHandler {
            } onGracefulShutdown: {
                calls.withLock { $0.append("too early") }
            }
            await withGracefulShutdownHandler {
                #expect(!isShuttingDown)
                shutdown.trigger()
                shutdown.trigger()
                #expect(isShuttingDown)
            } onGracefulShutdown: {
                calls.withLock { $0.append("during") }
            }
            await withGracefulShutdownHandler {
            } onGracefulShutdown: {
                calls.withLock { $0.append("after") }
            }
        }
        #expect(calls.withLock { $0 } == ["during", "after"])
        #expect(!isShuttingDown)
    }

    @Test("Child tasks share the shutdown, and waiting for it ends")
    func waiting() async {
        let shutdown = GracefulShutdown()
        await shutdown.run {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<10 { group.addTask { await gracefulShutdown() } }
                shutdown.trigger()
                await group.waitForAll()
                group.addTask { await gracefulShutdown() }
            }
        }
    }

    @Test("Waiting for a shutdown that never comes ends with the task")
    func cancelledWaiting() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await gracefulShutdown() }
            group.cancelAll()
        }
    }

    @Test("Work that loses nothing is cancelled by the shutdown")
    func cancelWhen() async throws {
        let shutdown = GracefulShutdown()
        _ = await shutdown.run {
            await #expect(throws: CancellationError.self) {
                try await cancelWhenGracefulShutdown {
                    shutdown.trigger()
                    try await Task.sleep(for: .seconds(3600))
                }
            }
        }
        #expect(try await cancelWhenGracefulShutdown { 5 } == 5)
        #expect(try await cancelWhenGracefulShutdown { Int?.none } == nil)
        await #expect(throws: JSONError.self) {
            try await cancelWhenGracefulShutdown { throw JSONError("x", line: 1, column: 1) }
        }
    }
}

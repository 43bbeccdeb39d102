import Glibc
import ServiceRuntime
import Testing

/// Signals reach the whole process: one of these tests at a time.
@Suite(.serialized, .timeLimit(.minutes(20))) struct ServiceGroupTests {
    struct Failure: Error, Equatable { var name: String }

    /// Records its life and waits for the shutdown.
    struct Recorder: Service {
        let name: String
        let log: Locked<[String]>
        var onStart: @Sendable () throws -> Void = {}
        var afterShutdown: @Sendable () async throws -> Void = {}

        func run() async throws {
            try onStart()
            await gracefulShutdown()
            log.withLock { $0.append("\(name) stops") }
            try await afterShutdown()
            log.withLock { $0.append("\(name) stopped") }
        }
    }

    private let quiet = Logger(label: "test") { _, _, _, _ in }
    private let log = Locked<[String]>([])

    private func group(
        _ services: [any Service], signals: [UnixSignal] = [], gracePeriod: Duration = .seconds(60),
        exitNow: @escaping @Sendable (Int32) -> Void = { _ in }
    ) -> ServiceGroup {
        ServiceGroup(services, signals: signals, gracePeriod: gracePeriod, logger: quiet, exitNow: exitNow)
    }

    private func recorders(_ names: [String]) -> [Recorder] { names.map { Recorder(name: $0, log: log) } }

    static let reverse = ["c stops", "c stopped", "b stops", "b stopped", "a stops", "a stopped"]

    @Test("A signal stops the services one by one, the last started first")
    func signal() async throws {
        var services = recorders(["a", "b", "c"])
        services[2].onStart = { kill(getpid(), SIGUSR1) }
        try await group(services, signals: [.user1]).run()
        #expect(log.withLock { $0 } == Self.reverse)
    }

    @Test("An outer shutdown stops the group")
    func nested() async throws {
        let shutdown = GracefulShutdown()
        var services = recorders(["a", "b", "c"])
        services[0].onStart = { shutdown.trigger() }
        let group = group(services)
        try await shutdown.run { try await group.run() }
        #expect(log.withLock { $0 } == Self.reverse)
    }

    private struct Ending: Service {
        var error: Failure?
        func run() async throws {
            if let error { throw error }
        }
    }

    @Test("A service that returns stops the others")
    func earlyReturn() async throws {
        try await group(recorders(["a"]) + [Ending()] + recorders(["b"])).run()
        #expect(log.withLock { $0 } == ["b stops", "b stopped", "a stops", "a stopped"])
    }

    @Test("A service that throws stops the others, and its error is the group's")
    func failure() async {
        let failing = Ending(error: Failure(name: "first"))
        var after = Recorder(name: "a", log: log)
        after.afterShutdown = { throw Failure(name: "second") }
        let group = group([after, failing])
        let error = await #expect(throws: Failure.self) { try await group.run() }
        #expect(error == Failure(name: "first"))
        #expect(log.withLock { $0 } == ["a stops"])
    }

    @Test("What still runs after the grace period is cancelled, which is no failure")
    func gracePeriod() async throws {
        var stuck = Recorder(name: "stuck", log: log)
        stuck.afterShutdown = { [log] in
            do { try await Task.sleep(for: .seconds(3600)) } catch {
                log.withLock { $0.append("cancelled") }
                throw error
            }
        }
        try await group([stuck, Ending()], gracePeriod: .milliseconds(20)).run()
        #expect(log.withLock { $0 } == ["stuck stops", "cancelled"])
    }

    @Test("Cancelling the group cancels the services at once")
    func cancellation() async {
        let started = AsyncStream<Void>.makeStream()
        var service = Recorder(name: "a", log: log)
        service.onStart = { started.continuation.finish() }
        let group = group([service])
        await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await _ in started.stream {}
            tasks.cancelAll()
            await #expect(throws: CancellationError.self) { try await tasks.waitForAll() }
        }
    }

    @Test("A second signal ends the process at once")
    func secondSignal() async throws {
        let code = AsyncStream<Int32>.makeStream()
        var service = Recorder(name: "a", log: log)
        service.onStart = { kill(getpid(), SIGUSR2) }
        service.afterShutdown = {
            kill(getpid(), SIGUSR2)
            for await code in code.stream {
                #expect(code == 128 + SIGUSR2)
                return
            }
        }
        try await group([service], signals: [.user2]) { code.continuation.yield($0) }.run()
        #expect(log.withLock { $0 } == ["a stops", "a stopped"])
    }

    @Test("Nothing to run is done at once")
    func empty() async throws {
        try await group([]).run()
    }

    @Test("Signals arrive in order at every listener, and mean nothing special meanwhile")
    func signals() async {
        let first = UnixSignals([.hangup, .user1])
        let second = UnixSignals([.hangup])
        kill(getpid(), SIGHUP)
        #expect(await first.next() == .hangup)
        #expect(await second.next() == .hangup)
        kill(getpid(), SIGUSR1)
        #expect(await first.next() == .user1)
    }
}

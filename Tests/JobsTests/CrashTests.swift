import FoundationEssentials
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Jobs

@Suite(.timeLimit(.minutes(20))) struct CrashTests {
    /// Runs what it is told to wait for, and notes what ran beside what.
    private struct Watch: Sendable {
        let beside = EventLog<(job: String, others: [String])>()
        let released = EventLog<String>()
        private let running = Locked<Set<String>>([])

        var handler: TestHandler {
            TestHandler { payload, _ in
                let others = running.withLock { running in
                    defer { running.insert(payload) }
                    return running
                }
                beside.append((payload, others.sorted()))
                if payload.hasPrefix("slow") { await released.wait { $0.contains(payload) } }
                running.withLock { running in _ = running.remove(payload) }
                try Task.checkCancellation()
            }
        }

        func others(beside job: String) -> [String]? { beside.all.first { $0.job == job }?.others }
    }

    @Test("A job whose process died runs again alone, and nothing is counted")
    func alone() async throws {
        try await JobsDatabase.with { database in
            let watch = Watch()
            let interrupted = try await database.enqueue("slow")
            for number in 0..<5 { try await database.enqueue("other\(number)") }
            try await database.interrupt([interrupted])
            let handler = watch.handler
            try await database.withWorker(handler) {
                await watch.beside.wait { !$0.isEmpty }
                #expect(watch.beside.all.map(\.job) == ["slow"])
                // Whatever comes while it runs waits.
                let late = try await database.enqueue("late")
                try await database.wait(for: nil, in: "owner", of: late)
                watch.released.append("slow")
                await handler.events.wait { $0.count(where: \.isFinish) == 7 }
            }
            #expect(watch.others(beside: "slow") == [])
            #expect(watch.beside.all.filter { $0.others.contains("slow") }.isEmpty)
            #expect(handler.events.all.contains(.started("slow", attempt: 1)))
            #expect(try await database.value("crashes", of: interrupted) == "0")
        }
    }

    @Test("A crash counts only against a job that was under suspicion", arguments: [true, false])
    func counts(_ isSuspect: Bool) async throws {
        try await JobsDatabase.with { database in
            let id = try await database.enqueue("a")
            try await database.interrupt([id], suspect: isSuspect, crashes: 1)
            try await database.withWorker(TestHandler()) { try await database.wait(for: "done", of: id) }
            #expect(try await database.value("crashes", of: id) == (isSuspect ? "2" : "1"))
        }
    }

    @Test("A job that is the cause of too many crashes is given up without being run")
    func poison() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler()
            let id = try await database.enqueue("a")
            try await database.interrupt([id], suspect: true, crashes: 2)
            try await database.withWorker(handler) { try await database.wait(for: "failed", of: id) }
            #expect(handler.events.all == [.gaveUp("a", "crashed")])
        }
    }

    @Test("A job whose hook of giving up is deadly is closed without it")
    func deadlyHook() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler()
            let id = try await database.enqueue("a")
            try await database.interrupt([id], suspect: true, crashes: 5)
            try await database.withWorker(handler) { try await database.wait(for: "failed", of: id) }
            #expect(handler.events.all.isEmpty)
        }
    }

    @Test("A job beside others is suspected for its first second, a job alone for as long as it runs")
    func firstSecond() async throws {
        try await JobsDatabase.with { database in
            let watch = Watch()
            let clock = JumpingClock()
            let beside = try await database.enqueue("slow1")
            try await database.withWorker(watch.handler, clock: clock) {
                try await database.wait(for: "1", in: "suspect_claim", of: beside)
                await watch.beside.wait { !$0.isEmpty }
                await clock.sleepers(atLeast: 1)
                clock.advance(by: .seconds(1))
                try await database.wait(for: nil, in: "suspect_claim", of: beside)
                watch.released.append("slow1")
                try await database.wait(for: "done", of: beside)

                let alone = try await database.enqueueInterrupted("slow2")
                try await database.wait(for: "running", of: alone)
                await watch.beside.wait { $0.count == 2 }
                let lease = try await database.value("lease_until", of: alone)
                for _ in 0..<12 {
                    await clock.sleepers(atLeast: 1)
                    clock.advance(by: .seconds(1))
                }
                try await waitUntil { try await database.value("lease_until", of: alone) != lease }
                let claim = try await database.value("claim", of: alone)
                #expect(try await database.value("suspect_claim", of: alone) == claim)
                watch.released.append("slow2")
                try await database.wait(for: "done", of: alone)
            }
        }
    }

    @Test("Of busy workers one holds back for a job that has to run alone, and begins it when it runs nothing else")
    func oneHoldsBack() async throws {
        try await JobsDatabase.with { database in
            let (one, other) = (Watch(), Watch())
            let (first, second) = (one.handler, other.handler)
            var options = JobsDatabase.options
            options.concurrency = 4
            try await database.enqueue("slow0")
            try await database.withWorker(first, options: options) {
                await one.beside.wait { !$0.isEmpty }
                // Nobody else is there: it is the first worker's to keep.
                let interrupted = try await database.enqueueInterrupted("slow1")
                try await database.wait(for: "2", in: "claim", of: interrupted)
                let besideIt = JobsDatabase(client: database.client)
                try await besideIt.withWorker(second, options: options) {
                    for number in 0..<5 { try await besideIt.enqueue("other\(number)") }
                    await second.events.wait { $0.count(where: \.isFinish) == 5 }
                }
                #expect(first.events.all == [.started("slow0", attempt: 1)])
                let waiting = try await database.enqueue("waiting")
                one.released.append("slow0")
                await one.beside.wait { $0.count == 2 }
                #expect(one.others(beside: "slow1") == [])
                #expect(try await database.state(of: waiting) == "ready")
                one.released.append("slow1")
                try await database.wait(for: "done", of: waiting)
            }
        }
    }

    @Test("After a lease a job that has to run alone begins beside what still runs, and others go on")
    func patience() async throws {
        try await JobsDatabase.with { database in
            let watch = Watch()
            var options = JobsDatabase.options
            options.lease = .seconds(6)
            try await database.enqueue("slow0")
            try await database.withWorker(watch.handler, options: options) {
                await watch.beside.wait { !$0.isEmpty }
                let interrupted = try await database.enqueueInterrupted("slow1")
                try await database.wait(for: "2", in: "claim", of: interrupted)
                try await database.enqueue("other")
                await watch.beside.wait { $0.count == 3 }
                #expect(watch.others(beside: "slow1")?.contains("slow0") == true)
                #expect(watch.others(beside: "other")?.contains("slow0") == true)
                watch.released.append("slow0")
                watch.released.append("slow1")
            }
        }
    }

    @Test("Jobs that found no place to run alone for a lease run beside others, unless they were interrupted twice")
    func many() async throws {
        try await JobsDatabase.with { database in
            let watch = Watch()
            var ids: [JobID] = []
            for number in 0..<3 { ids.append(try await database.enqueue("slow\(number)")) }
            try await database.interrupt(ids, ago: 31)
            let twice = try await database.enqueueInterrupted("twice", ago: 40)
            try await database.interrupt([twice], ago: 40)
            var options = JobsDatabase.options
            options.pollInterval = .milliseconds(5)
            try await database.withWorker(watch.handler, options: options) {
                // The likeliest cause of a crash comes first, and alone.
                await watch.beside.wait { !$0.isEmpty }
                #expect(watch.beside.all.first?.job == "twice")
                #expect(watch.others(beside: "twice") == [])
                await watch.beside.wait { $0.count == 4 }
                #expect(Set(watch.beside.all.last?.others ?? []).count == 2)
                for number in 0..<3 { watch.released.append("slow\(number)") }
            }
        }
    }

    @Test("An interrupted job goes on before one of its lane that has a lower number and came later to light")
    func laneOutOfOrder() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler()
            let late = try await database.enqueue("late", lane: "l")
            try await database.enqueueInterrupted("begun", lane: "l", ago: 60)
            try await database.withWorker(handler) { try await database.wait(for: "done", of: late) }
            #expect(handler.events.all.filter(\.isFinish) == [.finished("begun"), .finished("late")])
        }
    }

    @Test(
        "Whoever was interrupted once, and is suspected of nothing, is let off; others wait until nothing else runs",
        arguments: [(1, 0, false), (2, 0, true), (1, 1, true)])
    func suspicion(interruptions: Int, crashes: Int, isSuspicious: Bool) {
        let context = JobContext(
            id: JobID(rawValue: 1), attempt: 1, lane: nil, enqueuedAt: "", owner: UUID(), claim: 1,
            logger: PostgresServer.logger)
        let job = JobStore.Claimed(
            context: context, kind: "test", payload: .null, maxAttempts: 3, crashes: crashes,
            interruptions: interruptions, wasTakenOver: true, lastError: nil, isCancelled: false)
        #expect(job.isSuspicious == isSuspicious)
    }

    @Test("A job that has to run alone and waits for its lane keeps nobody waiting")
    func blocked() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler()
            let earlier = try await database.enqueue("earlier", lane: "l")
            let blocked = try await database.enqueue("blocked", lane: "l")
            let other = try await database.enqueue("other")
            try await database.client.query(
                """
                UPDATE ai.jobs SET state = 'running', owner = gen_random_uuid(), attempt = 1, claim = 1,
                    lease_until = clock_timestamp() + interval '1 hour' WHERE id = \(earlier.rawValue)
                """)
            try await database.client.query(
                "UPDATE ai.jobs SET interruptions = 1 WHERE id = \(blocked.rawValue)")
            try await database.withWorker(handler) { try await database.wait(for: "done", of: other) }
            #expect(try await database.state(of: blocked) == "ready")
        }
    }

    @Test("A job that is kept to run alone is cancelled, and put back at shutdown", arguments: [true, false])
    func kept(_ isCancelled: Bool) async throws {
        try await JobsDatabase.with { database in
            let watch = Watch()
            let shutdown = GracefulShutdown()
            let handler = watch.handler
            var options = JobsDatabase.options
            // After one it is no longer kept; at a third of it the cancellation is seen.
            options.lease = isCancelled ? .seconds(15) : .seconds(30)
            try await database.enqueue("slow0")
            let interrupted = try await database.enqueueInterrupted("a", lane: "l", ago: -3600)
            try await database.withWorker(handler, options: options, shutdown: shutdown) {
                await watch.beside.wait { !$0.isEmpty }
                try await database.client.query(
                    """
                    UPDATE ai.jobs SET lease_until = clock_timestamp() - interval '1 second'
                    WHERE id = \(interrupted.rawValue)
                    """)
                try await database.wait(for: "2", in: "claim", of: interrupted)
                if isCancelled {
                    #expect(try await database.cancel(interrupted))
                    try await database.wait(for: "cancelled", of: interrupted)
                } else {
                    shutdown.trigger()
                    try await database.wait(for: "ready", of: interrupted)
                    #expect(try await database.value("attempt", of: interrupted) == "0")
                    #expect(try await database.value("interruptions", of: interrupted) == "1")
                }
                watch.released.append("slow0")
            }
            #expect(!handler.events.all.contains(.started("a", attempt: 1)))
        }
    }

    @Test("A job that lasts many leases is run once, however many workers look for work")
    func longJob() async throws {
        try await JobsDatabase.with { database in
            let watch = Watch()
            let handler = watch.handler
            var options = JobsDatabase.options
            options.lease = .seconds(6)
            let id = try await database.enqueue("slow")
            let others = (0..<2).map { _ in JobsDatabase(client: database.client) }
            try await database.withWorker(handler, options: options) {
                await watch.beside.wait { !$0.isEmpty }
                try await others[0].withWorker(handler, options: options) {
                    try await others[1].withWorker(handler, options: options) {
                        try await waitUntil {
                            try await database.client.query(
                                """
                                SELECT FROM ai.jobs
                                WHERE id = \(id.rawValue) AND clock_timestamp() > created_at + interval '15 seconds'
                                """
                            ).rows.count == 1
                        }
                        watch.released.append("slow")
                        try await database.wait(for: "done", of: id)
                    }
                }
            }
            #expect(handler.events.all == [.started("slow", attempt: 1), .finished("slow")])
            #expect(try await database.value("claim", of: id) == "1")
        }
    }

    @Test("A worker that stood still while another one took its job wakes up to nothing it could spoil")
    func stoodStill() async throws {
        try await JobsDatabase.with { database in
            try await database.client.query("CREATE TABLE ai.effects (worker text)")
            let (asleep, awake) = (EventLog<Bool>(), EventLog<String>())
            func handler(_ name: String) -> TestHandler {
                TestHandler { _, context in
                    if name == "first" { await asleep.wait { !$0.isEmpty } }
                    do {
                        try await database.client.withTransaction { connection in
                            try await connection.query("INSERT INTO ai.effects VALUES (\(name))")
                            try await context.complete(on: connection)
                        }
                    } catch {
                        awake.append("\(error)")
                        throw error
                    }
                }
            }
            let id = try await database.enqueue("a")
            let (first, second) = (handler("first"), handler("second"))
            // Its clock stands still: it renews nothing and notices nothing.
            try await database.withWorker(first, clock: JumpingClock()) {
                await first.events.wait { !$0.isEmpty }
                try await JobsDatabase(client: database.client).withWorker(second) {
                    try await database.client.query("UPDATE ai.jobs SET lease_until = clock_timestamp()")
                    try await database.wait(for: "done", of: id)
                }
                asleep.append(true)
                await awake.wait { !$0.isEmpty }
            }
            let effects = try await database.client.query("SELECT worker FROM ai.effects").rows.map { $0["worker"] }
            #expect(effects == ["second"])
            #expect(awake.all == ["\(JobError(.leaseLost))"])
            #expect(try await database.state(of: id) == "done")
        }
    }
}

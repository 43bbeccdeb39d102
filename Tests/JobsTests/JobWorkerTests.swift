import Jobs
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct JobWorkerTests {
    @Test("Jobs run and are done")
    func runs() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler()
            let id = try await database.enqueue("a")
            try await database.withWorker(handler) { try await database.wait(for: "done", of: id) }
            #expect(handler.events.all == [.started("a", attempt: 1), .finished("a")])
        }
    }

    @Test("Jobs of one lane run one at a time and in order, also where one has to be repeated")
    func lanes() async throws {
        try await JobsDatabase.with { database in
            let running = Locked<[String: Int]>([:])
            let handler = TestHandler { payload, context in
                let lane = context.lane?.rawValue ?? ""
                let together = running.withLock { running in
                    running[lane, default: 0] += 1
                    return running[lane]
                }
                #expect(together == 1, "two jobs of lane \(lane) ran together")
                await Task.yield()
                running.withLock { $0[lane, default: 0] -= 1 }
                let number = Int(payload.dropFirst()) ?? 0
                if number.isMultiple(of: 3), context.attempt == 1 { throw TestHandler.Failure() }
            }
            for number in 0..<10 {
                for lane in ["a", "b", "c"] {
                    try await database.enqueue("\(lane)\(number)", lane: JobLane(rawValue: lane))
                }
            }
            try await database.withWorker(handler) {
                await handler.events.wait { $0.count(where: \.isFinish) == 30 }
            }
            for lane in ["a", "b", "c"] {
                let finished = handler.events.all.compactMap { event -> String? in
                    guard case .finished(let payload) = event, payload.hasPrefix(lane) else { return nil }
                    return payload
                }
                #expect(finished == (0..<10).map { "\(lane)\($0)" })
            }
        }
    }

    @Test("Whoever has less running comes first, however much others have put in before")
    func shares() async throws {
        try await JobsDatabase.with { database in
            let events = EventLog<String>()
            let handler = TestHandler { payload, _ in
                events.append(payload)
                // One place stays taken until the others had their turn.
                if payload == "a0" { await events.wait { $0.contains("b") && $0.contains("c") } }
            }
            for number in 0..<20 { try await database.enqueue("a\(number)", share: "a") }
            try await database.enqueue("b", share: "b")
            try await database.enqueue("c", share: "c")
            var options = JobsDatabase.options
            options.concurrency = 2
            try await database.withWorker(handler, options: options) {
                await handler.events.wait { $0.count(where: \.isFinish) == 22 }
            }
            #expect(Set(events.all.prefix(4)) == ["a0", "a1", "b", "c"])
        }
    }

    @Test("Whoever fills all the workers a share may have does not keep another's job waiting")
    func hardShare() async throws {
        try await JobsDatabase.with { database in
            let events = EventLog<String>()
            let others = (0..<20).map { "b\($0)" }
            let handler = TestHandler { payload, _ in
                events.append(payload)
                // Endless as long as the others have not had their turn.
                if payload.hasPrefix("a") { await events.wait { $0.contains("b19") } }
            }
            // More than are looked at for whose turn it is.
            for number in 0..<210 { try await database.enqueue("a\(number)", share: "a") }
            for other in others { try await database.enqueue(other, share: other) }
            try await database.withWorker(handler) {
                await handler.events.wait { $0.count(where: \.isFinish) == 230 }
            }
            let before = events.all.prefix { $0 != "b19" }
            #expect(before.count { $0.hasPrefix("a") } == 3)
        }
    }

    @Test("Jobs of a share whose worker died are taken over, however many there are")
    func silentShare() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler()
            for number in 0..<6 { try await database.enqueue("\(number)", share: "a") }
            try await database.client.query(
                """
                UPDATE ai.jobs SET state = 'running', owner = gen_random_uuid(), attempt = 1, claim = 1,
                    lease_until = clock_timestamp() - interval '1 second'
                """)
            try await database.withWorker(handler) {
                await handler.events.wait { $0.count(where: \.isFinish) == 6 }
            }
        }
    }

    @Test("Several workers share the work and do each job once")
    func workers() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler()
            for number in 0..<60 { try await database.enqueue("\(number)", lane: JobLane(rawValue: "\(number % 7)")) }
            let shutdown = GracefulShutdown()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    // Each with a queue of its own, as in another process: they find the work by polling.
                    let worker = JobWorker(
                        queue: JobQueue(), client: database.client, handlers: [handler], options: JobsDatabase.options,
                        logger: PostgresServer.logger)
                    group.addTask { try await shutdown.run { try await worker.run() } }
                }
                await handler.events.wait { $0.count(where: \.isFinish) >= 60 }
                shutdown.trigger()
                try await group.waitForAll()
            }
            #expect(handler.events.all.count == 120)
            let states = try await database.client.query("SELECT DISTINCT state FROM ai.jobs").rows.map { $0["state"] }
            #expect(states == ["done"])
        }
    }

    @Test("A job that fails is repeated, then given up, and its hook is told once")
    func givesUp() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler { _, _ in throw TestHandler.Failure() }
            let id = try await database.enqueue("a", maxAttempts: 2)
            try await database.withWorker(handler) { try await database.wait(for: "failed", of: id) }
            #expect(
                handler.events.all == [.started("a", attempt: 1), .started("a", attempt: 2), .gaveUp("a", "failed")])
            #expect(try await database.value("last_error", of: id)?.contains("Failure") == true)
        }
    }

    @Test("A job of a worker that went silent runs again, a job of one that is alive does not")
    func leases() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler()
            let silent = try await database.enqueue("silent")
            let alive = try await database.enqueue("alive")
            try await database.client.query(
                """
                UPDATE ai.jobs SET state = 'running', owner = gen_random_uuid(), attempt = 1, claim = 1,
                    lease_until = clock_timestamp()
                        + CASE id WHEN \(silent.rawValue) THEN interval '-1 second' ELSE interval '25 seconds' END
                """)
            try await database.withWorker(handler) { try await database.wait(for: "done", of: silent) }
            #expect(handler.events.all == [.started("silent", attempt: 1), .finished("silent")])
            #expect(try await database.state(of: alive) == "running")
        }
    }

    @Test("Whoever lost a job can neither close it nor commit what it did")
    func fencing() async throws {
        try await JobsDatabase.with { database in
            try await database.client.query("CREATE TABLE ai.effects (note text)")
            let outcome = EventLog<String>()
            let handler = TestHandler { _, context in
                // Somebody else takes the job over while this attempt works.
                try await database.client.query(
                    "UPDATE ai.jobs SET owner = gen_random_uuid(), claim = claim + 1 WHERE id = \(context.id.rawValue)")
                do {
                    try await database.client.withTransaction { connection in
                        try await connection.query("INSERT INTO ai.effects VALUES ('done')")
                        try await context.complete(on: connection)
                    }
                    outcome.append("completed")
                } catch let error as JobError {
                    outcome.append("\(error.code)")
                    throw error
                }
            }
            let id = try await database.enqueue("a")
            try await database.withWorker(handler) { await outcome.wait { !$0.isEmpty } }
            #expect(outcome.all == ["leaseLost"])
            #expect(try await database.state(of: id) == "running")
            #expect(try await database.client.query("SELECT note FROM ai.effects").rows.isEmpty)
        }
    }

    @Test("A lost lease stops the work while it is running")
    func lostLease() async throws {
        try await JobsDatabase.with { database in
            let stopped = EventLog<Bool>()
            let handler = TestHandler { _, _ in
                do {
                    try await Task.sleep(for: .seconds(3600))
                } catch {
                    stopped.append(true)
                    throw error
                }
            }
            let id = try await database.enqueue("a")
            var options = JobsDatabase.options
            options.lease = .seconds(3)
            try await database.withWorker(handler, options: options) {
                await handler.events.wait { !$0.isEmpty }
                try await database.client.query(
                    """
                    UPDATE ai.jobs SET owner = gen_random_uuid(), claim = claim + 1,
                        lease_until = clock_timestamp() + interval '25 seconds' WHERE id = \(id.rawValue)
                    """)
                await stopped.wait { !$0.isEmpty }
            }
            #expect(try await database.state(of: id) == "running")
            #expect(handler.events.all == [.started("a", attempt: 1)])
        }
    }

    @Test("A worker that cannot renew its leases stops its jobs before they run out, and not at the first failure")
    func leasesThatCannotBeRenewed() async throws {
        try await JobsDatabase.with { database in
            let stopped = EventLog<Bool>()
            let handler = TestHandler { _, _ in
                do {
                    try await Task.sleep(for: .seconds(3600))
                } catch {
                    stopped.append(true)
                    throw error
                }
            }
            let clock = JumpingClock()
            let id = try await database.enqueue("a")
            try await database.withWorker(handler, clock: clock) {
                await handler.events.wait { !$0.isEmpty }
                func pass(_ seconds: Int) async {
                    for _ in 0..<seconds {
                        await clock.sleepers(atLeast: 1)
                        clock.advance(by: .seconds(1))
                    }
                    await clock.sleepers(atLeast: 1)
                }
                await pass(2)
                // Renewed, and so nobody can say that it began less than a second ago.
                try await database.wait(for: nil, in: "suspect_claim", of: id)
                try await database.client.query("ALTER TABLE ai.jobs RENAME COLUMN lease_until TO hidden")
                await pass(16)
                #expect(stopped.all.isEmpty)
                // More than 0.7 of the lease have passed since any renewal that can have gone well.
                await pass(8)
                await stopped.wait { !$0.isEmpty }
                #expect(handler.events.all == [.started("a", attempt: 1)])
                // As after any outage, it is put back and begins again, and nothing is counted against it.
                try await database.client.query("ALTER TABLE ai.jobs RENAME COLUMN hidden TO lease_until")
                await handler.events.wait { $0.count == 2 }
                #expect(handler.events.all == [.started("a", attempt: 1), .started("a", attempt: 1)])
                #expect(try await database.value("crashes", of: id) == "0")
                #expect(try await database.value("interruptions", of: id) == "0")
                #expect(try await database.cancel(id))
                clock.advance(by: .seconds(10))
                await stopped.wait { $0.count == 2 }
            }
            #expect(try await database.state(of: id) == "cancelled")
        }
    }

    @Test("A job that is closed needs no lease any more: it may tidy up for as long as it likes")
    func tidiesUpWithoutLease() async throws {
        try await JobsDatabase.with { database in
            let tidied = EventLog<Bool>()
            let mayEnd = EventLog<Bool>()
            let handler = TestHandler { _, context in
                // In a transaction, so that nobody sees it closed before its worker knows of it.
                try await database.client.withTransaction { try await context.complete(on: $0) }
                await mayEnd.wait { !$0.isEmpty }
                tidied.append(!Task.isCancelled)
            }
            let clock = JumpingClock()
            let id = try await database.enqueue("a")
            try await database.withWorker(handler, clock: clock) {
                try await database.wait(for: "done", of: id)
                for _ in 0..<60 {
                    await clock.sleepers(atLeast: 1)
                    clock.advance(by: .seconds(1))
                }
                await clock.sleepers(atLeast: 1)
                mayEnd.append(true)
                await tidied.wait { !$0.isEmpty }
            }
            #expect(tidied.all == [true])
        }
    }

    @Test("A job that is closed while its lease is being renewed has not lost it")
    func closedDuringRenewal() async throws {
        try await JobsDatabase.with { database in
            let locked = EventLog<Bool>()
            let isRenewing = EventLog<Bool>()
            let mayEnd = EventLog<Bool>()
            let tidied = EventLog<Bool>()
            let handler = TestHandler { _, context in
                try await database.client.withTransaction { connection in
                    try await connection.query("SELECT FROM ai.jobs WHERE id = \(context.id.rawValue) FOR UPDATE")
                    locked.append(true)
                    await isRenewing.wait { !$0.isEmpty }
                    try await context.complete(on: connection)
                }
                await mayEnd.wait { !$0.isEmpty }
                tidied.append(!Task.isCancelled)
            }
            let clock = JumpingClock()
            let id = try await database.enqueue("a")
            try await database.withWorker(handler, clock: clock) {
                await locked.wait { !$0.isEmpty }
                // Past its first second, at which its lease is renewed.
                for _ in 0..<2 {
                    await clock.sleepers(atLeast: 1)
                    clock.advance(by: .seconds(1))
                }
                try await database.waitForBlockedStatement(containing: "AS held")
                isRenewing.append(true)
                try await database.wait(for: "done", of: id)
                try await waitUntil {
                    try await database.client.query(
                        """
                        SELECT FROM pg_stat_activity
                        WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()
                            AND strpos(query, 'AS held') > 0
                        """
                    ).rows.isEmpty
                }
                for _ in 0..<3 {
                    await clock.sleepers(atLeast: 1)
                    clock.advance(by: .seconds(1))
                }
                mayEnd.append(true)
                await tidied.wait { !$0.isEmpty }
            }
            #expect(tidied.all == [true])
        }
    }

    @Test("A handler that gives up with a CancellationError of its own making fails like any other")
    func ownCancellation() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler { _, _ in throw CancellationError() }
            let id = try await database.enqueue("a", maxAttempts: 2)
            try await database.withWorker(handler) { try await database.wait(for: "failed", of: id) }
            #expect(
                handler.events.all == [.started("a", attempt: 1), .started("a", attempt: 2), .gaveUp("a", "failed")])
        }
    }

    @Test("A handler closes its job inside its own transaction")
    func completesInTransaction() async throws {
        try await JobsDatabase.with { database in
            try await database.client.query("CREATE TABLE ai.effects (note text)")
            let handler = TestHandler { payload, context in
                try await database.client.withTransaction { connection in
                    try await connection.query("INSERT INTO ai.effects VALUES (\(payload))")
                    try await context.complete(on: connection)
                }
            }
            let id = try await database.enqueue("a")
            try await database.withWorker(handler) { try await database.wait(for: "done", of: id) }
            #expect(try await database.client.query("SELECT note FROM ai.effects").rows.map { $0["note"] } == ["a"])
        }
    }

    @Test("A job closed in a transaction that then fails is repeated at once, and given up in the end")
    func closedInVain() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler { _, context in
                try await database.client.withTransaction { connection in
                    try await context.complete(on: connection)
                    throw TestHandler.Failure()
                }
            }
            let id = try await database.enqueue("a", maxAttempts: 2)
            try await database.withWorker(handler) { try await database.wait(for: "failed", of: id) }
            #expect(
                handler.events.all == [.started("a", attempt: 1), .started("a", attempt: 2), .gaveUp("a", "failed")])
        }
    }

    @Test("A notification alone cancels nothing: the job has to say so")
    func forgedNotification() async throws {
        try await JobsDatabase.with { database in
            let proceed = EventLog<Bool>()
            let handler = TestHandler { payload, _ in
                if payload == "a" { await proceed.wait { !$0.isEmpty } }
                try Task.checkCancellation()
            }
            let id = try await database.enqueue("a")
            let listener = PostgresListener(
                configuration: database.client.configuration, channels: JobWorker.channels + ["other"],
                eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            let worker = JobWorker(
                queue: database.queue, client: database.client, listener: listener, handlers: [handler],
                options: JobsDatabase.options, logger: PostgresServer.logger
            ) { _ in proceed.append(true) }
            let shutdown = GracefulShutdown()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await shutdown.run { try await worker.run() } }
                await handler.events.wait { !$0.isEmpty }
                try await Self.untilListening(database, last: "other")
                // Delivered in order: once the second has arrived, the first has been dealt with.
                try await database.client.query(
                    "SELECT pg_notify('dash_jobs_cancel', \(id.description)), pg_notify('other', '')")
                try await database.wait(for: "done", of: id)
                shutdown.trigger()
                try await group.waitForAll()
            }
            #expect(handler.events.all == [.started("a", attempt: 1), .finished("a")])
        }
    }

    @Test("A running job is cancelled, by notification or at the next renewal", arguments: [true, false])
    func cancelRunning(_ hasListener: Bool) async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler { _, _ in try await Task.sleep(for: .seconds(3600)) }
            let id = try await database.enqueue("a")
            var options = JobsDatabase.options
            options.lease = hasListener ? .seconds(30) : .seconds(3)
            let listener = PostgresListener(
                configuration: database.client.configuration, channels: JobWorker.channels,
                eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            let worker = JobWorker(
                queue: database.queue, client: database.client, listener: hasListener ? listener : nil,
                handlers: [handler], options: options, logger: PostgresServer.logger)
            let shutdown = GracefulShutdown()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await shutdown.run { try await worker.run() } }
                await handler.events.wait { !$0.isEmpty }
                if hasListener { try await Self.untilListening(database) }
                #expect(try await database.cancel(id))
                try await database.wait(for: "cancelled", of: id)
                shutdown.trigger()
                try await group.waitForAll()
            }
            #expect(handler.events.all == [.started("a", attempt: 1), .gaveUp("a", "cancelled")])
        }
    }

    /// Returns when a session has listened on the last of its channels: it has done so, or looks whether it does.
    private static func untilListening(_ database: JobsDatabase, last channel: String = "dash_jobs_cancel") async throws
    {
        let pattern = "LISTEN%\(channel)%"
        try await waitUntil {
            try await !database.client.query(
                """
                SELECT pid FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                    AND (query LIKE \(pattern) AND state = 'idle' OR query LIKE 'SELECT pg_listening_channels()%')
                """
            ).rows.isEmpty
        }
    }

    @Test("Another process's job is started by notification")
    func notification() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler()
            var options = JobsDatabase.options
            // Without the notification this test would not end.
            options.pollInterval = .seconds(3600)
            let listener = PostgresListener(
                configuration: database.client.configuration, channels: JobWorker.channels,
                eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            let shutdown = GracefulShutdown()
            try await withThrowingTaskGroup(of: Void.self) { group in
                let worker = JobWorker(
                    queue: JobQueue(), client: database.client, listener: listener, handlers: [handler],
                    options: options, logger: PostgresServer.logger)
                // Knows no handler for the job, but announces what is enqueued in its process.
                let announcer = JobWorker(
                    queue: database.queue, client: database.client, handlers: [], options: options,
                    logger: PostgresServer.logger)
                for service in [worker, announcer] {
                    group.addTask { try await shutdown.run { try await service.run() } }
                }
                try await Self.untilListening(database)
                let id = try await database.enqueue("a")
                try await database.wait(for: "done", of: id)
                shutdown.trigger()
                try await group.waitForAll()
            }
        }
    }

    @Test("Shutdown claims nothing more and puts back what does not end in time, as if it had not begun")
    func shutdown() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler { _, _ in try await Task.sleep(for: .seconds(3600)) }
            let running = try await database.enqueue("running", lane: "l")
            var options = JobsDatabase.options
            options.grace = .milliseconds(10)
            let shutdown = GracefulShutdown()
            try await database.withWorker(handler, options: options, shutdown: shutdown) {
                await handler.events.wait { !$0.isEmpty }
                shutdown.trigger()
                try await database.enqueue("late")
                try await database.wait(for: "ready", of: running)
            }
            #expect(handler.events.all == [.started("running", attempt: 1)])
            #expect(try await database.value("attempt", of: running) == "0")
            #expect(try await database.client.query("SELECT id FROM ai.jobs WHERE state = 'ready'").rows.count == 2)
        }
    }

    @Test("A claim that comes back after shutdown has begun is put back, as if it had not been made")
    func lateClaim() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler { _, _ in try await Task.sleep(for: .seconds(3600)) }
            var options = JobsDatabase.options
            options.grace = .milliseconds(1)
            let shutdown = GracefulShutdown()
            let late = try await database.client.withConnection { blocker in
                try await blocker.query("BEGIN")
                try await blocker.query("LOCK TABLE ai.jobs")
                let id = try await database.queue.enqueue(TestHandler.jobKind, "late", on: blocker)
                try await database.withWorker(handler, options: options, shutdown: shutdown) {
                    try await database.waitForBlockedStatement(containing: JobsDatabase.claimText)
                    shutdown.trigger()
                    try await blocker.query("COMMIT")
                }
                return id
            }
            #expect(handler.events.all == [])
            #expect(try await database.state(of: late) == "ready")
            #expect(try await database.value("attempt", of: late) == "0")
        }
    }

    @Test("Shutdown lets a running job end within the grace")
    func grace() async throws {
        try await JobsDatabase.with { database in
            let proceed = EventLog<Bool>()
            let handler = TestHandler { _, _ in await proceed.wait { !$0.isEmpty } }
            let id = try await database.enqueue("a")
            let shutdown = GracefulShutdown()
            try await database.withWorker(handler, shutdown: shutdown) {
                await handler.events.wait { !$0.isEmpty }
                shutdown.trigger()
                proceed.append(true)
            }
            #expect(try await database.state(of: id) == "done")
        }
    }

    @Test("A job that meets a database outage does not use up its attempts")
    func outage() async throws {
        try await JobsDatabase.with { database in
            let failures = Locked(3)
            let handler = TestHandler { _, _ in
                let fails = failures.withLock { left in
                    left -= 1
                    return left >= 0
                }
                if fails { throw PostgresError(.connectionLost, message: "gone") }
            }
            let id = try await database.enqueue("a", maxAttempts: 1)
            try await database.withWorker(handler) {
                while try await database.state(of: id) != "done" {
                    // The worker waits a second for the database; the test does not.
                    try await database.client.query(
                        "UPDATE ai.jobs SET run_at = clock_timestamp() WHERE state = 'ready'")
                }
            }
            #expect(handler.events.all.count == 5)
            #expect(try await database.value("attempt", of: id) == "1")
        }
    }

    @Test("A worker whose sessions are cut goes on")
    func reconnects() async throws {
        try await JobsDatabase.with { database in
            let handler = TestHandler()
            try await database.withWorker(handler) {
                for number in 0..<5 {
                    let id = try await database.enqueue("\(number)")
                    while (try? await database.state(of: id)) != "done" { await Task.yield() }
                    _ = try? await database.client.query(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                        """)
                }
            }
            #expect(handler.events.all.count(where: \.isFinish) >= 5)
        }
    }
}

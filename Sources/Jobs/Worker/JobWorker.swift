import FoundationEssentials
package import Postgres
package import ServiceRuntime

extension Failpoint {
    package static let afterClaim: Failpoint = "claim.after"
    /// Shutdown has begun, and what was begun before is being finished.
    package static let drain: Failpoint = "drain"
}

/// Runs queued jobs until shutdown.
///
/// Graceful shutdown ends claiming at once; running jobs get the grace, then they are stopped and put back with the
/// attempt not counted. While the database is away the worker waits and goes on. A job whose process died is repeated
/// alone in a process; see `docs/decisions/0009-crashes-count-alone.md`.
package final class JobWorker: Service {
    /// Often enough for what it deletes to be little; seldom enough for nobody to notice.
    private static let sweepInterval = Duration.seconds(600)
    /// Deleted in one statement, so that it holds its locks and the horizon of vacuum for a moment only.
    private static let sweptAtOnce = 1000

    private let queue: JobQueue
    private let client: PostgresClient
    private let handlers: [String: any JobHandler]
    private let options: JobWorkerOptions
    private let listener: PostgresListener?
    private let otherNotification: @Sendable (String) -> Void
    private let store: JobStore
    private let running = RunningJobs()
    private let shutdown = ShutdownState()
    private let keeper: LeaseKeeper
    private let settlement: JobSettlement
    private let stopwatch: Stopwatch
    private let metrics: JobMetrics?
    private let logger: Logger

    /// What a listener given to a worker must listen on.
    package static let channels = [JobQueue.channel, JobQueue.cancelChannel]

    /// Without a listener the worker learns of other replicas' jobs by polling only. Notifications on further channels
    /// of the listener are handed to `otherNotification`, by the channel's name. `clock` times leases.
    package init(
        queue: JobQueue, client: PostgresClient, listener: PostgresListener? = nil, handlers: [any JobHandler],
        options: JobWorkerOptions = JobWorkerOptions(), clock: any Clock<Duration> = ContinuousClock(),
        metrics: JobMetrics? = nil, logger: Logger,
        otherNotification: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        precondition(options.lease <= .seconds(30), "a lease is at most 30 s")
        self.queue = queue
        self.client = client
        self.handlers = Dictionary(handlers.map { ($0.kindName, $0) }, uniquingKeysWith: { _, last in last })
        self.options = options
        self.listener = listener
        self.otherNotification = otherNotification
        self.metrics = metrics
        self.logger = logger
        stopwatch = Stopwatch(clock)
        store = JobStore(
            client: client, owner: UUID(), lease: options.lease, perShare: options.concurrencyPerShare, logger: logger)
        keeper = LeaseKeeper(
            running: running, store: store, lease: options.lease, stopwatch: stopwatch, logger: logger)
        settlement = JobSettlement(store: store, options: options, shutdown: shutdown)
    }

    package func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { background in
                background.addTask { await self.keeper.run() }
                background.addTask { await self.announce() }
                background.addTask { await self.listen() }
                background.addTask { await self.sweep() }
                background.addTask { await self.enforceGrace() }
                await claimAndRun()
                background.cancelAll()
            }
        } onGracefulShutdown: { [shutdown, queue] in
            shutdown.begin()
            queue.arrivals.signal()
        }
    }

    /// The claiming loop; returns when it has been told to stop and nothing runs any more.
    private func claimAndRun() async {
        await withDiscardingTaskGroup { jobs in
            var turns = ClaimTurns()
            var outage = ClaimOutage(lease: options.lease)
            while !shutdown.hasBegun && !Task.isCancelled {
                do {
                    // What an answer that never came has claimed would wait for its lease to end, and be suspected.
                    if outage.mayHaveClaimed(at: stopwatch.elapsed) {
                        try await store.releaseUnknown(known: running.held)
                    }
                    let takesOver = outage.letsTakeOver(at: stopwatch.elapsed)
                    let hasBegun = try await claim(&turns, takesOver: takesOver, in: &jobs)
                    outage.succeeded()
                    // Behind jobs of a share that has enough now there may be others.
                    if !hasBegun { await queue.arrivals.wait(atMost: options.pollInterval) }
                } catch let error as PostgresError where error.sqlState == "23505" {
                    // Two jobs of a lane became visible out of order; the other one runs first.
                    await queue.arrivals.wait(atMost: options.quickOutage.delay(afterAttempt: 1))
                } catch {
                    guard !Task.isCancelled, !shutdown.hasBegun else { break }
                    outage.failed(at: stopwatch.elapsed)
                    if outage.failures == 1 { logger.warning("jobs cannot be claimed", ["error": "\(error)"]) }
                    await queue.arrivals.wait(atMost: options.quickOutage.delay(afterAttempt: outage.failures))
                }
            }
            // It is put back there.
            if let kept = turns.kept { jobs.addTask { await self.execute(kept.job, stop: kept.stop) } }
            if shutdown.hasBegun { Failpoint.drain.pass() }
        }
    }

    /// Begins what can be begun; false where there is nothing to do before something changes.
    private func claim(
        _ turns: inout ClaimTurns, takesOver: Bool, in jobs: inout DiscardingTaskGroup
    ) async throws -> Bool {
        if let kept = turns.kept {
            let isIdle = running.count == 0
            let isStopped = running.stopReason(of: kept.job.context) != nil
            let hasWaited = stopwatch.elapsed - kept.since >= options.lease && !kept.job.isSuspicious
            guard isIdle || isStopped || hasWaited else { return false }
            if !isStopped, try await !store.begin(kept.job.context) {
                running.held(kept.job.context.id, at: stopwatch.elapsed).map { running.stop($0, because: .leaseLost) }
            }
            turns.kept = nil
            turns.isOthersTurn = true
            running.begin(kept.job.context, isIdle ? .alone : .begun(stopwatch.elapsed))
            jobs.addTask { await self.execute(kept.job, stop: kept.stop) }
            return true
        }
        let free = options.concurrency - running.count
        guard free > 0, !running.hasLonely else { return false }
        let isIdle = running.count == 0
        let givesWay = isIdle && !turns.isOthersTurn
        turns.isOthersTurn = false
        let askedAt = stopwatch.elapsed
        let others = try await claim(.besideOthers(limit: free, givesWay: givesWay), takesOver: takesOver)
        begin(others.jobs, askedAt: askedAt, in: &jobs)
        guard others.isAloneDue else { return !others.jobs.isEmpty }
        if isIdle, others.jobs.isEmpty {
            if try await claimAlone(&turns, takesOver: takesOver, in: &jobs) { return true }
            guard givesWay else { return false }
            // It waits for its lane or its share: no reason for others to wait.
            let rest = try await claim(.besideOthers(limit: free, givesWay: false), takesOver: takesOver)
            begin(rest.jobs, askedAt: askedAt, in: &jobs)
            return !rest.jobs.isEmpty
        }
        return try await keepAlone(&turns, takesOver: takesOver) || !others.jobs.isEmpty
    }

    /// Begins a job that has to run alone; nothing else is claimed until it ends.
    private func claimAlone(
        _ turns: inout ClaimTurns, takesOver: Bool, in jobs: inout DiscardingTaskGroup
    ) async throws -> Bool {
        let askedAt = stopwatch.elapsed
        let claimed = try await claim(.alone(dueFor: .zero, beginsNow: true), takesOver: takesOver)
        for job in claimed.jobs {
            turns.isOthersTurn = true
            let stop = running.add(job.context, .alone, leasedAt: askedAt)
            jobs.addTask { await self.execute(job, stop: stop) }
        }
        return !claimed.jobs.isEmpty
    }

    /// Claims a job that has to run alone, to begin it when nothing else runs. Idle workers have had the time to take it:
    /// so the one that keeps the job is the only one to claim nothing else meanwhile.
    private func keepAlone(_ turns: inout ClaimTurns, takesOver: Bool) async throws -> Bool {
        let askedAt = stopwatch.elapsed
        let claimed = try await claim(
            .alone(dueFor: options.pollInterval, beginsNow: false), takesOver: takesOver)
        for job in claimed.jobs {
            let stop = running.add(job.context, .kept, leasedAt: askedAt)
            turns.kept = ClaimTurns.Kept(job: job, stop: stop, since: askedAt)
        }
        return !claimed.jobs.isEmpty
    }

    private func begin(_ claimed: [JobStore.Claimed], askedAt: Duration, in jobs: inout DiscardingTaskGroup) {
        for job in claimed {
            let stop = running.add(job.context, .begun(stopwatch.elapsed), leasedAt: askedAt)
            jobs.addTask { await self.execute(job, stop: stop) }
        }
    }

    private func claim(_ scope: JobStore.Scope, takesOver: Bool) async throws -> JobStore.Claims {
        let claims = try await store.claim(scope, kinds: Array(handlers.keys), takesOver: takesOver)
        if !claims.jobs.isEmpty { Failpoint.afterClaim.pass() }
        for job in claims.jobs where job.wasTakenOver {
            metrics?.takeovers.increment()
            job.context.logger.warning(
                "the process that ran the job has gone silent; the job is repeated", ["crashes": "\(job.crashes)"])
        }
        return claims
    }

    private func execute(_ job: JobStore.Claimed, stop: WakeSignal) async {
        var context = ["job": "\(job.context.id)"]
        context["lane"] = job.context.lane?.rawValue
        await Logger.withContext(context) { await run(job, stop: stop) }
    }

    private func run(_ job: JobStore.Claimed, stop: WakeSignal) async {
        let start = ContinuousClock.now
        // A claim may come back after shutdown has begun, even when what ran has been stopped: such a job is not begun.
        let outcome =
            shutdown.hasBegun
            ? .putBack
            : await JobExecution(
                job: job, handler: handlers[job.kind], running: running, stop: stop, crashLimit: options.crashLimit
            ).outcome()
        metrics?.note(outcome, after: start.duration(to: .now))
        await settlement.settle(job, outcome)
        running.remove(job.context)
        queue.arrivals.signal()
    }

    /// Tells other replicas about new jobs at once, and then once per interval at most, because each notification takes a
    /// lock that all commits of the database share.
    private func announce() async {
        while !Task.isCancelled {
            await queue.announcements.wait()
            guard !Task.isCancelled else { return }
            do {
                try await store.announce()
            } catch {
                logger.debug("other replicas cannot be notified", ["error": "\(error)"])
            }
            try? await Task.sleep(for: options.announcementInterval)
        }
    }

    /// Ends by cancellation only: the listener heals by itself.
    private func listen() async {
        guard let listener else { return }
        do {
            for try await event in listener {
                switch event {
                case .connected, .notification(JobQueue.channel, _): queue.arrivals.signal()
                case .notification(JobQueue.cancelChannel, let payload):
                    if let id = Int64(payload) { await keeper.stopIfCancelled(JobID(rawValue: id)) }
                case .notification(let channel, _): otherNotification(channel)
                }
            }
        } catch {
            if !Task.isCancelled { logger.error("notifications are no longer received", ["error": "\(error)"]) }
        }
    }

    /// Deletes finished jobs, on one replica.
    private func sweep() async {
        let task = LeasedTask(
            "jobs.retention", leases: Leases(client: client, holder: store.owner), every: Self.sweepInterval,
            logger: logger
        ) { [store, options] lease in
            while lease.isTrusted,
                try await store.sweep(retention: options.retention, limit: Self.sweptAtOnce) == Self.sweptAtOnce
            {}
        }
        try? await task.run()
    }

    private func enforceGrace() async {
        await shutdown.wait()
        guard !Task.isCancelled else { return }
        try? await Task.sleep(for: options.grace)
        guard !Task.isCancelled else { return }
        shutdown.end()
        running.stopAll(because: .shutdown)
    }
}

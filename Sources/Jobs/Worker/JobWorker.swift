import FoundationEssentials
package import Postgres
package import ServiceRuntime

/// Runs queued jobs until shutdown.
///
/// Graceful shutdown ends claiming at once; running jobs get the grace, then they are stopped and put back with the
/// attempt not counted. While the database is away the worker waits and goes on.
package final class JobWorker: Service {
    private let queue: JobQueue
    private let client: PostgresClient
    private let handlers: [String: any JobHandler]
    private let options: JobWorkerOptions
    private let listener: PostgresListener?
    private let otherNotification: @Sendable (String) -> Void
    private let store: JobStore
    private let running = RunningJobs()
    private let shutdown = ShutdownState()
    private let clock: any Clock<Duration>
    private let logger: Logger

    /// What a listener given to a worker must listen on.
    package static let channels = [JobQueue.channel, JobQueue.cancelChannel]

    /// Without a listener the worker learns of other replicas' jobs by polling only. Notifications on further channels
    /// of the listener are handed to `otherNotification`, by the channel's name. `clock` times the renewal of leases.
    package init(
        queue: JobQueue, client: PostgresClient, listener: PostgresListener? = nil, handlers: [any JobHandler],
        options: JobWorkerOptions = JobWorkerOptions(), clock: any Clock<Duration> = ContinuousClock(), logger: Logger,
        otherNotification: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        precondition(options.lease <= .seconds(30), "a lease is at most 30 s")
        self.queue = queue
        self.client = client
        self.handlers = Dictionary(handlers.map { ($0.kindName, $0) }, uniquingKeysWith: { _, last in last })
        self.options = options
        self.listener = listener
        self.otherNotification = otherNotification
        self.clock = clock
        self.logger = logger
        store = JobStore(
            client: client, owner: UUID(), lease: options.lease, perShare: options.concurrencyPerShare, logger: logger)
    }

    package func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { background in
                background.addTask { await self.renewLeases(by: self.clock) }
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
            var failures = 0
            while !shutdown.hasBegun && !Task.isCancelled {
                let free = options.concurrency - running.count
                guard free > 0 else {
                    await queue.arrivals.wait(atMost: options.pollInterval)
                    continue
                }
                do {
                    let claimed = try await store.claim(kinds: Array(handlers.keys), limit: free)
                    failures = 0
                    for job in claimed {
                        let stop = running.add(job.context)
                        jobs.addTask { await self.execute(job, stop: stop) }
                    }
                    // Behind jobs of a share that has enough now there may be others.
                    if claimed.isEmpty { await queue.arrivals.wait(atMost: options.pollInterval) }
                } catch let error as PostgresError where error.sqlState == "23505" {
                    // Two jobs of a lane became visible out of order; the other one runs first.
                    await queue.arrivals.wait(atMost: options.outage.delay(afterAttempt: 1))
                } catch {
                    guard !Task.isCancelled, !shutdown.hasBegun else { break }
                    failures += 1
                    if failures == 1 { logger.warning("jobs cannot be claimed", ["error": "\(error)"]) }
                    await queue.arrivals.wait(atMost: options.outage.delay(afterAttempt: failures))
                }
            }
            if shutdown.hasBegun { Failpoint.drain.pass() }
        }
    }

    private func execute(_ job: JobStore.Claimed, stop: WakeSignal) async {
        // A claim may come back after shutdown has begun, even when what ran has been stopped: such a job is not begun.
        let outcome =
            shutdown.hasBegun
            ? .putBack
            : await JobExecution(job: job, handler: handlers[job.kind], running: running, stop: stop).outcome()
        await settle(job, outcome)
        running.remove(job.context)
        queue.arrivals.signal()
    }

    /// Writes down how a job ended; repeats while the database is away, as long as the worker lives.
    private func settle(_ job: JobStore.Claimed, _ outcome: JobExecution.Outcome) async {
        let context = job.context
        var attempt = 0
        while true {
            do {
                // A task of its own: a cancelled task's statements would be cancelled with it.
                try await Task { try await self.write(outcome, of: job) }.value
                return
            } catch let error as JobError where error.code == .leaseLost {
                context.logger.warning("the job had passed to another worker")
                return
            } catch {
                attempt += 1
                context.logger.warning("the end of a job cannot be written", ["error": "\(error)"])
                guard !Task.isCancelled, !shutdown.isOver else { return }
                try? await Task.sleep(for: options.outage.delay(afterAttempt: attempt))
            }
        }
    }

    private func write(_ outcome: JobExecution.Outcome, of job: JobStore.Claimed) async throws {
        let context = job.context
        switch outcome {
        case .closed, .lost: break
        case .completed: try await store.close(context, as: "done", error: nil)
        case .cancelled: try await store.close(context, as: "cancelled", error: nil)
        case .putBack: try await store.release(context, after: .zero, countsAttempt: false, error: nil)
        case .waitForDatabase(let error):
            context.logger.warning("the job waits for the database", ["error": error])
            try await store.release(context, after: .seconds(1), countsAttempt: false, error: error)
        case .retry(let error):
            context.logger.warning("the job failed and will be repeated", ["error": error])
            try await store.release(
                context, after: options.retry.delay(afterAttempt: context.attempt), countsAttempt: true, error: error)
        case .failed(let error):
            context.logger.error("the job failed for good", ["error": error])
            try await store.close(context, as: "failed", error: error)
        }
    }

    /// Renews all leases at a third of their length. A worker that cannot renew in time stops its jobs itself, before
    /// somebody else takes them.
    private func renewLeases(by clock: some Clock<Duration>) async {
        var lastRenewal = clock.now
        var isFailing = false
        while !Task.isCancelled {
            // While it fails it is tried more often, so that the last moment to stop in time is not slept through.
            try? await clock.sleep(for: isFailing ? options.lease / 12 : options.lease / 3)
            let claims = running.claims
            guard !claims.isEmpty else {
                lastRenewal = clock.now
                isFailing = false
                continue
            }
            let sentAt = clock.now
            do {
                let renewed = try await withTimeout(options.lease / 4) { [store] in try await store.renew(claims) }
                lastRenewal = sentAt
                isFailing = false
                for job in renewed where job.isCancelled { running.stop(job.id, because: .cancelled) }
                for id in Set(claims.keys).subtracting(renewed.map(\.id)) { running.stop(id, because: .leaseLost) }
            } catch {
                isFailing = true
                if lastRenewal.duration(to: clock.now) > options.lease * 0.6 {
                    logger.warning("leases cannot be renewed; running jobs are stopped", ["error": "\(error)"])
                    running.stopAll(because: .leaseLost)
                }
            }
        }
    }

    /// Tells other replicas about new jobs: one notification per interval, because each one takes a lock that all
    /// commits of the database share.
    private func announce() async {
        while !Task.isCancelled {
            await queue.announcements.wait()
            try? await Task.sleep(for: options.announcementInterval)
            guard !Task.isCancelled else { return }
            do {
                try await store.announce()
            } catch {
                logger.debug("other replicas cannot be notified", ["error": "\(error)"])
            }
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
                    if let id = Int64(payload) { await stopIfCancelled(JobID(rawValue: id)) }
                case .notification(let channel, _): otherNotification(channel)
                }
            }
        } catch {
            if !Task.isCancelled { logger.error("notifications are no longer received", ["error": "\(error)"]) }
        }
    }

    /// Everybody who may connect to the database may notify, so the job itself is asked. Where that fails, the next
    /// renewal of its lease tells.
    private func stopIfCancelled(_ id: JobID) async {
        guard let claim = running.claims[id] else { return }
        do {
            for job in try await store.renew([id: claim]) where job.isCancelled {
                running.stop(id, because: .cancelled)
            }
        } catch {
            logger.debug("a job cannot be asked whether it was cancelled", ["error": "\(error)"])
        }
    }

    private func sweep() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(600))
            guard !Task.isCancelled else { return }
            do {
                try await store.sweep(retention: options.retention)
            } catch {
                logger.debug("finished jobs cannot be deleted", ["error": "\(error)"])
            }
        }
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

extension Failpoint {
    /// Shutdown has begun, and what was begun before is being finished.
    package static let drain: Failpoint = "drain"
}

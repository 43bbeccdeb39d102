import ServiceRuntime

/// Keeps the leases of a worker's jobs, and stops what it cannot keep before somebody else takes it.
struct LeaseKeeper: Sendable {
    /// A lease is renewed at this share of its length. A job that could not be renewed is stopped at the other, so that
    /// there is time left for it to end.
    private static let renewedAt = 1.0 / 3
    private static let stoppedAt = 0.7

    let running: RunningJobs
    let store: JobStore
    let lease: Duration
    let stopwatch: Stopwatch
    let logger: Logger

    /// Runs until it is cancelled.
    func run() async {
        // Short enough to see the end of a job's first second, and to try again several times before the lease ends.
        let tick = min(RunningJobs.firstSecond, lease / 12)
        let isRenewing = Locked(false)
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                try? await stopwatch.sleep(for: tick)
                let now = stopwatch.elapsed
                stop(running.overdue(after: lease * Self.stoppedAt, at: now))
                let due = running.dueForRenewal(after: lease * Self.renewedAt, at: now)
                guard !due.isEmpty, isRenewing.withLock({ !$0 }), !Task.isCancelled else { continue }
                isRenewing.withLock { $0 = true }
                // Beside the loop: a renewal that hangs must not keep jobs from being stopped in time.
                group.addTask {
                    await renew(due)
                    isRenewing.withLock { $0 = false }
                }
            }
            group.cancelAll()
        }
    }

    /// Everybody who may connect to the database may notify, so the job itself is asked. Where that fails, the next
    /// renewal of its lease tells.
    func stopIfCancelled(_ id: JobID) async {
        guard let held = running.held(id, at: stopwatch.elapsed) else { return }
        await renew([held])
    }

    private func renew(_ due: [JobStore.Held]) async {
        let askedAt = stopwatch.elapsed
        do {
            let renewed = try await store.renew(due)
            let kept = Dictionary(renewed.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            for held in due {
                guard let job = kept[held.id] else {
                    running.stop(held, because: .leaseLost)
                    continue
                }
                running.renewed(held, askedAt: askedAt)
                if job.isCancelled { running.stop(held, because: .cancelled) }
            }
        } catch {
            logger.debug("leases cannot be renewed", ["error": "\(error)"])
        }
    }

    private func stop(_ overdue: [JobStore.Held]) {
        guard !overdue.isEmpty else { return }
        logger.warning("leases cannot be renewed; running jobs are stopped", ["jobs": "\(overdue.count)"])
        for held in overdue { running.stop(held, because: .leaseLost) }
    }
}

import ServiceRuntime

/// The jobs that this worker holds now, and the means to stop one of them. Times are of the worker's stopwatch.
final class RunningJobs: Sendable {
    /// Why a job is stopped from outside.
    enum Stop: Sendable {
        case leaseLost, cancelled, shutdown
    }

    /// What the death of the process would say about a job.
    enum Phase: Sendable, Equatable {
        /// Claimed, and not begun.
        case kept
        /// It runs beside others, since this moment.
        case begun(Duration)
        /// It runs alone: the death would be its own.
        case alone
        /// It has outlived its first second beside others.
        case unsuspected
    }

    private struct Entry {
        let context: JobContext
        var phase: Phase
        /// When the claim or its last renewal was asked for: its lease lasts from then on at least.
        var leasedAt: Duration
        var stop: Stop?
        let signal = WakeSignal()
    }

    /// After which a job that runs beside others is no longer suspected.
    static let firstSecond = Duration.seconds(1)

    private let entries = Locked<[JobID: Entry]>([:])

    /// How many have begun.
    var count: Int { entries.withLock { $0.values.count { $0.phase != .kept } } }
    var hasLonely: Bool { entries.withLock { $0.values.contains { $0.phase == .alone } } }
    var held: [JobStore.Held] { entries.withLock { $0.map { Self.held($0.key, $0.value, at: .zero) } } }

    /// Returns the signal that is raised when the job is to stop. What runs under an earlier claim on the job is stopped.
    func add(_ context: JobContext, _ phase: Phase, leasedAt: Duration) -> WakeSignal {
        let entry = Entry(context: context, phase: phase, leasedAt: leasedAt)
        let former = entries.withLock { $0.updateValue(entry, forKey: context.id) }
        former?.signal.signal()
        return entry.signal
    }

    func begin(_ context: JobContext, _ phase: Phase) {
        entries.withLock { $0[context.id]?.phase = phase }
    }

    func remove(_ context: JobContext) {
        entries.withLock { entries in
            if entries[context.id]?.context === context { entries[context.id] = nil }
        }
    }

    /// The first reason counts. Does nothing where the job runs under a later claim by now.
    func stop(_ held: JobStore.Held, because reason: Stop) {
        stop(held.id, because: reason) { $0.claim == held.claim }
    }

    func stopAll(because reason: Stop) {
        for id in entries.withLock({ Array($0.keys) }) { stop(id, because: reason) { _ in true } }
    }

    private func stop(_ id: JobID, because reason: Stop, where isMeant: (JobContext) -> Bool) {
        let signal: WakeSignal? = entries.withLock { entries in
            guard let entry = entries[id], entry.stop == nil, isMeant(entry.context) else { return nil }
            // What was closed meanwhile has no lease to lose; it may still tidy up.
            if reason == .leaseLost, entry.context.isClosed { return nil }
            entries[id]?.stop = reason
            return entry.signal
        }
        signal?.signal()
    }

    func stopReason(of context: JobContext) -> Stop? {
        entries.withLock { $0[context.id]?.stop }
    }

    /// The claim on a job, for renewing it out of turn.
    func held(_ id: JobID, at now: Duration) -> JobStore.Held? {
        entries.withLock { entries in entries[id].map { Self.held(id, $0, at: now) } }
    }

    /// Whose leases were asked for as long ago as `age`, and who have just outlived their first second.
    func dueForRenewal(after age: Duration, at now: Duration) -> [JobStore.Held] {
        entries.withLock { entries in
            entries.compactMap { id, entry in
                let held = Self.held(id, entry, at: now)
                // One that is closed has no lease any more; it may still tidy up.
                guard entry.stop != .leaseLost, !entry.context.isClosed else { return nil }
                return now - entry.leasedAt >= age || held.isUnsuspected && entry.phase != .unsuspected ? held : nil
            }
        }
    }

    func renewed(_ held: JobStore.Held, askedAt: Duration) {
        entries.withLock { entries in
            guard entries[held.id]?.context.claim == held.claim else { return }
            entries[held.id]?.leasedAt = askedAt
            if held.isUnsuspected { entries[held.id]?.phase = .unsuspected }
        }
    }

    /// Whose leases were asked for longer ago than `age`, and who have not been stopped for it.
    func overdue(after age: Duration, at now: Duration) -> [JobStore.Held] {
        entries.withLock { entries in
            entries.filter {
                now - $0.value.leasedAt > age && $0.value.stop != .leaseLost && !$0.value.context.isClosed
            }.map { Self.held($0.key, $0.value, at: now) }
        }
    }

    private static func held(_ id: JobID, _ entry: Entry, at now: Duration) -> JobStore.Held {
        let isUnsuspected =
            switch entry.phase {
            case .kept, .alone: false
            case .begun(let since): now - since >= firstSecond
            case .unsuspected: true
            }
        return JobStore.Held(id: id, claim: entry.context.claim, isUnsuspected: isUnsuspected)
    }
}

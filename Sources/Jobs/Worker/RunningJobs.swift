import ServiceRuntime

/// The jobs that run in this process now, and the means to stop one of them.
final class RunningJobs: Sendable {
    /// Why a running job is stopped from outside.
    enum Stop: Sendable {
        case leaseLost, cancelled, shutdown
    }

    private struct Entry {
        var claim: Int64
        var stop: Stop?
        let signal: WakeSignal
    }

    private let entries = Locked<[JobID: Entry]>([:])

    var count: Int { entries.withLock { $0.count } }
    var claims: [JobID: Int64] { entries.withLock { $0.mapValues(\.claim) } }

    /// Returns the signal that is raised when the job is to stop.
    func add(_ context: JobContext) -> WakeSignal {
        let signal = WakeSignal()
        entries.withLock { $0[context.id] = Entry(claim: context.claim, stop: nil, signal: signal) }
        return signal
    }

    func remove(_ context: JobContext) {
        entries.withLock { entries in
            if entries[context.id]?.claim == context.claim { entries[context.id] = nil }
        }
    }

    /// The first reason counts.
    func stop(_ id: JobID, because reason: Stop) {
        let signal: WakeSignal? = entries.withLock { entries in
            guard entries[id] != nil, entries[id]?.stop == nil else { return nil }
            entries[id]?.stop = reason
            return entries[id]?.signal
        }
        signal?.signal()
    }

    func stopAll(because reason: Stop) {
        for id in claims.keys { stop(id, because: reason) }
    }

    func stopReason(of context: JobContext) -> Stop? {
        entries.withLock { $0[context.id]?.stop }
    }
}

import Postgres
import ServiceRuntime

/// What a worker's claiming loop remembers from one look to the next.
struct ClaimTurns {
    /// A claimed job that has to run alone, and waits for the jobs of this worker to end.
    struct Kept {
        var job: JobStore.Claimed
        var stop: WakeSignal
        var since: Duration
    }

    /// While there is one nothing else is claimed. One that was interrupted for the first time begins after a lease, beside
    /// what still runs; others wait until nothing does, which is no longer than one question may take.
    var kept: Kept?
    /// After a job that ran alone others come first, so that many of those do not starve them.
    var isOthersTurn = false
}

/// How long the database has been away, as the claiming loop sees it.
struct ClaimOutage {
    let lease: Duration
    private(set) var failures = 0
    private var began = Duration.zero
    private var mayHaveClaimedUntil = Duration.zero
    private var takesOverFrom = Duration.zero

    init(lease: Duration) {
        self.lease = lease
    }

    /// A claim whose answer never came may still be committed until the server's own limit ends its statement.
    func mayHaveClaimed(at now: Duration) -> Bool { now < mayHaveClaimedUntil }

    mutating func failed(at now: Duration) {
        if failures == 0 { began = now }
        failures += 1
        mayHaveClaimedUntil = now + StatementLimits.usual.statement + lease
        // Leases that ended in the outage are those of living workers, which put their jobs back as soon as they can.
        if now - began > lease / 3 { takesOverFrom = now + lease / 2 }
    }

    mutating func succeeded() {
        failures = 0
    }

    func letsTakeOver(at now: Duration) -> Bool { now >= takesOverFrom }
}

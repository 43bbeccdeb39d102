package import FoundationEssentials
package import Postgres
package import ServiceRuntime

/// A claimed job, as its handler sees it.
package final class JobContext: Sendable {
    package let id: JobID
    /// Counted from 1.
    package let attempt: Int
    package let lane: JobLane?
    package let enqueuedAt: String
    package let logger: Logger

    let owner: UUID
    let claim: Int64
    private let closed = Locked(false)

    init(id: JobID, attempt: Int, lane: JobLane?, enqueuedAt: String, owner: UUID, claim: Int64, logger: Logger) {
        self.id = id
        self.attempt = attempt
        self.lane = lane
        self.enqueuedAt = enqueuedAt
        self.owner = owner
        self.claim = claim
        self.logger = logger
    }

    /// Identity of this execution: another one for every time the job is claimed.
    package var executionID: UUID {
        let hash = SHA256.hash("\(enqueuedAt)/\(id)/\(claim)")
        return UUID(
            uuid: (
                hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6] & 0x0F | 0x80, hash[7],
                hash[8] & 0x3F | 0x80, hash[9], hash[10], hash[11], hash[12], hash[13], hash[14], hash[15]
            ))
    }

    /// Whether nobody has begun the job before, however that ended.
    package var isFirstExecution: Bool { claim == 1 }

    /// Closes the job inside the caller's transaction, so that its effects and its end commit together.
    ///
    /// Throws `JobError.leaseLost` where the job has passed to another worker: the transaction must be rolled back.
    package func complete(on connection: PostgresConnection) async throws {
        try await close(as: "done", error: nil, on: connection)
    }

    /// As `complete`, for a job that will not succeed.
    package func fail(on connection: PostgresConnection, error: String? = nil) async throws {
        try await close(as: "failed", error: error, on: connection)
    }

    /// True once `complete` or `fail` succeeded; whether their transaction committed, the handler's return says.
    var isClosed: Bool { closed.withLock { $0 } }

    /// Forgets a closing whose transaction may not have committed; returns whether there was one.
    func reopen() -> Bool {
        closed.withLock { closed in
            defer { closed = false }
            return closed
        }
    }

    func close(as state: String, error: String?, on connection: PostgresConnection) async throws {
        let result = try await connection.query(
            """
            UPDATE ai.jobs SET state = \(state), owner = NULL, lease_until = NULL, finished_at = clock_timestamp(),
                last_error = \(error?.storable)
            WHERE id = \(id.rawValue) AND owner = \(owner) AND claim = \(claim) AND state = 'running'
            """)
        guard result.affectedRows == 1 else { throw JobError(.leaseLost) }
        closed.withLock { $0 = true }
    }
}

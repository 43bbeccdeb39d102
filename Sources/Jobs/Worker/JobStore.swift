import FoundationEssentials
import Postgres
import ServiceRuntime

/// The worker's statements on `ai.jobs`. All times are the database's.
struct JobStore: Sendable {
    struct Claimed: Sendable {
        var context: JobContext
        var kind: String
        var payload: JSONValue
        var maxAttempts: Int
        /// How often a process died of which the job may be the cause.
        var crashes: Int
        /// How often its process died while it ran, whoever was to blame.
        var interruptions: Int
        /// The process that had it before has gone silent.
        var wasTakenOver: Bool
        var lastError: String?
        var isCancelled: Bool

        /// Processes died of it or something that ran beside it, and more than once or with little else to blame.
        var isSuspicious: Bool { crashes > 0 || interruptions > 1 }
    }

    /// A claim whose lease is to be extended.
    struct Held: Sendable, Equatable {
        var id: JobID
        var claim: Int64
        /// The death of its process no longer counts against it.
        var isUnsuspected: Bool
    }

    struct Renewed: Sendable {
        var id: JobID
        var isCancelled: Bool
    }

    let client: PostgresClient
    let owner: UUID
    let lease: Duration
    /// How many jobs of a share may run at a time.
    let perShare: Int
    let logger: Logger

    /// How long the client waits for a statement that leases depend on; short enough to try again within the lease over
    /// another connection.
    var patience: Duration { max(lease / 12, min(.seconds(1), lease / 3)) }

    static func sql(_ duration: Duration) -> String { "interval '\(duration.inMilliseconds) milliseconds'" }

    /// Extends the leases of the given claims; those that are missing in the answer are lost.
    func renew(_ held: [Held]) async throws -> [Renewed] {
        let query: PostgresQuery = """
            UPDATE ai.jobs AS job
            SET lease_until = clock_timestamp() + \(unescaped: Self.sql(lease)),
                suspect_claim = CASE WHEN NOT held.is_unsuspected THEN suspect_claim END
            FROM unnest(
                \(held.map(\.id.rawValue))::bigint[], \(held.map(\.claim))::bigint[],
                \(held.map(\.isUnsuspected))::boolean[]
            ) AS held (id, claim, is_unsuspected)
            WHERE job.id = held.id AND job.claim = held.claim AND job.owner = \(owner) AND job.state = 'running'
            RETURNING job.id, job.cancel_requested_at IS NOT NULL AS is_cancelled
            """
        let result = try await withTimeout(patience) { try await client.query(query, within: patience) }
        return try result.rows.map {
            Renewed(id: JobID(rawValue: try $0.decode("id")), isCancelled: try $0.decode("is_cancelled"))
        }
    }

    /// From here on the death of the process counts against a job that was claimed before it could begin. False where it
    /// has been lost.
    func begin(_ context: JobContext) async throws -> Bool {
        try await client.query(
            """
            UPDATE ai.jobs SET suspect_claim = claim
            WHERE id = \(context.id.rawValue) AND owner = \(context.owner) AND claim = \(context.claim)
                AND state = 'running'
            """, within: patience
        ).affectedRows == 1
    }

    /// Puts a job back. Without `countsAttempt` it is as if it had not been claimed: whether it has to run alone stays.
    func release(_ context: JobContext, after delay: Duration, countsAttempt: Bool, error: String?) async throws {
        try await client.query(
            """
            UPDATE ai.jobs SET state = 'ready', owner = NULL, lease_until = NULL, suspect_claim = NULL,
                attempt = attempt - \(countsAttempt ? 0 : 1)::integer,
                interruptions = CASE WHEN \(countsAttempt)::boolean THEN 0 ELSE interruptions END,
                run_at = clock_timestamp() + \(unescaped: Self.sql(delay)),
                last_error = coalesce(\(error?.storable), last_error)
            WHERE id = \(context.id.rawValue) AND owner = \(context.owner) AND claim = \(context.claim)
                AND state = 'running'
            """, within: patience)
    }

    /// Puts back what this worker has claimed without knowing, because the answer was lost on its way.
    func releaseUnknown(known: [Held]) async throws {
        try await client.query(
            """
            UPDATE ai.jobs AS job SET state = 'ready', owner = NULL, lease_until = NULL, suspect_claim = NULL,
                attempt = attempt - 1, run_at = clock_timestamp()
            WHERE owner = \(owner) AND state = 'running' AND NOT EXISTS (
                SELECT FROM unnest(\(known.map(\.id.rawValue))::bigint[], \(known.map(\.claim))::bigint[])
                    AS known (id, claim)
                WHERE known.id = job.id AND known.claim = job.claim)
            """, within: patience)
    }

    func close(_ context: JobContext, as state: String, error: String?) async throws {
        try await client.withConnection(silence: patience) { try await context.close(as: state, error: error, on: $0) }
    }

    func announce() async throws {
        try await client.query("SELECT pg_notify(\(JobQueue.channel), '')", within: patience)
    }

    /// Deletes finished jobs that are older than the retention, `limit` at most; returns how many.
    func sweep(retention: Duration, limit: Int) async throws -> Int {
        try await client.query(
            """
            DELETE FROM ai.jobs WHERE id IN (
                SELECT id FROM ai.jobs
                WHERE finished_at < clock_timestamp() - \(unescaped: Self.sql(retention))
                    AND state IN ('done', 'failed', 'cancelled')
                ORDER BY finished_at LIMIT \(limit)::integer)
            """
        ).affectedRows
    }
}

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
        var isCancelled: Bool
    }

    let client: PostgresClient
    let owner: UUID
    let lease: Duration
    /// How many jobs of a share may run at a time.
    let perShare: Int
    let logger: Logger

    /// How many of the jobs that have waited longest are looked at for whose turn it is.
    private static let longestLook = 200

    /// Takes up to `limit` jobs: of every lane the first unfinished one, where it is due or its worker has gone silent.
    ///
    /// Shares with less that runs come first, then what has waited longest; a share of which enough runs gets nothing.
    /// Two workers that claim at the same moment may together take a little more.
    func claim(kinds: [String], limit: Int) async throws -> [Claimed] {
        let result = try await client.query(
            """
            WITH due AS MATERIALIZED (
                SELECT id, run_at, share, (
                        SELECT count(*) FROM ai.jobs AS other
                        WHERE other.share = job.share AND other.state = 'running'
                            AND other.lease_until >= clock_timestamp()
                    ) AS running
                FROM ai.jobs AS job
                WHERE state IN ('ready', 'running')
                    AND (state = 'ready' AND run_at <= clock_timestamp()
                        OR state = 'running' AND lease_until < clock_timestamp())
                    AND kind = ANY (\(kinds)::text[])
                    AND NOT EXISTS (
                        SELECT FROM ai.jobs AS other
                        WHERE other.lane = job.lane AND other.state IN ('ready', 'running') AND other.id <> job.id
                            AND (other.id < job.id OR other.state = 'running'))
                    AND (SELECT count(*) FROM ai.jobs AS other
                        WHERE other.share = job.share AND other.state = 'running'
                            AND other.lease_until >= clock_timestamp()) < \(perShare)::integer
                ORDER BY run_at, id
                LIMIT \(max(limit, Self.longestLook))::integer
            ), turn AS (
                SELECT id, CASE WHEN share IS NULL THEN 0
                    ELSE running + row_number() OVER (PARTITION BY share ORDER BY run_at, id) - 1 END AS place
                FROM due
            ), candidate AS (
                SELECT id FROM ai.jobs AS job JOIN turn USING (id)
                WHERE (state = 'ready' AND run_at <= clock_timestamp()
                        OR state = 'running' AND lease_until < clock_timestamp())
                    AND place < \(perShare)::integer
                ORDER BY place, run_at, id
                LIMIT \(limit)::integer
                FOR UPDATE OF job SKIP LOCKED
            )
            UPDATE ai.jobs AS job SET state = 'running', owner = \(owner), attempt = job.attempt + 1,
                claim = job.claim + 1,
                lease_until = clock_timestamp() + make_interval(secs => \(lease.inSeconds)::double precision)
            FROM candidate WHERE job.id = candidate.id
            RETURNING job.id, job.kind, job.lane, job.payload, job.attempt, job.max_attempts, job.claim,
                job.created_at, job.cancel_requested_at IS NOT NULL AS is_cancelled
            """)
        return try result.rows.map { row in
            let id = JobID(rawValue: try row.decode("id"))
            let kind: String = try row.decode("kind")
            let attempt: Int = try row.decode("attempt")
            let context = JobContext(
                id: id, attempt: attempt, lane: row["lane"].map(JobLane.init(rawValue:)),
                enqueuedAt: try row.decode("created_at"),
                owner: owner, claim: try row.decode("claim"),
                logger: logger.with(["job": "\(id)", "kind": kind, "attempt": "\(attempt)"]))
            return Claimed(
                context: context, kind: kind, payload: try row.decode("payload"),
                maxAttempts: try row.decode("max_attempts"), isCancelled: try row.decode("is_cancelled"))
        }
    }

    struct Renewed: Sendable {
        var id: JobID
        var isCancelled: Bool
    }

    /// Extends the leases of the given claims; those that are missing in the answer are lost.
    func renew(_ claims: [JobID: Int64]) async throws -> [Renewed] {
        let pairs = claims.map { ($0.key.rawValue, $0.value) }
        let result = try await client.query(
            """
            UPDATE ai.jobs AS job
            SET lease_until = clock_timestamp() + make_interval(secs => \(lease.inSeconds)::double precision)
            FROM unnest(\(pairs.map(\.0))::bigint[], \(pairs.map(\.1))::bigint[]) AS held (id, claim)
            WHERE job.id = held.id AND job.claim = held.claim AND job.owner = \(owner) AND job.state = 'running'
            RETURNING job.id, job.cancel_requested_at IS NOT NULL AS is_cancelled
            """)
        return try result.rows.map {
            Renewed(id: JobID(rawValue: try $0.decode("id")), isCancelled: try $0.decode("is_cancelled"))
        }
    }

    /// Puts a job back. Without `countsAttempt` it is as if it had not been claimed.
    func release(_ context: JobContext, after delay: Duration, countsAttempt: Bool, error: String?) async throws {
        try await client.query(
            """
            UPDATE ai.jobs SET state = 'ready', owner = NULL, lease_until = NULL,
                attempt = attempt - \(countsAttempt ? 0 : 1)::integer,
                run_at = clock_timestamp() + make_interval(secs => \(delay.inSeconds)::double precision),
                last_error = coalesce(\(error?.storable), last_error)
            WHERE id = \(context.id.rawValue) AND owner = \(context.owner) AND claim = \(context.claim)
                AND state = 'running'
            """)
    }

    func close(_ context: JobContext, as state: String, error: String?) async throws {
        try await client.withConnection { try await context.close(as: state, error: error, on: $0) }
    }

    func announce() async throws {
        try await client.query("SELECT pg_notify(\(JobQueue.channel), '')")
    }

    /// Deletes finished jobs that are older than the retention, a bounded number at a time.
    func sweep(retention: Duration) async throws {
        try await client.query(
            """
            DELETE FROM ai.jobs WHERE id IN (
                SELECT id FROM ai.jobs
                WHERE finished_at < clock_timestamp() - make_interval(secs => \(retention.inSeconds)::double precision)
                    AND state IN ('done', 'failed', 'cancelled')
                ORDER BY finished_at LIMIT 1000)
            """)
    }
}

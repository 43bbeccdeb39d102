import FoundationEssentials
import Postgres
import ServiceRuntime

extension JobStore {
    /// What a worker asks for.
    enum Scope: Sendable {
        /// Jobs that may run beside others. With `givesWay` none while one is due that has to run alone.
        case besideOthers(limit: Int, givesWay: Bool)
        /// One that has to run alone and has been due for some time, the likeliest cause of crashes first. It is under
        /// suspicion from now on, or, where it will only be kept for later, from `begin(_:)` on.
        case alone(dueFor: Duration, beginsNow: Bool)
    }

    struct Claims: Sendable {
        var jobs: [Claimed]
        /// Whether some job was due that has to run alone.
        var isAloneDue: Bool
    }

    /// How many of the jobs that have waited longest are looked at for whose turn it is.
    private static let longestLook = 200

    /// Takes jobs: of every lane the first unfinished one, where it is due, or its worker has gone silent and `takesOver`.
    ///
    /// Its own jobs a worker stops and puts back itself; it takes over only those that it has long lost sight of.
    ///
    /// A job whose worker has gone silent has to run alone, and so has one that was put back since. One that was
    /// interrupted for the first time, and is suspected of nothing, may run beside others when it has found no place to run
    /// alone for a lease: the many that ran in a process that died would otherwise wait for each other.
    ///
    /// In a lane an interrupted job goes on before one of a lower id, which has become visible only after it was begun.
    ///
    /// Shares with less that runs come first, then what has waited longest; a share of which enough runs gets nothing.
    /// Two workers that claim at the same moment may together take a little more.
    func claim(_ scope: Scope, kinds: [String], takesOver: Bool) async throws -> Claims {
        let condition: String
        let order: String
        let limit: Int
        var givesWay = false
        var isSuspect = true
        switch scope {
        case .besideOthers(let most, let way):
            let long = Self.sql(lease)
            condition = """
                (job.state = 'ready' AND job.run_at <= clock_timestamp()
                        AND (job.interruptions = 0 OR job.interruptions = 1 AND job.crashes = 0
                            AND job.run_at <= clock_timestamp() - \(long))
                    OR \(takesOver) AND job.state = 'running' AND job.interruptions = 0
                        AND job.suspect_claim IS DISTINCT FROM job.claim
                        AND job.lease_until < clock_timestamp() - \(long))
                """
            order = "place, run_at, id"
            limit = most
            givesWay = way
        case .alone(let wait, let beginsNow):
            let wait = Self.sql(wait)
            condition = """
                (job.state = 'ready' AND job.interruptions > 0 AND job.run_at <= clock_timestamp() - \(wait)
                    OR \(takesOver) AND job.state = 'running' AND job.lease_until < clock_timestamp() - \(wait)
                        AND (job.owner <> '\(owner)' OR job.lease_until < clock_timestamp() - \(Self.sql(lease))))
                """
            order = "crashes DESC, interruptions DESC, run_at, id"
            limit = 1
            isSuspect = beginsNow
        }
        let query: PostgresQuery = """
            WITH alone AS MATERIALIZED (
                SELECT EXISTS (
                        SELECT FROM ai.jobs
                        WHERE state = 'ready' AND interruptions > 0 AND run_at <= clock_timestamp()
                            AND kind = ANY (\(kinds)::text[])
                    ) OR \(takesOver)::boolean AND EXISTS (
                        SELECT FROM ai.jobs
                        WHERE state = 'running' AND lease_until < clock_timestamp() AND owner <> \(owner)
                            AND kind = ANY (\(kinds)::text[])
                    ) AS is_due
            ), busy AS MATERIALIZED (
                SELECT share, count(*) AS running FROM ai.jobs
                WHERE state = 'running' AND lease_until >= clock_timestamp() AND share IS NOT NULL
                GROUP BY share
            ), due AS MATERIALIZED (
                SELECT job.id, job.run_at, job.share, coalesce(busy.running, 0) AS running
                FROM ai.jobs AS job LEFT JOIN busy USING (share)
                WHERE NOT (\(givesWay)::boolean AND (SELECT is_due FROM alone))
                    AND job.state IN ('ready', 'running') AND \(unescaped: condition)
                    AND job.kind = ANY (\(kinds)::text[])
                    AND NOT EXISTS (
                        SELECT FROM ai.jobs AS other
                        WHERE other.lane = job.lane AND other.state IN ('ready', 'running') AND other.id <> job.id
                            AND (other.state = 'running' OR job.state = 'ready' AND other.id < job.id))
                    AND coalesce(busy.running, 0) < \(perShare)::integer
                ORDER BY job.run_at, job.id
                LIMIT \(max(limit, Self.longestLook))::integer
            ), turn AS (
                SELECT id, CASE WHEN share IS NULL THEN 0
                    ELSE running + row_number() OVER (PARTITION BY share ORDER BY run_at, id) - 1 END AS place
                FROM due
            ), candidate AS (
                SELECT id, job.state = 'running' AS is_taken_over
                FROM ai.jobs AS job JOIN turn USING (id)
                WHERE \(unescaped: condition) AND place < \(perShare)::integer
                ORDER BY \(unescaped: order)
                LIMIT \(limit)::integer
                FOR UPDATE OF job SKIP LOCKED
            ), claimed AS (
                UPDATE ai.jobs AS job SET state = 'running', owner = \(owner), claim = job.claim + 1,
                    attempt = job.attempt + CASE WHEN is_taken_over THEN 0 ELSE 1 END,
                    crashes = job.crashes
                        + CASE WHEN is_taken_over AND job.suspect_claim = job.claim THEN 1 ELSE 0 END,
                    interruptions = job.interruptions + CASE WHEN is_taken_over THEN 1 ELSE 0 END,
                    suspect_claim = CASE WHEN \(isSuspect)::boolean THEN job.claim + 1 END,
                    lease_until = clock_timestamp() + \(unescaped: Self.sql(lease))
                FROM candidate WHERE job.id = candidate.id
                RETURNING job.id, job.kind, job.lane, job.payload, job.attempt, job.max_attempts, job.claim,
                    job.created_at, job.crashes, job.interruptions, job.last_error, is_taken_over,
                    job.cancel_requested_at IS NOT NULL AS is_cancelled
            )
            SELECT claimed.*, alone.is_due FROM alone LEFT JOIN claimed ON true
            """
        let rows = try await client.query(query, within: lease / 2).rows
        return Claims(
            jobs: try rows.filter { $0["id"] != nil }.map(claimed),
            isAloneDue: try rows.first?.decode("is_due") ?? false)
    }

    private func claimed(_ row: PostgresRow) throws -> Claimed {
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
            maxAttempts: try row.decode("max_attempts"), crashes: try row.decode("crashes"),
            interruptions: try row.decode("interruptions"),
            wasTakenOver: try row.decode("is_taken_over"), lastError: row["last_error"],
            isCancelled: try row.decode("is_cancelled"))
    }
}

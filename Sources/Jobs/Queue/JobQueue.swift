import FoundationEssentials
package import Postgres
import ServiceRuntime

/// The durable queue in `ai.jobs`: where work is put.
///
/// Enqueueing is part of the caller's transaction. After its commit the caller says `wake()`, which starts an idle
/// worker of this process at once and lets the worker tell other replicas; without it the job waits for the next poll.
package final class JobQueue: Sendable {
    /// Wakes this process's worker.
    let arrivals = WakeSignal()
    /// Asks this process's worker to notify other replicas.
    let announcements = WakeSignal()

    static let channel = "dash_jobs"
    static let cancelChannel = "dash_jobs_cancel"

    package init() {}

    /// Adds a job on the caller's connection, so that it commits with whatever else the caller writes.
    ///
    /// - Parameter share: for whom it is, for example a person: jobs of different shares take turns.
    @discardableResult
    package func enqueue<Payload>(
        _ kind: JobKind<Payload>, _ payload: Payload, lane: JobLane? = nil, share: String? = nil,
        after delay: Duration = .zero, maxAttempts: Int = 3, on connection: PostgresConnection
    ) async throws -> JobID {
        let insert = try Self.insert(
            kind, payload, lane: lane, share: share, delay: delay, maxAttempts: maxAttempts, condition: nil)
        guard let row = try await connection.query(insert).rows.first else {
            throw PostgresError(.decoding, message: "enqueueing returned no id")
        }
        return JobID(rawValue: try row.decode("id"))
    }

    /// Adds a job in the same statement as `condition` and only where that yields a row; nil where it does not.
    @discardableResult
    package func enqueue<Payload>(
        _ kind: JobKind<Payload>, _ payload: Payload, lane: JobLane? = nil, share: String? = nil,
        after delay: Duration = .zero, maxAttempts: Int = 3, where condition: JobCondition,
        on connection: PostgresConnection
    ) async throws -> JobID? {
        let insert = try Self.insert(
            kind, payload, lane: lane, share: share, delay: delay, maxAttempts: maxAttempts, condition: condition)
        return try await connection.query(insert).rows.first.map { JobID(rawValue: try $0.decode("id")) }
    }

    /// To be called after the commit of an enqueue.
    package func wake() {
        arrivals.signal()
        announcements.signal()
    }

    /// Cancels a job: one that waits is closed at once, a running one is told, on whichever replica it runs.
    ///
    /// Returns false where the job is finished or unknown.
    @discardableResult
    package func cancel(_ id: JobID, on connection: PostgresConnection) async throws -> Bool {
        let result = try await connection.query(
            """
            UPDATE ai.jobs SET
                cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()),
                state = CASE state WHEN 'ready' THEN 'cancelled' ELSE state END,
                finished_at = CASE state WHEN 'ready' THEN clock_timestamp() END
            WHERE id = \(id.rawValue) AND state IN ('ready', 'running')
            """)
        guard result.affectedRows > 0 else { return false }
        try await connection.query("SELECT pg_notify(\(Self.cancelChannel), \(String(id.rawValue)))")
        return true
    }

    private static func storable(_ json: String) throws -> String {
        guard json.contains(#"\u0000"#) else { return json }
        return try JSONValue(parsing: json).storable.encoded()
    }

    private static func insert<Payload>(
        _ kind: JobKind<Payload>, _ payload: Payload, lane: JobLane?, share: String?, delay: Duration, maxAttempts: Int,
        condition: JobCondition?
    ) throws -> PostgresQuery {
        let json = try Self.storable(String(decoding: try JSONEncoder().encode(payload), as: UTF8.self))
        var bindings = condition?.expressions.bindings ?? []
        func bind(_ value: String?) -> String {
            bindings.append(value)
            return "$\(bindings.count)"
        }
        let values = [
            bind(kind.rawValue), bind(lane?.rawValue), bind(share), bind(json) + "::jsonb",
            bind(String(maxAttempts)) + "::integer",
            "clock_timestamp() + make_interval(secs => \(bind(String(delay.inSeconds)))::double precision)",
        ]
        var sql = condition.map { "WITH \($0.expressions.sql)\n" } ?? ""
        sql += """
            INSERT INTO ai.jobs (kind, lane, share, payload, max_attempts, run_at)
            SELECT \(values.joined(separator: ", "))
            """
        if let condition { sql += " FROM \(condition.name) LIMIT 1" }
        return PostgresQuery(unescaped: sql + " RETURNING id", bindings: bindings)
    }
}

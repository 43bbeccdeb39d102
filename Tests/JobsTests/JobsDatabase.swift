import Jobs
import Postgres
import ServiceRuntime
import TestSupport

/// A database with the queue's tables, and shorthands for tests.
struct JobsDatabase: Sendable {
    let client: PostgresClient
    let queue = JobQueue()

    static func with(_ body: @Sendable (JobsDatabase) async throws -> Void) async throws {
        try await PostgresServer.shared.withClient { client in
            try await PostgresServer.createAISchema(client)
            try await Migrator(client: client, logger: PostgresServer.logger).apply(JobsMigrations.all)
            try await body(JobsDatabase(client: client))
        }
    }

    @discardableResult
    func enqueue(
        _ text: String, lane: JobLane? = nil, share: String? = nil, maxAttempts: Int = 3
    ) async throws -> JobID {
        let id = try await client.withConnection {
            try await queue.enqueue(
                TestHandler.jobKind, text, lane: lane, share: share, maxAttempts: maxAttempts, on: $0)
        }
        queue.wake()
        return id
    }

    func cancel(_ id: JobID) async throws -> Bool {
        try await client.withConnection { try await queue.cancel(id, on: $0) }
    }

    func state(of id: JobID) async throws -> String {
        try await value("state", of: id) ?? ""
    }

    func value(_ column: String, of id: JobID) async throws -> String? {
        try await client.query("SELECT \(identifier: column)::text AS value FROM ai.jobs WHERE id = \(id.rawValue)")
            .rows.first?["value"]
    }

    /// Returns when the worker has written the state, which it does after its handler has returned.
    func wait(for state: String, of id: JobID) async throws {
        while try await self.state(of: id) != state {
            // Only so that the loop leaves the machine to those it waits for.
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    func wait(for value: String?, in column: String, of id: JobID) async throws {
        try await waitUntil { try await self.value(column, of: id) == value }
    }

    /// As if a process had claimed the jobs and died: alone or in its first second where they are `suspect`.
    func interrupt(_ ids: [JobID], suspect: Bool = false, crashes: Int = 0, ago seconds: Int = 1) async throws {
        try await client.withConnection {
            try await Self.interrupt(ids, suspect: suspect, crashes: crashes, ago: seconds, on: $0)
        }
    }

    /// A job that no running worker sees before it is interrupted.
    @discardableResult
    func enqueueInterrupted(_ text: String, lane: JobLane? = nil, ago seconds: Int = 1) async throws -> JobID {
        let id = try await client.withTransaction { connection in
            let id = try await queue.enqueue(TestHandler.jobKind, text, lane: lane, on: connection)
            try await Self.interrupt([id], ago: seconds, on: connection)
            return id
        }
        queue.wake()
        return id
    }

    private static func interrupt(
        _ ids: [JobID], suspect: Bool = false, crashes: Int = 0, ago seconds: Int, on connection: PostgresConnection
    ) async throws {
        try await connection.query(
            """
            UPDATE ai.jobs SET state = 'running', owner = gen_random_uuid(), attempt = 1, claim = claim + 1,
                suspect_claim = CASE WHEN \(suspect)::boolean THEN claim + 1 ELSE claim END, crashes = \(crashes)::integer,
                interruptions = interruptions + CASE WHEN state = 'running' THEN 1 ELSE 0 END,
                lease_until = clock_timestamp() - make_interval(secs => \(seconds)::integer)
            WHERE id = ANY (\(ids.map(\.rawValue))::bigint[])
            """)
    }

    /// Returns when a statement of this database waits for a lock, which for example a claim does: a worker has others.
    func waitForBlockedStatement(containing text: String = "") async throws {
        let blocked: PostgresQuery = """
            SELECT 1 FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND strpos(query, \(text)) > 0
            """
        try await waitUntil { try await !client.query(blocked).rows.isEmpty }
    }

    /// What only a claim's statement contains, near enough to its start for the server to show it.
    static let claimText = "WITH alone AS MATERIALIZED"

    /// Options under which no test waits for long.
    static var options: JobWorkerOptions {
        var options = JobWorkerOptions()
        options.pollInterval = .milliseconds(20)
        options.retry = Backoff(initial: .milliseconds(1), maximum: .milliseconds(2))
        options.outage = Backoff(initial: .milliseconds(5), maximum: .milliseconds(10))
        return options
    }

    /// Runs a worker beside the body, which returns when it has seen enough; then shuts it down.
    func withWorker(
        _ handler: TestHandler, options: JobWorkerOptions = JobsDatabase.options,
        shutdown: GracefulShutdown = GracefulShutdown(), clock: any Clock<Duration> = ContinuousClock(),
        _ body: () async throws -> Void
    ) async throws {
        let worker = JobWorker(
            queue: queue, client: client, handlers: [handler], options: options, clock: clock,
            logger: PostgresServer.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await shutdown.run { try await worker.run() } }
            do {
                try await body()
            } catch {
                group.cancelAll()
                throw error
            }
            shutdown.trigger()
            try await group.waitForAll()
        }
    }
}

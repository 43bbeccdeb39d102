import BenchmarkSupport
import Jobs
import Postgres
import ServiceRuntime

/// The measurements, over one database.
struct QueueBench {
    let world: Benchmark.World
    let concurrency: Int
    /// For the recovery; otherwise it is the usual one.
    let lease: Duration

    func prepare(finished: Int) async throws {
        try await withClient { client in
            try await client.query("CREATE SCHEMA ai")
            try await Migrator(client: client, logger: world.logger).apply(JobsMigrations.all)
            try await client.withTransaction(limits: .long) { connection in
                try await connection.query(
                    """
                    INSERT INTO ai.jobs (kind, lane, payload, state, attempt, claim, max_attempts, finished_at)
                    SELECT 'no-op', 'lane-' || n, to_jsonb(n), 'done', 1, 1, 3, clock_timestamp()
                    FROM generate_series(1, \(finished)::integer) AS n
                    """)
            }
            try await client.query("ANALYZE ai.jobs")
        }
    }

    /// From the call that enqueues in one replica to the first line of the handler in another one.
    func latency(count: Int, perSecond: Int) async throws -> JSONValue {
        let handler = NoOpHandler()
        return try await withReplicas([[], [handler]]) { queues in
            try await withClient { client in
                // The first ones open connections.
                let warmUp = perSecond
                var enqueued: [ContinuousClock.Instant] = []
                let start = ContinuousClock.now
                for number in 0..<(warmUp + count) {
                    try await ContinuousClock().sleep(until: start + .seconds(1) / perSecond * number)
                    enqueued.append(.now)
                    try await client.withConnection {
                        try await queues[0].enqueue(
                            NoOpHandler.jobKind, number, lane: JobLane(rawValue: "lane-\(number)"), on: $0)
                    }
                    queues[0].wake()
                }
                let started = try await handler.starts(of: warmUp + count)
                var latencies = Latencies()
                for number in warmUp..<(warmUp + count) {
                    guard let begun = started[number] else { throw BenchmarkError("job \(number) did not start") }
                    latencies.add(enqueued[number].duration(to: begun))
                }
                return ["per_second": .integer(Int64(perSecond)), "latency": latencies.summary]
            }
        }
    }

    /// From the first claim to the last end, of jobs that were there before.
    func throughput(jobs: Int, replicas: Int) async throws -> JSONValue {
        let handler = NoOpHandler()
        return try await withClient { client in
            try await client.query(
                """
                INSERT INTO ai.jobs (kind, lane, share, payload, max_attempts)
                SELECT 'no-op', 'thread-' || n % 2000, 'person-' || n % 500, to_jsonb(n), 3
                FROM generate_series(1, \(jobs)::integer) AS n
                """)
            try await client.query("ANALYZE ai.jobs")
            let start = ContinuousClock.now
            let time = try await withReplicas((0..<replicas).map { _ in [handler] }) { _ in
                _ = try await handler.starts(of: jobs)
                while try await count(client, "state IN ('ready', 'running')") > 0 {
                    try await Task.sleep(for: .milliseconds(5))
                }
                return start.duration(to: .now)
            }
            let more = try await count(client, "claim <> 1")
            guard more == 0 else { throw BenchmarkError("\(more) jobs were claimed more than once") }
            return [
                "jobs": .integer(Int64(jobs)), "replicas": .integer(Int64(replicas)),
                "per_second": .integer(Int64(Double(jobs) / time.inSeconds)),
            ]
        }
    }

    /// From the last sign of life of a replica to the start of its job in another one.
    func recovery(rounds: Int) async throws -> JSONValue {
        let handler = NoOpHandler()
        return try await withReplicas([[handler]], lease: lease) { queues in
            try await withClient { client in
                var latencies = Latencies()
                for number in 0..<rounds {
                    // What a replica leaves behind that claimed the job and vanished.
                    try await client.query(
                        """
                        INSERT INTO ai.jobs
                            (kind, lane, payload, state, attempt, claim, max_attempts, owner, lease_until)
                        VALUES ('no-op', \("lost-\(number)"), to_jsonb(\(number)::integer), 'running', 1, 1, 3,
                            gen_random_uuid(), clock_timestamp() + make_interval(secs => \(lease.inSeconds)::float8))
                        """)
                    let vanished = ContinuousClock.now
                    let starts = try await handler.starts(of: number + 1)
                    guard let begun = starts[number] else { throw BenchmarkError("job \(number) did not start") }
                    latencies.add(vanished.duration(to: begun))
                }
                return [
                    "lease_ms": .integer(Int64(lease.inMilliseconds)),
                    "poll_ms": .integer(Int64(JobWorkerOptions().pollInterval.inMilliseconds)),
                    "latency": latencies.summary,
                ]
            }
        }
    }

    private func count(_ client: PostgresClient, _ condition: String) async throws -> Int {
        let rows = try await client.query(
            "SELECT count(*) AS count FROM ai.jobs WHERE state <> 'done' AND \(unescaped: condition)"
        ).rows
        return try rows.first?.decode("count") ?? 0
    }

    private func withClient<Result>(_ body: (PostgresClient) async throws -> Result) async throws -> Result {
        let client = PostgresClient(
            configuration: world.home.administrator, eventLoop: world.home.eventLoop, logger: world.logger)
        do {
            let result = try await body(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }

    /// Runs the body beside one worker for each list of handlers; it gets their queues.
    private func withReplicas<Result: Sendable>(
        _ handlers: [[NoOpHandler]], lease: Duration = .seconds(30), _ body: ([JobQueue]) async throws -> Result
    ) async throws -> Result {
        let queues = handlers.map { _ in JobQueue() }
        var options = JobWorkerOptions()
        options.concurrency = concurrency
        options.lease = lease
        let shutdown = GracefulShutdown()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for (queue, handlers) in zip(queues, handlers) {
                let client = PostgresClient(
                    configuration: world.home.administrator, maximumConnections: 12, eventLoop: world.home.eventLoop,
                    logger: world.logger)
                let listener = PostgresListener(
                    configuration: world.home.administrator, channels: JobWorker.channels,
                    eventLoop: world.home.eventLoop, logger: world.logger)
                let worker = JobWorker(
                    queue: queue, client: client, listener: listener, handlers: handlers, options: options,
                    logger: world.logger)
                group.addTask {
                    try await shutdown.run { try await worker.run() }
                    await client.close()
                }
            }
            let result = try await body(queues)
            shutdown.trigger()
            try await group.waitForAll()
            return result
        }
    }
}

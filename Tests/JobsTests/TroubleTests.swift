import FoundationEssentials
import Glibc
import Jobs
import Postgres
import ServiceRuntime
import TestSupport
import Testing

/// What becomes of jobs while the server is in trouble: nothing is lost, nothing done twice, nothing counted.
@Suite(.serialized, .timeLimit(.minutes(20))) struct TroubleTests {
    private static let silent = Logger(label: "test", handler: { _, _, _, _ in })

    /// A job that leaves one row behind, with its end.
    private static func effects(_ client: PostgresClient) -> TestHandler {
        TestHandler { payload, context in
            try await client.withTransaction { connection in
                try await connection.query("INSERT INTO ai.effects VALUES (\(payload))")
                try await context.complete(on: connection)
            }
        }
    }

    private static func client(_ configuration: PostgresConfiguration, connections: Int = 6) -> PostgresClient {
        PostgresClient(
            configuration: configuration, maximumConnections: connections, eventLoop: PostgresServer.eventLoop,
            logger: silent)
    }

    private static func prepare(_ client: PostgresClient) async throws {
        try await PostgresServer.createAISchema(client)
        try await Migrator(client: client, logger: silent).apply(JobsMigrations.all)
        try await client.query("CREATE TABLE ai.effects (job text)")
    }

    /// A server that the test may ill-treat.
    private static func withServer(
        settings: [String: String] = [:],
        _ body: (EmbeddedServer, PostgresConfiguration, _ folder: String) async throws -> Void
    ) async throws {
        let folder = try TestFolders.make("trouble")
        let server = EmbeddedServer(
            folder: folder, settings: settings.merging(["fsync": "off"]) { given, _ in given },
            eventLoop: PostgresServer.eventLoop, logger: silent)
        var configuration = try await server.start()
        configuration.connectTimeout = .seconds(20)
        do {
            try await body(server, configuration, folder)
            try await server.stop()
        } catch {
            try? await server.stop()
            throw error
        }
    }

    private static func expectEach(
        _ count: Int, in client: PostgresClient, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await client.query(
            "SELECT count(*) AS all, count(DISTINCT job) AS different FROM ai.effects"
        ).rows.first
        #expect(try found?.decode("all") == count, sourceLocation: sourceLocation)
        #expect(try found?.decode("different") == count, sourceLocation: sourceLocation)
        let counted = try await client.query("SELECT id FROM ai.jobs WHERE crashes > 0 OR state <> 'done'").rows
        #expect(counted.isEmpty, sourceLocation: sourceLocation)
    }

    private static func untilDone(_ count: Int, _ client: PostgresClient) async throws {
        try await waitUntil {
            let done = try? await client.query("SELECT count(*) AS done FROM ai.jobs WHERE state = 'done'").rows.first
            return try done?.decode("done") == count
        }
    }

    @Test("A server that is ended at once and started again loses no job and doubles none")
    func restart() async throws {
        try await Self.withServer { server, configuration, folder in
            let client = Self.client(configuration)
            try await Self.prepare(client)
            let database = JobsDatabase(client: client)
            for number in 0..<200 { try await database.enqueue("\(number)", lane: JobLane(rawValue: "\(number % 40)")) }
            let handler = Self.effects(client)
            try await database.withWorker(handler) {
                for round in 1...2 {
                    await handler.events.wait { $0.count(where: \.isFinish) > round * 30 }
                    let file = try String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
                    let postmaster = try #require(file.split(separator: "\n").first.flatMap { pid_t($0) })
                    kill(postmaster, SIGQUIT)
                    try await waitUntil { kill(postmaster, 0) != 0 }
                    _ = try await server.start()
                }
                try await Self.untilDone(200, client)
            }
            try await Self.expectEach(200, in: client)
            await client.close()
        }
    }

    @Test("Sessions that are ended five times a second lose no job and double none")
    func killedSessions() async throws {
        try await PostgresServer.shared.withClient { client in
            try await Self.prepare(client)
            let database = JobsDatabase(client: Self.client(client.configuration))
            for number in 0..<300 {
                _ = try await client.withConnection {
                    try await database.queue.enqueue(
                        TestHandler.jobKind, "\(number)", lane: JobLane(rawValue: "\(number % 50)"), on: $0)
                }
            }
            let handler = TestHandler { payload, context in
                try await Task.sleep(for: .milliseconds(30))
                try await Self.effects(database.client).work(payload, context)
            }
            try await database.withWorker(handler) {
                let killer = try await PostgresConnection.connect(
                    client.configuration, eventLoop: PostgresServer.eventLoop, logger: Self.silent)
                var killed = 0
                while try await killer.query("SELECT FROM ai.jobs WHERE state <> 'done' LIMIT 1").rows.count == 1 {
                    killed += try await killer.query(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND pid <> pg_backend_pid()
                        ORDER BY random() LIMIT 1
                        """
                    ).rows.count
                    try await Task.sleep(for: .milliseconds(200))
                }
                #expect(killed > 0)
            }
            try await Self.expectEach(300, in: client)
            await database.client.close()
        }
    }

    @Test("While others hold all connections, jobs wait; then they run")
    func exhausted() async throws {
        try await Self.withServer(settings: ["max_connections": "12", "superuser_reserved_connections": "3"]) {
            _, configuration, _ in
            let administrator = Self.client(configuration, connections: 2)
            try await Self.prepare(administrator)
            try await administrator.query("CREATE ROLE app LOGIN PASSWORD 'app'")
            try await administrator.query("GRANT ALL ON SCHEMA ai TO app")
            try await administrator.query("GRANT ALL ON ALL TABLES IN SCHEMA ai TO app")
            var own = configuration
            own.user = "app"
            own.password = Secret("app")
            let app = Self.client(own)
            let database = JobsDatabase(client: app)
            try await administrator.withConnection { connection in
                for number in 0..<20 {
                    try await database.queue.enqueue(TestHandler.jobKind, "\(number)", on: connection)
                }
            }
            var others: [PostgresConnection] = []
            var refusal: PostgresError?
            while refusal == nil {
                do {
                    others.append(
                        try await PostgresConnection.connect(
                            own, eventLoop: PostgresServer.eventLoop, logger: Self.silent))
                } catch let error as PostgresError {
                    refusal = error
                }
            }
            #expect(refusal?.sqlState == "53300")
            #expect(refusal?.isPassing == true)
            let handler = Self.effects(app)
            try await database.withWorker(handler) {
                await #expect(throws: PostgresError.self) { try await app.query("SELECT") }
                #expect(handler.events.all.isEmpty)
                others = []
                try await Self.untilDone(20, administrator)
            }
            try await Self.expectEach(20, in: administrator)
            await app.close()
            await administrator.close()
        }
    }

    @Test(
        "A server without disk, memory or connections, or that starts, fails no job",
        arguments: ["53100", "53200", "53300", "57P03", "55P03", "08006"])
    func outages(_ state: String) async throws {
        try await JobsDatabase.with { database in
            let isWell = Locked(false)
            let handler = TestHandler { _, _ in
                guard !isWell.withLock({ $0 }) else { return }
                try await database.client.withConnection {
                    try await $0.execute(script: "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '\(state)'; END $$")
                }
            }
            let id = try await database.enqueue("a", maxAttempts: 1)
            try await database.withWorker(handler) {
                await handler.events.wait { $0.count >= 2 }
                isWell.withLock { $0 = true }
                try await database.wait(for: "done", of: id)
            }
            #expect(try await database.value("attempt", of: id) == "1")
            #expect(!handler.events.all.contains(.gaveUp("a", "failed")))
        }
    }

    @Test("A disk that is full when a job has ended costs the job nothing: its end is written later, once")
    func fullDisk() async throws {
        try await JobsDatabase.with { database in
            try await database.client.query("CREATE TABLE ai.effects (job text)")
            try await database.client.withConnection {
                try await $0.execute(
                    script: """
                        CREATE FUNCTION ai.full() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$;
                        """)
            }
            let handler = Self.effects(database.client)
            let plain = TestHandler()
            for work in [handler, plain] {
                try await database.client.query(
                    """
                    CREATE TRIGGER is_full BEFORE UPDATE ON ai.jobs FOR EACH ROW WHEN (NEW.state = 'done')
                    EXECUTE FUNCTION ai.full()
                    """)
                let id = try await database.enqueue("a", maxAttempts: 1)
                try await database.withWorker(work) {
                    await work.events.wait { !$0.isEmpty }
                    try await database.client.query("DROP TRIGGER is_full ON ai.jobs")
                    try await database.wait(for: "done", of: id)
                }
                #expect(try await database.value("attempt", of: id) == "1")
            }
            try await Self.expectEach(1, in: database.client)
        }
    }

    @Test("Connections that swallow everything cost neither a running job its lease nor others their start")
    func blackHole() async throws {
        try await PostgresServer.shared.withClient { direct in
            try await Self.prepare(direct)
            let proxy = try BlackHoleProxy(to: direct.configuration.port)
            defer { proxy.stop() }
            var configuration = direct.configuration
            configuration.port = proxy.port
            configuration.limits.silence = .seconds(3)
            let client = Self.client(configuration)
            let database = JobsDatabase(client: client)
            let released = EventLog<Bool>()
            let handler = TestHandler { payload, context in
                if payload == "long" { await released.wait { !$0.isEmpty } }
                try await Self.effects(client).work(payload, context)
            }
            var options = JobsDatabase.options
            options.lease = .seconds(15)
            try await database.withWorker(handler, options: options) {
                let id = try await direct.withConnection {
                    try await database.queue.enqueue(TestHandler.jobKind, "long", on: $0)
                }
                await handler.events.wait { !$0.isEmpty }
                proxy.swallowPresentConnections()
                let clock = try await direct.query("SELECT clock_timestamp()::text AS now").rows.first
                let swallowedAt = try #require(clock?["now"])
                try await direct.withConnection { connection in
                    for number in 0..<10 {
                        try await database.queue.enqueue(TestHandler.jobKind, "\(number)", on: connection)
                    }
                }
                await handler.events.wait { $0.count(where: \.isFinish) == 10 }
                // The lease lasts longer than the one in the hole: it was renewed over another connection.
                try await waitUntil {
                    try await direct.query(
                        """
                        SELECT FROM ai.jobs
                        WHERE id = \(id.rawValue) AND lease_until > \(swallowedAt)::timestamptz + interval '15 seconds'
                        """
                    ).rows.count == 1
                }
                released.append(true)
                try await Self.untilDone(11, direct)
                let claims = try await direct.query("SELECT claim FROM ai.jobs WHERE id = \(id.rawValue)").rows
                #expect(claims.map { $0["claim"] } == ["1"])
            }
            try await Self.expectEach(11, in: direct)
        }
    }

    /// Lets a claim's answer be lost, and returns the server's process that made the claim: where it waits in a claim after
    /// its connection has been swallowed, nothing of it can have passed. Nil where it did not come to that, because the
    /// client had given the claim up before.
    private static func loseClaim(
        _ proxy: BlackHoleProxy, _ gate: PostgresConnection, _ direct: PostgresClient
    ) async throws -> String? {
        let waiting: PostgresQuery = """
            SELECT pid FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event = 'advisory' AND state = 'active'
                AND strpos(query, \(JobsDatabase.claimText)) > 0
            """
        try await waitUntil { try await direct.query(waiting).rows.count == 1 }
        proxy.swallowPresentConnections()
        let process = try await direct.query(waiting).rows.first.flatMap { $0["pid"] }
        try await gate.query("SELECT pg_advisory_unlock(1)")
        return process
    }

    @Test("A claim whose answer is lost on its way is put back, and counts nothing")
    func lostClaim() async throws {
        try await PostgresServer.shared.withClient { direct in
            try await Self.prepare(direct)
            // A claim waits at this gate until nothing can come back over its connection; nothing else does.
            try await direct.withConnection {
                try await $0.execute(
                    script: """
                        CREATE TABLE ai.claims (job bigint, claim bigint, process integer);
                        CREATE FUNCTION ai.gate() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = 0 AS $$
                        BEGIN
                            PERFORM pg_advisory_xact_lock(1);
                            INSERT INTO ai.claims VALUES (NEW.id, NEW.claim, pg_backend_pid());
                            RETURN NEW;
                        END $$;
                        CREATE TRIGGER gate BEFORE UPDATE ON ai.jobs FOR EACH ROW WHEN (NEW.claim <> OLD.claim)
                        EXECUTE FUNCTION ai.gate();
                        """)
            }
            let gate = try await PostgresConnection.connect(
                direct.configuration, eventLoop: PostgresServer.eventLoop, logger: Self.silent)
            let proxy = try BlackHoleProxy(to: direct.configuration.port)
            defer { proxy.stop() }
            var configuration = direct.configuration
            configuration.port = proxy.port
            // A connection that was being opened would be waited for.
            configuration.connectTimeout = .seconds(10)
            let client = Self.client(configuration, connections: 2)
            let database = JobsDatabase(client: client)
            var options = JobsDatabase.options
            // Half of it the client waits for the claim's answer.
            options.lease = .seconds(30)
            var lost: JobID?
            var begun = 0
            try await database.withWorker(Self.effects(client), options: options) {
                while lost == nil, begun < 5 {
                    begun += 1
                    try await gate.query("SELECT pg_advisory_lock(1)")
                    let id = try await direct.withConnection {
                        try await database.queue.enqueue(TestHandler.jobKind, "\(begun)", on: $0)
                    }
                    let process = try await Self.loseClaim(proxy, gate, direct)
                    try await Self.untilDone(begun, direct)
                    let first = try await direct.query(
                        "SELECT process FROM ai.claims WHERE job = \(id.rawValue) AND claim = 1"
                    ).rows.first.flatMap { $0["process"] }
                    if let process, process == first { lost = id }
                }
            }
            let id = try #require(lost, "no claim came as far as to be lost")
            let row = try await direct.query("SELECT claim, attempt, crashes FROM ai.jobs WHERE id = \(id.rawValue)")
            #expect(row.rows.map(\.cells) == [["2", "1", "0"]])
            try await Self.expectEach(begun, in: direct)
        }
    }

    @Test("While notifications are swallowed, jobs of another process are found by polling")
    func halfOpenListener() async throws {
        try await PostgresServer.shared.withClient { client in
            try await Self.prepare(client)
            let proxy = try BlackHoleProxy(to: client.configuration.port)
            defer { proxy.stop() }
            var configuration = client.configuration
            configuration.port = proxy.port
            let listener = PostgresListener(
                configuration: configuration, channels: JobWorker.channels, eventLoop: PostgresServer.eventLoop,
                logger: Self.silent)
            let handler = TestHandler()
            let worker = JobWorker(
                queue: JobQueue(), client: client, listener: listener, handlers: [handler],
                options: JobsDatabase.options, logger: Self.silent)
            let shutdown = GracefulShutdown()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await shutdown.run { try await worker.run() } }
                try await waitUntil {
                    try await client.query(
                        """
                        SELECT FROM pg_stat_activity
                        WHERE datname = current_database() AND query LIKE 'LISTEN%' AND pid <> pg_backend_pid()
                        """
                    ).rows.count == 1
                }
                proxy.swallowPresentConnections()
                let database = JobsDatabase(client: client)
                let id = try await database.enqueue("a")
                try await database.wait(for: "done", of: id)
                shutdown.trigger()
                try await group.waitForAll()
            }
        }
    }
}

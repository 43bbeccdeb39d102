import Jobs
import Postgres
import Testing

@Suite struct JobQueueTests {
    private struct Abort: Error {}

    @Test("A job commits with its transaction, or not at all")
    func transactional() async throws {
        try await JobsDatabase.with { database in
            await #expect(throws: Abort.self) {
                try await database.client.withTransaction { connection in
                    try await database.queue.enqueue(TestHandler.jobKind, "x", on: connection)
                    throw Abort()
                }
            }
            let rows = try await database.client.query("SELECT id FROM ai.jobs").rows
            #expect(rows.isEmpty)
        }
    }

    @Test("A job is enqueued only where its condition yields a row")
    func conditional() async throws {
        try await JobsDatabase.with { database in
            try await database.client.query("CREATE TABLE ai.seen (id text PRIMARY KEY, note text)")
            func enqueue(_ id: String) async throws -> JobID? {
                let condition = JobCondition(
                    "event AS (INSERT INTO ai.seen VALUES (\(id), \("it's")) ON CONFLICT DO NOTHING RETURNING 1)",
                    yields: "event")
                return try await database.client.withConnection {
                    try await database.queue.enqueue(TestHandler.jobKind, id, lane: "l", where: condition, on: $0)
                }
            }
            #expect(try await enqueue("a") != nil)
            #expect(try await enqueue("a") == nil)
            #expect(try await enqueue("b") != nil)
            let jobs = try await database.client.query("SELECT payload, lane FROM ai.jobs ORDER BY id").rows
            #expect(jobs.map { $0["payload"] } == ["\"a\"", "\"b\""])
            #expect(jobs.map { $0["lane"] } == ["l", "l"])
        }
    }

    @Test("A waiting job is cancelled at once, once")
    func cancelWaiting() async throws {
        try await JobsDatabase.with { database in
            let id = try await database.enqueue("x")
            #expect(try await database.cancel(id))
            #expect(try await database.state(of: id) == "cancelled")
            #expect(try await !database.cancel(id))
        }
    }
}

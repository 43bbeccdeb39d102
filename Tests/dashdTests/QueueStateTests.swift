import Dash
import Postgres
import SlackBot
import TestSupport
import Testing

@testable import dashd

@Suite(.timeLimit(.minutes(20)))
struct QueueStateTests {
    private func withQueue(_ body: @Sendable (PostgresClient) async throws -> Void) async throws {
        try await PostgresServer.shared.withClient { client in
            try await PostgresServer.createAISchema(client)
            try await Migrator(client: client, logger: PostgresServer.logger).apply(SlackApp.migrations)
            try await body(client)
        }
    }

    @Test("An empty queue has nothing in any state, and the server takes writes")
    func empty() async throws {
        try await withQueue { client in
            let queue = try await QueueState.read(client)
            #expect(queue.jobs.isEmpty)
            #expect(queue.messages.isEmpty)
            #expect(!queue.isReadOnly)
        }
    }

    @Test("Jobs and messages are counted by state, with the age of the oldest; what is finished is not")
    func states() async throws {
        try await withQueue { client in
            for (state, due, lease, created) in [
                ("ready", "- 90", "NULL", "- 100"), ("ready", "- 5", "NULL", "- 5"), ("ready", "+ 600", "NULL", "- 50"),
                ("running", "- 30", "10", "- 30"), ("running", "- 70", "-1", "- 70"),
                ("done", "- 999", "NULL", "- 999"),
            ] {
                let owner = lease == "NULL" ? "NULL" : "gen_random_uuid()"
                try await client.query(
                    PostgresQuery(
                        unescaped: """
                            INSERT INTO ai.jobs (kind, payload, max_attempts, state, owner, run_at, lease_until, created_at)
                            VALUES ('k', '{}', 3, '\(state)', \(owner), clock_timestamp() \(due) * interval '1 s',
                                clock_timestamp() + \(lease) * interval '1 s', clock_timestamp() \(created) * interval '1 s')
                            """))
            }
            for (seq, state, due, isRepeat) in [
                (1, "ready", "- 1", false), (2, "ready", "+ 60", false), (3, "intent", "+ 30", false),
                (4, "posted", "- 1", false), (5, "ready", "- 1", true),
            ] {
                try await client.query(
                    PostgresQuery(
                        unescaped: """
                            INSERT INTO ai.slack_outbox (answer_key, seq, step, team, channel, thread, message, state,
                                is_repeat, run_at, created_at)
                            VALUES ('key', \(seq), 'post', 'T', 'C', '1.1', '{}', '\(state)', \(isRepeat),
                                clock_timestamp() \(due) * interval '1 s', clock_timestamp() - interval '40 s')
                            """))
            }
            let queue = try await QueueState.read(client)
            #expect(queue.jobs.mapValues(\.count) == [.waiting: 2, .scheduled: 1, .running: 1, .abandoned: 1])
            #expect(queue.messages.mapValues(\.count) == [.waiting: 1, .delayed: 1, .intent: 1])
            #expect(queue.jobs[.waiting].map { $0.seconds >= 90 && $0.seconds < 100 } == true)
            #expect(queue.jobs[.abandoned].map { $0.seconds >= 70 } == true)
            #expect(queue.messages.values.allSatisfy { $0.seconds >= 40 })
        }
    }

    @Test("A server that takes no writes says so")
    func readOnly() async throws {
        try await withQueue { client in
            let queue = try await client.withTransaction(begin: "BEGIN READ ONLY") { connection in
                try await connection.query("SELECT current_setting('transaction_read_only') AS it").rows.first?["it"]
            }
            #expect(queue == "on")
            var configuration = client.configuration
            configuration.settings["default_transaction_read_only"] = "on"
            let standby = PostgresClient(
                configuration: configuration, maximumConnections: 1, eventLoop: PostgresServer.eventLoop,
                logger: PostgresServer.logger)
            #expect(try await QueueState.read(standby).isReadOnly)
            await standby.close()
        }
    }
}

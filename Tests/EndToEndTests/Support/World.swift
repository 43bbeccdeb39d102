import HTTP
import Postgres
import ServiceRuntime
import TestSupport

/// A database with the sample company, a recording Slack and an HTTP client: what most of these tests need.
struct World {
    let database: PostgresConfiguration
    let slack: StubSlack
    let http: HTTPClient
    var dashd: Dashd

    static func with(
        loadingSample: Bool = true, adding settings: [String: String] = [:],
        _ body: @Sendable (World) async throws -> Void
    ) async throws {
        try await PostgresServer.shared.withDatabase { database in
            let slack = try StubSlack()
            let http = HTTPClient(logger: PostgresServer.logger)
            let own = [
                "SLACK_TOKEN": "xoxb-test", "SLACK_SIGNING_SECRET": SlackSender.secret, "SLACK_API_URL": slack.baseURL,
            ]
            let world = World(
                database: database, slack: slack, http: http,
                dashd: try Dashd(database: database, adding: own.merging(settings) { _, new in new }))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await http.run() }
                defer { group.cancelAll() }
                if loadingSample {
                    let outcome = try await world.dashd.run("sample", "load", "--as-of", "2026-03-15")
                    guard outcome.isSuccess else { throw DaemonError(description: outcome.errorText) }
                }
                try await body(world)
            }
        }
    }

    /// Runs statements as the administrator, one after the other.
    func administer(_ statements: [String]) async throws {
        let client = PostgresClient(
            configuration: database, maximumConnections: 1, eventLoop: PostgresServer.eventLoop,
            logger: PostgresServer.logger)
        for statement in statements { try await client.query(PostgresQuery(unescaped: statement)) }
        await client.close()
    }

    /// Returns when every accepted question is answered and every message sent, as the database has it.
    func settle(within limit: Duration = .seconds(300)) async throws {
        let unfinished = """
            SELECT (SELECT count(*) FROM ai.jobs WHERE state IN ('ready', 'running'))
                + (SELECT count(*) FROM ai.slack_outbox WHERE state IN ('ready', 'intent'))
            """
        let deadline = ContinuousClock.now + limit
        while try await value(unfinished) != "0" {
            guard ContinuousClock.now < deadline else { throw DaemonError(description: "questions stay unanswered") }
            // What is left is in the database alone.
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// The first cell of a statement run as the administrator.
    func value(_ sql: String) async throws -> String? {
        let client = PostgresClient(
            configuration: database, maximumConnections: 1, eventLoop: PostgresServer.eventLoop,
            logger: PostgresServer.logger)
        let result = try await client.query(PostgresQuery(unescaped: sql))
        await client.close()
        return result.rows.first?.cells.first ?? nil
    }
}

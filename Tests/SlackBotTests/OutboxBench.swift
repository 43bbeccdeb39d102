import HTTP
import Postgres
import ServiceRuntime
import SlackAPI
import SlackBot
import TestSupport

/// Senders of the outbox on a database of their own, without the rest of the surface.
enum OutboxBench {
    static let destination = SlackDestination(team: "T1", channel: "C1", thread: "1700000000.000100")

    static func with(
        _ slack: StubSlack, senders: Int = 1, options adjust: @Sendable (inout OutboxOptions) -> Void = { _ in },
        _ body: @Sendable (Outbox, PostgresClient) async throws -> Void
    ) async throws {
        try await PostgresServer.shared.withClient { postgres in
            try await SlackBench.prepare(postgres)
            try await run(slack, postgres, senders: senders, options: adjust, body)
        }
    }

    /// Senders, as of so many replicas, beside the body, which is given the first one's outbox.
    static func run(
        _ slack: StubSlack, _ postgres: PostgresClient, senders: Int = 1,
        options adjust: (inout OutboxOptions) -> Void = { _ in },
        logger: Logger = Logger(label: "test", minimumLevel: .error, handler: { _, _, _, _ in }),
        _ body: (Outbox, PostgresClient) async throws -> Void
    ) async throws {
        var options = SlackBench.configuration(slack).outbox
        adjust(&options)
        let outboxes = (0..<senders).map { _ in Outbox() }
        let client = try SlackClient(
            token: Secret("xoxb-test"), baseURL: slack.baseURL, http: .init(logger: PostgresServer.logger))
        let senders = outboxes.map { outbox in
            OutboxSender(
                outbox: outbox, client: postgres,
                installations: SingleInstallation(client: client, logger: PostgresServer.logger),
                access: AccessCheck(
                    policy: AccessPolicy(), users: UserDirectory(), channels: ChannelDirectory(logger: logger)),
                options: options, logger: logger)
        }
        let shutdown = GracefulShutdown()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in senders { group.addTask { try await shutdown.run { try await sender.run() } } }
            do {
                try await body(outboxes[0], postgres)
            } catch {
                group.cancelAll()
                throw error
            }
            shutdown.trigger()
            try await group.waitForAll()
        }
    }

    static func publish(
        _ texts: [String], key: String = "k", blocks: Bool = false, to destination: SlackDestination = destination,
        _ outbox: Outbox, _ postgres: PostgresClient
    ) async throws {
        let messages = texts.map {
            SlackMessage(text: SlackText($0), blocks: blocks ? [.section(text: "block \($0)")] : [])
        }
        try await postgres.withTransaction {
            try await outbox.publish(messages, key: key, to: destination, on: $0)
        }
        outbox.wake()
    }

    static func placeholder(
        key: String = "k", to destination: SlackDestination = destination, _ outbox: Outbox, _ postgres: PostgresClient
    ) async throws {
        try await postgres.withConnection {
            try await outbox.placeholder(SlackMessage(text: "…"), key: key, to: destination, on: $0)
        }
        outbox.wake()
    }

    static func untilSent(_ postgres: PostgresClient) async throws {
        while try await !postgres.query(
            "SELECT id FROM ai.slack_outbox WHERE state IN ('ready', 'intent') AND NOT is_repeat"
        ).rows.isEmpty {
            // In production half a minute passes before a post in doubt is looked for.
            try await postgres.query(
                "UPDATE ai.slack_outbox SET run_at = clock_timestamp() WHERE state = 'intent' AND owner IS NULL")
            // Only so that the loop leaves the machine to those it waits for.
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    static func states(_ postgres: PostgresClient) async throws -> [String?] {
        try await postgres.query("SELECT state FROM ai.slack_outbox ORDER BY id").rows.map { $0["state"] }
    }
}

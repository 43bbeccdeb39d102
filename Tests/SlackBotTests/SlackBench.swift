import Dash
import FoundationEssentials
import HTTP
import Jobs
import Postgres
import ServiceRuntime
import SlackAPI
import SlackBot
import TestSupport
import Testing

/// The Slack surface on a database of its own, against a stub of Slack.
final class SlackBench: Sendable {
    static let secret = Secret("8f742231b10e8888abcd99yyyzzz85a5")

    let slack: StubSlack
    let postgres: PostgresClient
    let app: SlackApp
    let router: HTTPRouter

    private init(slack: StubSlack, postgres: PostgresClient, app: SlackApp) {
        self.slack = slack
        self.postgres = postgres
        self.app = app
        var router = HTTPRouter()
        app.install(on: &router)
        self.router = router
    }

    /// Options under which no test waits for long.
    static func configuration(
        _ slack: StubSlack, _ adjust: (inout SlackConfiguration) -> Void = { _ in }
    ) -> SlackConfiguration {
        var configuration = SlackConfiguration(
            token: Secret("xoxb-test"), signingSecret: secret, apiURL: slack.baseURL)
        configuration.worker.pollInterval = .milliseconds(20)
        configuration.worker.retry = Backoff(initial: .milliseconds(1), maximum: .milliseconds(2))
        configuration.outbox.pollInterval = .milliseconds(20)
        configuration.outbox.postInterval = .zero
        configuration.outbox.retry = Backoff(initial: .milliseconds(5), maximum: .milliseconds(20))
        configuration.outbox.callTimeout = .seconds(30)
        // Tests say themselves when a post in doubt is to be looked for.
        configuration.outbox.reconcileAfter = .seconds(3600)
        // Tests of it switch it on.
        configuration.catchUp.ageLimit = .zero
        configuration.questions.progressInterval = .milliseconds(5)
        adjust(&configuration)
        return configuration
    }

    /// Runs the surface's services beside the body, then shuts them down.
    static func with(
        _ answering: any Answering = FakeAnswering(), slack: StubSlack? = nil,
        adjust: @Sendable (inout SlackConfiguration) -> Void = { _ in },
        _ body: @Sendable (SlackBench) async throws -> Void
    ) async throws {
        let slack = try slack ?? StubSlack()
        try await PostgresServer.shared.withClient { postgres in
            try await prepare(postgres)
            try await run(answering, slack, postgres, configuration(slack, adjust), body)
        }
    }

    static func prepare(_ postgres: PostgresClient) async throws {
        try await PostgresServer.createAISchema(postgres)
        try await Migrator(client: postgres, logger: PostgresServer.logger).apply(SlackApp.migrations)
    }

    static func run(
        _ answering: any Answering, _ slack: StubSlack, _ postgres: PostgresClient,
        _ configuration: SlackConfiguration, _ body: (SlackBench) async throws -> Void
    ) async throws {
        let app = try SlackApp(
            configuration: configuration, postgres: postgres, eventLoop: PostgresServer.eventLoop,
            http: HTTPClient(logger: PostgresServer.logger), runner: answering,
            confirmations: ConfirmationStore(client: postgres, logger: PostgresServer.logger),
            logger: Logger(label: "test", minimumLevel: .error))
        let bench = SlackBench(slack: slack, postgres: postgres, app: app)
        let shutdown = GracefulShutdown()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in app.services {
                group.addTask { try await shutdown.run { try await service.run() } }
            }
            do {
                try await body(bench)
            } catch {
                group.cancelAll()
                throw error
            }
            shutdown.trigger()
            try await group.waitForAll()
        }
    }

    /// A signed delivery, as Slack would make it.
    static func request(_ body: String, secret: Secret = secret, at time: Date = .now) -> HTTPRequest {
        let timestamp = "\(Int(time.timeIntervalSince1970))"
        return HTTPRequest(
            method: .post, target: SlackEventsRoute.path,
            headers: [
                "Content-Type": "application/json", SlackSignature.timestampHeader: timestamp,
                SlackSignature.signatureHeader: SlackSignature.sign(
                    body: Array(body.utf8), timestamp: timestamp, secret: secret),
            ], body: Array(body.utf8))
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let route = try #require(router.routes(for: SlackEventsRoute.path)?[.post])
        return try await route.handler(request)
    }

    /// Delivers an event and returns the status.
    @discardableResult
    func deliver(_ event: JSONValue, id: String = UUID().uuidString) async throws -> Int {
        let envelope: JSONValue = [
            "type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": .string(id),
            "authorizations": [["team_id": "T1", "user_id": "UDASH", "is_bot": true]], "event": event,
        ]
        return try await send(Self.request(envelope.encoded())).status
    }

    static func mention(
        _ text: String, ts: String = "1700000000.000100", thread: String? = nil, channel: String = "C1",
        user: String = "U1", type: String = "app_mention"
    ) -> JSONValue {
        var event: [String: JSONValue] = [
            "type": .string(type), "channel": .string(channel), "user": .string(user), "ts": .string(ts), "team": "T1",
            "text": .string("<@UDASH> \(text)"),
        ]
        if type == "message" { event["channel_type"] = "channel" }
        if let thread { event["thread_ts"] = .string(thread) }
        return .object(event)
    }

    static func reply(_ text: String, ts: String, thread: String, user: String = "U1") -> JSONValue {
        [
            "type": "message", "channel_type": "channel", "channel": "C1", "user": .string(user), "ts": .string(ts),
            "thread_ts": .string(thread), "team": "T1", "text": .string(text),
        ]
    }

    func count(_ table: String, where condition: String = "true") async throws -> Int {
        try await postgres.query(
            "SELECT count(*) AS n FROM ai.\(identifier: table) WHERE \(unescaped: condition)"
        ).rows[0].decode("n")
    }

    /// Returns when nothing is left to do.
    func untilQuiet() async throws {
        while true {
            let open =
                try await count("jobs", where: "state IN ('ready', 'running')")
                + count("slack_outbox", where: "state IN ('ready', 'intent') AND NOT is_repeat")
            if open == 0 { return }
            // Only so that the loop leaves the machine to those it waits for.
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}

import BenchmarkSupport
import FoundationEssentials
import Glibc
import HTTP
import Postgres
import ServiceRuntime

/// Replicas on one PostgreSQL, with a Slack and a model that take their time and make no trouble.
struct LoadWorld: Sendable {
    /// Jobs that one replica runs at a time.
    static let workersPerReplica = 8

    let home: BenchmarkHome
    let slack: FakeSlack
    let modelSeconds: Double
    let replicas: [Replica]
    let http: HTTPClient

    static func with<Result>(
        replicas count: Int, modelSeconds: Double, program: String, http: HTTPClient, logger: Logger,
        _ body: (LoadWorld) async throws -> Result
    ) async throws -> Result {
        try await BenchmarkHome.with(settings: ["max_connections": "300"], logger: logger) { home in
            var faults = SlackFaults.none
            faults.ordinary = 0.005...0.015
            let slack = try FakeSlack(faults: faults, seed: 1)
            let model = try ModelService(latency: modelSeconds...modelSeconds, seed: 1)
            defer {
                slack.stop()
                model.stop()
            }
            let replicas = try Self.replicas(count, program, home, slack, model)
            defer { for replica in replicas { replica.stop() } }
            let world = LoadWorld(home: home, slack: slack, modelSeconds: modelSeconds, replicas: replicas, http: http)
            for replica in replicas {
                try replica.start()
                guard await replica.waitUntilHealthy(http) else {
                    throw BenchmarkError(
                        "a replica did not become healthy: \(replica.current?.logText.suffix(2000) ?? "")")
                }
            }
            return try await body(world)
        }
    }

    private static func replicas(
        _ count: Int, _ program: String, _ home: BenchmarkHome, _ slack: FakeSlack, _ model: ModelService
    ) throws -> [Replica] {
        let working = FileManager.default.currentDirectoryPath
        let program = program.hasPrefix("/") ? program : "\(working)/\(program)"
        guard access(program, X_OK) == 0 else {
            throw BenchmarkError(
                "\(program) is no program: swift build -c release --product dashd, or give --dashd PATH")
        }
        for folder in ["logs", "knowledge"] { mkdir("\(home.path)/\(folder)", 0o700) }
        let administrator = home.administrator
        let environment = [
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DB_USER": administrator.user,
            "DB_PASS": administrator.password?.reveal() ?? "", "DB_DATABASE": administrator.database,
            "SLACK_TOKEN": "xoxb-load", "SLACK_SIGNING_SECRET": SlackEvents.secret,
            "SLACK_API_URL": "http://127.0.0.1:\(slack.port)/api/", "DASH_KNOWLEDGE_DIR": home.path + "/knowledge",
            "DASH_LOG_LEVEL": "warning", "DASH_CHANNEL_QUESTIONS_PER_HOUR": "0", "DASH_USER_QUESTIONS_PER_HOUR": "0",
            "DASH_TOKENS_PER_DAY": "0",
        ]
        var random = SeededRandom(seed: UInt64(getpid()), part: 6)
        return try (1...count).map { number in
            try Replica(
                number: number, port: try LoopbackPort.findLasting(&random), databasePort: administrator.port,
                isProxied: false, program: program,
                environment: environment.merging(model.settings(for: "replica\(number)")) { own, _ in own },
                folder: home.path)
        }
    }

    /// A question in a direct message of its own, by somebody of their own.
    func ask(_ number: Int) -> (question: DeliveryRecord.Question, event: SlackEvent) {
        let item = ItemName.of(number)
        let text = "how is \(item) doing"
        let channel = "D\(number)"
        let ts = slack.say(text, by: "U\(number)", in: channel, thread: nil)
        return (
            DeliveryRecord.Question(item: item, channel: channel, ts: ts, thread: ts),
            SlackEvent(
                kind: "message", channel: channel, isDirect: true, user: "U\(number)", text: text, ts: ts,
                id: "EvQ\(number)")
        )
    }

    /// Sends the event to one replica after the other; returns whether it was acknowledged.
    func send(_ event: SlackEvent, number: Int) async throws -> Bool {
        let replica = replicas[number % replicas.count]
        return try await http.send(event.request(to: replica.url("/slack/events"), attempt: 0)).status == 200
    }

    /// Waits for all answers; throws where they do not come.
    func waitForAnswers(_ count: Int, within limit: Duration) async throws {
        let deadline = ContinuousClock.now + limit
        while slack.answered < count {
            guard ContinuousClock.now < deadline else {
                throw BenchmarkError("\(slack.answered) of \(count) questions are answered after \(limit)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// What the oracle says of the questions.
    func verdict(on questions: [DeliveryRecord.Question]) async throws -> DeliveryOracle.Verdict {
        // The last outcome is written after Slack has the message.
        let unfinished: PostgresQuery = """
            SELECT (SELECT count(*) FROM ai.jobs WHERE state IN ('ready', 'running') AND kind = 'slack.question')
                + (SELECT count(*) FROM ai.slack_outbox WHERE state IN ('ready', 'intent'))
            """
        var left = DeliveryRecord.Leftovers()
        for _ in 0..<200 {
            left.unfinishedJobs = try await home.value(unfinished).flatMap { Int($0) } ?? 0
            if left.unfinishedJobs == 0 { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        return DeliveryOracle.verdict(
            on: DeliveryRecord(
                questions: questions, messages: slack.snapshot.messages, order: questions.map(\.key), leftovers: left))
    }
}

import BenchmarkSupport
import FoundationEssentials
import Glibc
import HTTP
import Postgres
import ServiceRuntime

/// Everything that a run starts: PostgreSQL, Slack, a model and replicas of `dashd`, with a proxy between each two of them.
final class ChaosWorld: Sendable {
    struct Options: Sendable {
        var program: String
        var replicas = 3
        var seed: UInt64 = 1
        var faults = SlackFaults.many
        /// Of one call of the model, in seconds.
        var modelLatency = 0.1...0.25
        /// Over the settings of all replicas.
        var settings: [String: String] = [:]
        var serverSettings: [String: String] = [:]
        /// Where the database's files are to be; in the run's own folder otherwise.
        var databaseFolder: String?
    }

    /// What the product's own defaults are ten times of, so that a run with crashes takes minutes.
    static let lease = 3
    static let reconcileAfter = 4

    let options: Options
    let folder: String
    let server: ChaosServer
    let slack: FakeSlack
    /// Between the replicas and Slack.
    let slackProxy: TCPProxy
    let model: ModelService
    let replicas: [Replica]
    let http: HTTPClient
    let logger: Logger

    /// Runs the body in a world of its own. Its logs stay where `keepsLogs` says so of the result, or it throws.
    static func with<Result>(
        _ options: Options, http: HTTPClient, logger: Logger, keepsLogs: (Result) -> Bool,
        _ body: (ChaosWorld) async throws -> Result
    ) async throws -> Result {
        // Another account must be able to pass through: the server does not run as root.
        let folder = "/tmp/dash-chaos-\(getpid())-\(Hex.encode(RandomBytes.generate(3)))"
        for path in [folder, folder + "/logs", folder + "/knowledge"] {
            guard mkdir(path, 0o711) == 0 else { throw SystemError(call: "mkdir \(path)") }
        }
        let server = try await ChaosServer(
            folder: options.databaseFolder ?? folder + "/postgres", settings: options.serverSettings, logger: logger)
        do {
            let world = try await ChaosWorld(options, folder: folder, server: server, http: http, logger: logger)
            do {
                let result = try await body(world)
                await world.end(keepsLogs: keepsLogs(result))
                return result
            } catch {
                await world.end(keepsLogs: !(error is CancellationError))
                throw error
            }
        } catch {
            await server.stop()
            throw error
        }
    }

    private init(
        _ options: Options, folder: String, server: ChaosServer, http: HTTPClient, logger: Logger
    ) async throws {
        self.options = options
        self.folder = folder
        self.server = server
        self.http = http
        self.logger = logger
        slack = try FakeSlack(faults: options.faults, seed: options.seed)
        slackProxy = try TCPProxy(to: slack.port)
        model = try ModelService(latency: options.modelLatency, seed: options.seed)
        try await server.value(
            "CREATE TABLE public.kites (name text PRIMARY KEY, flown integer NOT NULL)",
            "INSERT INTO public.kites SELECT 'kite ' || n, n * 37 % 101 FROM generate_series(1, 200) AS n")
        var random = SeededRandom(seed: options.seed, part: 3)
        let working = FileManager.default.currentDirectoryPath
        let program = options.program.hasPrefix("/") ? options.program : "\(working)/\(options.program)"
        guard access(program, X_OK) == 0 else {
            throw BenchmarkError("\(options.program) is no program: swift build --product dashd, or give --dashd PATH")
        }
        var environment = [
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DB_USER": server.administrator.user,
            "DB_PASS": server.administrator.password?.reveal() ?? "", "DB_DATABASE": server.administrator.database,
            "SLACK_TOKEN": "xoxb-chaos", "SLACK_SIGNING_SECRET": SlackEvents.secret,
            "SLACK_API_URL": "http://127.0.0.1:\(slackProxy.port)/api/", "DASH_KNOWLEDGE_DIR": folder + "/knowledge",
            "DASH_LOG_LEVEL": "info", "DASH_USER_QUESTIONS_PER_HOUR": "0", "DASH_CHANNEL_QUESTIONS_PER_HOUR": "0",
            "DASH_TOKENS_PER_DAY": "0", "DASH_LEASE": "\(Self.lease)",
            "DASH_RECONCILE_AFTER": "\(Self.reconcileAfter)",
            // Innocent questions are hit by many kills here; the rule itself is a scenario of its own.
            "DASH_CRASH_LIMIT": "1000",
        ]
        environment.merge(options.settings) { _, new in new }
        let model = model
        replicas = try (1...options.replicas).map { number in
            try Replica(
                number: number, port: try LoopbackPort.findLasting(&random), databasePort: server.port,
                program: program,
                environment: environment.merging(model.settings(for: "replica\(number)")) { own, _ in own },
                folder: folder)
        }
    }

    private func end(keepsLogs: Bool) async {
        for replica in replicas { replica.stop() }
        for replica in replicas { _ = await replica.current?.end() }
        slackProxy.stop()
        slack.stop()
        model.stop()
        await server.stop()
        if let disk = options.databaseFolder { await SmallDisk.unmount(String(disk.dropLast("/postgres".count))) }
        guard !keepsLogs else {
            try? FileManager.default.removeItem(atPath: folder + "/postgres")
            return
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Starts all replicas at once; throws where one does not become healthy.
    func startAll() async throws {
        for replica in replicas { try replica.start() }
        for replica in replicas {
            guard await replica.waitUntilHealthy(http) else {
                throw BenchmarkError(
                    "replica \(replica.number) did not become healthy: \(replica.current?.logText.suffix(2000) ?? "")")
            }
        }
    }

    // MARK: - The end

    /// Waits until the database holds no work and every acknowledged question is answered; false where that takes longer.
    func drain(_ traffic: Traffic, within limit: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(200))
            guard try await leftovers().isDone else { continue }
            if traffic.questions.allSatisfy({ !$0.isAcknowledged || slack.isAnswered($0.key) }) { return true }
        }
        return false
    }

    func leftovers() async throws -> DeliveryRecord.Leftovers {
        let rows = try await server.rows(
            """
            SELECT (SELECT count(*) FROM ai.jobs WHERE state IN ('ready', 'running') AND kind = 'slack.question')
                    AS unfinished,
                (SELECT count(*) FROM ai.jobs WHERE state = 'failed') AS failed,
                (SELECT count(*) FROM ai.slack_outbox WHERE state = 'intent') AS intent,
                (SELECT count(*) FROM ai.slack_outbox WHERE state = 'ready') AS ready,
                (SELECT count(*) FROM ai.slack_outbox WHERE state = 'gave_up') AS gave_up
            """)
        var left = DeliveryRecord.Leftovers()
        guard let row = rows.first else { return left }
        left.unfinishedJobs = try row.decode("unfinished")
        left.failedJobs = try row.decode("failed")
        left.messagesInIntent = try row.decode("intent")
        left.messagesReady = try row.decode("ready")
        left.messagesGivenUp = try row.decode("gave_up")
        return left
    }

    /// All that the oracle judges.
    func record(_ traffic: Traffic) async throws -> DeliveryRecord {
        let order = try await server.rows(
            """
            SELECT 'slack:' || (payload->>'team') || ':' || (payload->>'channel') || ':' || (payload->>'ts') AS key
            FROM ai.jobs WHERE kind = 'slack.question' ORDER BY id
            """)
        return DeliveryRecord(
            questions: traffic.questions, messages: slack.snapshot.messages,
            order: try order.map { try $0.decode("key") }, leftovers: try await leftovers())
    }
}

extension ChaosWorld {
    /// What was sent and what Slack did, for the report.
    func figures(of traffic: Traffic) -> [String: JSONValue] {
        let questions = traffic.questions
        let state = slack.snapshot
        let calls: [String: JSONValue] = [
            "posts": .count(state.calls["chat.postMessage"] ?? 0), "updates": .count(state.calls["chat.update"] ?? 0),
            "look_ups": .count(state.calls["conversations.replies"] ?? 0), "too_fast": .count(state.tooFast),
            "faults": .counts(state.faults), "longest_processing_s": .figure(state.longestProcessing),
        ]
        return [
            "questions": .count(questions.count), "acknowledged": .count(questions.count(where: \.isAcknowledged)),
            "deliveries": .counts(traffic.statuses), "slack": .object(calls),
        ]
    }
}

extension DeliveryRecord.Leftovers {
    var isDone: Bool { unfinishedJobs == 0 && messagesInIntent == 0 && messagesReady == 0 }
}

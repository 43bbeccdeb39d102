import BenchmarkSupport
import Glibc
import HTTP
import ServiceRuntime

/// Plays scenarios, each in a world of its own, and judges each by the same oracle.
struct ScenarioRun: Sendable {
    private typealias Outcome = (report: JSONValue, isGood: Bool)

    private let options: ChaosOptions
    private let scenarios: [Scenario]

    /// Throws `BenchmarkError` with all names where the given one is unknown.
    init(_ options: ChaosOptions, named name: String) throws {
        self.options = options
        scenarios = Scenario.all.filter { name == "all" || $0.name == name }
        guard !scenarios.isEmpty else {
            throw BenchmarkError("the scenarios are: all, \(Scenario.all.map(\.name).joined(separator: ", "))")
        }
    }

    func report(_ http: HTTPClient, _ logger: Logger) async throws -> (report: JSONValue, isGood: Bool) {
        var reports: [String: JSONValue] = [:]
        var isGood = true
        for scenario in scenarios {
            if let obstacle = await scenario.obstacle(options) {
                reports[scenario.name] = ["skipped": .string(obstacle)]
                Benchmark.complain("\(scenario.name): skipped, \(obstacle)")
                continue
            }
            let outcome: Outcome
            do {
                outcome = try await run(scenario, http, logger)
            } catch let error where !(error is CancellationError) {
                outcome = (["error": .string("\(error)")], false)
            }
            Benchmark.complain("\(scenario.name): \(outcome.isGood ? "good" : "NOT GOOD") \(outcome.report.encoded())")
            reports[scenario.name] = outcome.report
            isGood = isGood && outcome.isGood
        }
        return (["scenarios": .object(reports), "seed": .integer(Int64(options.seed))], isGood)
    }

    private func run(_ scenario: Scenario, _ http: HTTPClient, _ logger: Logger) async throws -> Outcome {
        var world = ChaosWorld.Options(program: options.program)
        world.seed = options.seed
        var traffic = Traffic.Options(seed: options.seed)
        traffic.retryDelays = [0.05, 1, 2, 3, 5, 8, 10, 10, 15, 20].map { .seconds($0) }
        try await scenario.prepare(&world, &traffic, options)
        return try await ChaosWorld.with(
            world, http: http, logger: logger, keepsLogs: { !$0.isGood || options.keepsLogs }
        ) {
            try await play(scenario, $0, traffic)
        }
    }

    private func play(_ scenario: Scenario, _ world: ChaosWorld, _ options: Traffic.Options) async throws -> Outcome {
        let started = ContinuousClock.now
        let traffic = Traffic(options, slack: world.slack, replicas: world.replicas, http: world.http)
        let stage = Stage(world, traffic, self.options)
        if let start = scenario.start { try await start(stage) } else { try await world.startAll() }
        let processes = world.replicas.map { $0.current?.pid }
        var figures: [String: JSONValue] = [:]
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await traffic.run() }
            _ = try await stage.require("people are answered before the trouble", within: 60) {
                world.slack.answered >= 10
            }
            figures = try await scenario.play(stage)
            try await stage.pause(2)
            traffic.stop()
            try await group.waitForAll()
        }
        let isDrained = try await world.drain(traffic, within: .seconds(scenario.drain))
        stage.expect(isDrained, "work is left \(scenario.drain) s after the trouble")
        let verdict = DeliveryOracle.verdict(on: try await world.record(traffic))
        for (replica, pid) in zip(world.replicas, processes) {
            stage.expect(replica.current?.isRunning == true, "replica \(replica.number) is not running")
            stage.expect(
                !scenario.keepsProcesses || replica.current?.pid == pid, "replica \(replica.number) is another process")
        }
        let isGood = verdict.isClean && stage.problems.isEmpty
        var report = verdict.json.object ?? [:]
        report.merge(figures) { _, own in own }
        report.merge(world.figures(of: traffic)) { own, _ in own }
        report["seconds"] = .seconds(started.duration(to: .now))
        report["is_good"] = .bool(isGood)
        if !stage.problems.isEmpty { report["problems"] = .strings(stage.problems) }
        if !isGood || self.options.keepsLogs { report["logs"] = .string(world.folder) }
        return (.object(report), isGood)
    }
}

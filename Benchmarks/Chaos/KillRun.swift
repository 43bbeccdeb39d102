import BenchmarkSupport
import Glibc
import HTTP
import ServiceRuntime

/// The run with kills: three replicas, a Slack that misbehaves, hundreds of questions.
struct KillRun: Sendable {
    private let options: ChaosOptions

    init(_ options: ChaosOptions) {
        self.options = options
    }

    func report(_ http: HTTPClient, _ logger: Logger) async throws -> (report: JSONValue, isGood: Bool) {
        var world = ChaosWorld.Options(program: options.program)
        world.seed = options.seed
        return try await ChaosWorld.with(
            world, http: http, logger: logger, keepsLogs: { !$0.isGood || options.keepsLogs }, run)
    }

    private func run(_ world: ChaosWorld) async throws -> (report: JSONValue, isGood: Bool) {
        let started = ContinuousClock.now
        // The tables are made before the first kill; that ten replicas may do so at once is another scenario.
        try await world.startAll()
        let history = JobHistory(world.server)
        try await history.begin()
        let ledger = KillLedger()
        for replica in world.replicas {
            replica.current?.signal(SIGKILL)
            if let process = replica.current {
                await ledger.note("random", process, of: replica.number, isFailpoint: false)
            }
        }
        let traffic = Traffic(
            Traffic.Options(seed: options.seed), slack: world.slack, replicas: world.replicas, http: world.http)
        let perKill = options.isShort ? 2.2 : 3.0
        let limit = Duration.seconds(Double(options.kills) * perKill)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await traffic.run() }
            group.addTask { try await tellProgress(traffic, ledger, world) }
            try await KillLoop(world, ledger, kills: options.kills, within: limit).run()
            traffic.stop()
            try await group.next()
            group.cancelAll()
        }
        let killing = started.duration(to: .now)
        let isDrained = try await world.drain(traffic, within: .seconds(options.isShort ? 60 : 180))
        let verdict = DeliveryOracle.verdict(on: try await world.record(traffic))
        let recovery = try await history.recovery(from: ledger.kills, replicas: world.replicas)
        var wrong = ledger.wrongEnds
        for replica in world.replicas where replica.current?.isRunning != true {
            wrong.append("replica \(replica.number) is not running: \(replica.current?.log ?? "")")
        }
        let missing = KillLoop.failpoints.filter { ledger.count(of: $0) == 0 }
        if !missing.isEmpty { wrong.append("not met: \(missing.joined(separator: ", "))") }
        if ledger.count < options.kills { wrong.append("only \(ledger.count) of \(options.kills) kills in time") }
        let slack = world.slack.snapshot
        if slack.longestProcessing > Double(ChaosWorld.reconcileAfter) * 2 / 3 {
            // Later than the look-up may come: then a message may rightly be there twice.
            wrong.append("the machine was too busy: Slack took \(slack.longestProcessing) s over a call")
        }
        let isGood = verdict.isClean && isDrained && wrong.isEmpty
        var report = verdict.json.object ?? [:]
        report["kills"] = .count(ledger.count)
        report["kills_by_kind"] = ledger.json
        report["graceful_stops"] = .count(ledger.gracefulStops)
        report["in_intent"] = .count(try await world.leftovers().messagesInIntent)
        report["drained"] = .bool(isDrained)
        report["recovery"] = recovery.summary
        report["seed"] = .integer(Int64(options.seed))
        report["seconds"] = .seconds(started.duration(to: .now))
        report["seconds_of_killing"] = .seconds(killing)
        report.merge(world.figures(of: traffic)) { own, _ in own }
        if !wrong.isEmpty { report["wrong"] = .strings(Array(wrong.prefix(30))) }
        if !isGood || options.keepsLogs { report["logs"] = .string(world.folder) }
        return (.object(report), isGood)
    }

    private func tellProgress(_ traffic: Traffic, _ ledger: KillLedger, _ world: ChaosWorld) async throws {
        while true {
            do { try await Task.sleep(for: .seconds(20)) } catch { return }
            Benchmark.complain(
                "\(ledger.count) kills, \(traffic.questions.count) questions, \(world.slack.answered) answered")
        }
    }
}

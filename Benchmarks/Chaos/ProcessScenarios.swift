import BenchmarkSupport
import Glibc
import Postgres
import ServiceRuntime

/// What becomes of the daemon's own processes: poison, signals, recovery.
let processScenarios = [
    Scenario(
        name: "recovery", keepsProcesses: false,
        prepare: { world, traffic, _ in
            world.faults = .none
            // About one question runs in each process: those that were hit together take turns alone afterwards.
            world.modelLatency = 0.6...0.9
            (traffic.talkers, traffic.maximumOpen, traffic.gap) = (5, 5, 0...0.3)
        },
        play: { stage in
            let world = stage.world
            let history = JobHistory(world.server)
            try await history.begin()
            let ledger = KillLedger()
            for number in 0..<40 {
                let replica = world.replicas[number % world.replicas.count]
                try await stage.pause(0.4)
                guard let process = replica.current else { continue }
                process.signal(SIGKILL)
                await ledger.note("random", process, of: replica.number, isFailpoint: false)
                try replica.start()
                await replica.waitUntilHealthy(world.http)
            }
            try await stage.pause(6)
            let recovery = try await history.recovery(from: ledger.kills, replicas: world.replicas)
            for wrong in ledger.wrongEnds { stage.expect(false, wrong) }
            stage.expect(recovery.count > 0, "no kill hit a question")
            let longest = recovery.percentile(0.99) ?? .zero
            stage.expect(
                longest <= .seconds(ChaosWorld.lease + 2), "recovery took \(longest), more than lease and poll")
            return ["kills": .count(ledger.count), "recovery": recovery.summary]
        }),
    Scenario(
        name: "poison", keepsProcesses: false,
        prepare: { world, traffic, _ in
            // The product's own limit.
            world.settings["DASH_CRASH_LIMIT"] = ""
            world.faults = .none
            traffic.poison = 60
        },
        play: { stage in
            let world = stage.world
            let kills = Locked(0)
            let poison = ItemName.of(60)
            world.model.onCall { caller, item in
                guard item == poison,
                    let replica = world.replicas.first(where: { "replica\($0.number)" == caller })
                else { return }
                if replica.current?.signal(SIGKILL) == true { kills.withLock { $0 += 1 } }
            }
            let gaveUp = try await withThrowingTaskGroup(of: Void.self) { group in
                for replica in world.replicas {
                    group.addTask {
                        while !Task.isCancelled {
                            if replica.current?.isRunning == false { try replica.start() }
                            try await Task.sleep(for: .milliseconds(20))
                        }
                    }
                }
                defer { group.cancelAll() }
                return try await stage.require("the poison question is given up", within: 90) {
                    stage.traffic.questions.first { $0.item == poison }.map { world.slack.isAnswered($0.key) } ?? false
                }
            }
            for replica in world.replicas { await replica.waitUntilHealthy(world.http) }
            let count = kills.withLock { $0 }
            // One crash in company may be nobody's fault and is not counted.
            stage.expect((3...4).contains(count), "the poison question killed \(count) processes, not 3")
            let failed = try await world.leftovers().failedJobs
            stage.expect(failed == 1, "\(failed) jobs have failed, not 1")
            return ["crashes": .count(count), "given_up_after_s": gaveUp]
        }),
    Scenario(
        name: "rolling-restart", keepsProcesses: false,
        prepare: { world, _, _ in world.faults = .none },
        play: { stage in
            var times = Latencies()
            for _ in 0..<2 {
                for replica in stage.world.replicas {
                    times.add(try await stage.stopGracefully(replica))
                    try replica.start()
                    let isHealthy = await replica.waitUntilHealthy(stage.world.http)
                    stage.expect(isHealthy, "replica \(replica.number) did not come back")
                    try await stage.pause(1)
                }
            }
            let repeated = try await stage.world.server.value("SELECT count(*) FROM ai.jobs WHERE attempt > 1")
            stage.expect(repeated == "0", "\(repeated ?? "?") jobs have a counted attempt more")
            return ["stops": times.summary, "answers_after_s": try await stage.requireAnswers()]
        }),
    Scenario(
        name: "second-signal", keepsProcesses: false,
        prepare: { world, _, _ in
            // Somebody is always being answered when the signal comes.
            world.modelLatency = 2.5...3
            world.faults = .none
        },
        play: { stage in
            var times = Latencies()
            for replica in stage.world.replicas {
                guard let process = replica.current else { continue }
                process.signal(SIGTERM)
                try await stage.pause(0.3)
                stage.expect(process.isRunning, "replica \(replica.number) ended at the first signal, with work to do")
                let start = ContinuousClock.now
                process.signal(SIGTERM)
                let ending = await process.end(within: .seconds(5))
                times.add(start.duration(to: .now))
                stage.expect(
                    ending == .exited(128 + SIGTERM), "after a second signal: \(ending.map { "\($0)" } ?? "running")")
                try replica.start()
                await replica.waitUntilHealthy(stage.world.http)
            }
            stage.expect(
                (times.percentile(1) ?? .seconds(9)) < .seconds(1), "the second signal took a second or more")
            return ["second_signal": times.summary]
        }),
]

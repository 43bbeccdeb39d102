import BenchmarkSupport
import FoundationEssentials
import Glibc
import Postgres
import ServiceRuntime

/// Replicas that start together, run different versions or have different clocks.
let deployScenarios = [
    Scenario(
        name: "ten-replicas",
        prepare: { world, traffic, _ in
            world.replicas = 10
            world.serverSettings["max_connections"] = "500"
            traffic.maximumOpen = 60
        },
        start: { stage in
            let start = ContinuousClock.now
            for replica in stage.world.replicas { try replica.start() }
            for replica in stage.world.replicas {
                let isHealthy = await replica.waitUntilHealthy(stage.world.http, within: .seconds(120))
                stage.expect(
                    isHealthy,
                    "replica \(replica.number) did not start: \(replica.current?.logText.suffix(500) ?? "")")
            }
            Benchmark.complain("ten replicas are healthy after \(start.duration(to: .now))")
        },
        play: { stage in
            try await stage.pause(10)
            let migrations = try await stage.world.server.value("SELECT count(*) FROM ai.migrations")
            return ["migrations": .string(migrations ?? "")]
        }),
    Scenario(
        name: "rolling-deploy", keepsProcesses: false, drain: 180,
        obstacle: { options in
            options.oldProgram == nil ? "it needs --old-program, a build of the version before" : nil
        },
        prepare: { world, _, _ in world.faults = .none },
        start: { stage in
            let old = try oldProgram(stage.options)
            for replica in stage.world.replicas { try replica.start(other: old, changing: withoutNewSettings) }
            for replica in stage.world.replicas {
                let isHealthy = await replica.waitUntilHealthy(stage.world.http)
                stage.expect(
                    isHealthy, "the old version did not start: \(replica.current?.logText.suffix(500) ?? "")")
            }
        },
        play: { stage in
            let old = try oldProgram(stage.options)
            let replicas = stage.world.replicas
            let count: @Sendable () async throws -> String? = {
                try await stage.world.server.value("SELECT count(*) FROM ai.migrations")
            }
            let before = try await count()
            // Forward, and back again as after a deploy that is taken back, and forward for good.
            for replica in replicas {
                _ = try await stage.stopGracefully(replica)
                try replica.start()
                let isHealthy = await replica.waitUntilHealthy(stage.world.http)
                stage.expect(isHealthy, "the new version did not start on replica \(replica.number)")
                try await stage.pause(3)
            }
            let after = try await count()
            _ = try await stage.stopGracefully(replicas[0])
            try replicas[0].start(other: old, changing: withoutNewSettings)
            let isBack = await replicas[0].waitUntilHealthy(stage.world.http)
            stage.expect(isBack, "the old version does not start any more")
            try await stage.pause(4)
            _ = try await stage.stopGracefully(replicas[0])
            try replicas[0].start()
            await replicas[0].waitUntilHealthy(stage.world.http)
            return ["migrations_before": .string(before ?? ""), "migrations_after": .string(after ?? "")]
        }),
    Scenario(
        name: "clock-skew", keepsProcesses: false,
        obstacle: { _ in access(faketime, X_OK) == 0 ? nil : "it needs \(faketime): apt-get install faketime" },
        prepare: { world, _, _ in world.faults = .none },
        start: { stage in
            for (replica, skew) in zip(stage.world.replicas, ["+3600s", "-3600s", nil]) {
                try replica.start(wrapper: skew.map { [faketime, "--exclude-monotonic", "-f", $0] } ?? [])
            }
            for replica in stage.world.replicas {
                let isHealthy = await replica.waitUntilHealthy(stage.world.http)
                stage.expect(
                    isHealthy, "replica \(replica.number) did not start: \(replica.current?.logText.suffix(500) ?? "")")
            }
        },
        play: { stage in
            // Nobody takes what is running because of its own clock, and whoever dies is followed in time.
            let history = JobHistory(stage.world.server)
            try await history.begin()
            let ledger = KillLedger()
            let replica = stage.world.replicas[2]
            for _ in 0..<8 {
                try await stage.pause(1.5)
                guard let process = replica.current else { continue }
                process.signal(SIGKILL)
                await ledger.note("random", process, of: replica.number, isFailpoint: false)
                try replica.start()
                await replica.waitUntilHealthy(stage.world.http)
            }
            try await stage.pause(6)
            let recovery = try await history.recovery(from: ledger.kills, replicas: stage.world.replicas)
            return ["kills": .count(ledger.count), "recovery": recovery.summary]
        }),
]

private let faketime = "/usr/bin/faketime"

/// What a version before this one does not know.
private let withoutNewSettings: [String: String?] = [
    "DASH_LEASE": nil, "DASH_RECONCILE_AFTER": nil, "DASH_CRASH_LIMIT": nil,
]

private func oldProgram(_ options: ChaosOptions) throws -> String {
    guard let path = options.oldProgram else { throw BenchmarkError("--old-program is missing") }
    return path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
}

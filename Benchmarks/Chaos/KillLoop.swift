import BenchmarkSupport
import Glibc
import ServiceRuntime

/// Kills replicas without end: each gets one fate after the other, and is started again at once.
final class KillLoop: Sendable {
    /// Where the way of a question can be cut, and where a shutdown can.
    static let failpoints = [
        "intake.before-commit", "intake.after-commit", "claim.after", "model.stream", "outbox.after-intent",
        "outbox.after-request", "outbox.after-response", "outbox.after-record", "outbox.between-parts", drain,
    ]
    private static let drain = "drain"

    private enum Fate: Sendable {
        /// SIGKILL at a random time after it is healthy, or while it starts.
        case random(isStarting: Bool)
        case failpoint(String, passage: Int)
        /// SIGTERM, and it must end with 0.
        case graceful
    }

    private let world: ChaosWorld
    private let ledger: KillLedger
    private let kills: Int
    private let deadline: ContinuousClock.Instant
    private let random: Locked<SeededRandom>
    private let armed = Locked<[String: Int]>([:])
    private let silent: Set<String>

    /// - Parameter silent: failpoints that this version of the program does not have.
    init(_ world: ChaosWorld, _ ledger: KillLedger, kills: Int, within limit: Duration, silent: Set<String> = []) {
        self.world = world
        self.ledger = ledger
        self.kills = kills
        self.silent = silent
        deadline = .now + limit
        random = Locked(SeededRandom(seed: world.options.seed, part: 5))
    }

    /// Returns when there were enough kills, of each kind one, with all replicas running and healthy.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for replica in world.replicas { group.addTask { try await self.run(replica) } }
            try await group.waitForAll()
        }
    }

    private var isOver: Bool {
        if ContinuousClock.now >= deadline { return true }
        return ledger.count >= kills && Self.failpoints.allSatisfy { silent.contains($0) || ledger.count(of: $0) > 0 }
    }

    private func run(_ replica: Replica) async throws {
        while !isOver {
            try Task.checkCancellation()
            try await meet(fate(), replica)
        }
        try replica.start()
        guard await replica.waitUntilHealthy(world.http) else {
            throw BenchmarkError(
                "replica \(replica.number) did not come back: \(replica.current?.logText.suffix(2000) ?? "")")
        }
    }

    private func fate() -> Fate {
        let met = Self.failpoints.filter { !silent.contains($0) }.map { ($0, ledger.count(of: $0)) }
        return random.withLock { random in
            let share = Double.random(in: 0..<1, using: &random)
            if share < 0.05 { return .graceful }
            guard share < 0.65 else { return .random(isStarting: random.chance(0.2)) }
            // The one that was met least, counting those that are waiting to be met.
            let name = armed.withLock { armed in
                let least = met.shuffled(using: &random).min {
                    $0.1 + armed[$0.0, default: 0] < $1.1 + armed[$1.0, default: 0]
                }
                let name = least?.0 ?? Self.drain
                armed[name, default: 0] += 1
                return name
            }
            return .failpoint(name, passage: name == Self.drain ? 1 : random.integer(1...3))
        }
    }

    private func meet(_ fate: Fate, _ replica: Replica) async throws {
        switch fate {
        case .random(let isStarting):
            let process = try replica.start()
            if isStarting {
                try await sleep(0.02...0.8)
            } else {
                _ = await replica.waitUntilHealthy(world.http)
                try await sleep(0.2...2.5)
            }
            process.signal(SIGKILL)
            await ledger.note(isStarting ? "while starting" : "random", process, of: replica.number, isFailpoint: false)
        case .failpoint(let name, let passage):
            defer { armed.withLock { $0[name, default: 1] -= 1 } }
            let process = try replica.start(failpoint: "\(name):\(passage)")
            if name == Self.drain {
                _ = await replica.waitUntilHealthy(world.http)
                try await sleep(0.2...2)
                process.signal(SIGTERM)
            }
            if try await process.ended(within: .seconds(15)) {
                await ledger.note(name, process, of: replica.number, isFailpoint: true)
            } else {
                // Not met: killed all the same, as any other time.
                process.signal(SIGKILL)
                await ledger.note("random", process, of: replica.number, isFailpoint: false)
            }
        case .graceful:
            let process = try replica.start()
            _ = await replica.waitUntilHealthy(world.http)
            try await sleep(0.2...2)
            process.signal(SIGTERM)
            guard try await process.ended(within: .seconds(40)) else {
                process.signal(SIGKILL)
                return ledger.wrong("replica \(replica.number) did not end within 40 s of SIGTERM: \(process.log)")
            }
            if process.ending == .exited(0) {
                ledger.noteGracefulStop()
            } else {
                ledger.wrong(
                    "replica \(replica.number) ended with \(await process.end()) after SIGTERM: \(process.log)")
            }
        }
    }

    private func sleep(_ range: ClosedRange<Double>) async throws {
        try await Task.sleep(for: random.withLock { $0.duration(range) })
    }
}

extension ReplicaProcess {
    /// Throws where the task is cancelled.
    func ended(within limit: Duration) async throws -> Bool {
        let ending = await end(within: limit)
        try Task.checkCancellation()
        return ending != nil
    }
}

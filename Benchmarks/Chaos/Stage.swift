import BenchmarkSupport
import FoundationEssentials
import Glibc
import HTTP
import Postgres
import ServiceRuntime

/// What a scenario acts on while people ask.
final class Stage: Sendable {
    let world: ChaosWorld
    let traffic: Traffic
    let options: ChaosOptions
    private let found = Locked<[String]>([])

    init(_ world: ChaosWorld, _ traffic: Traffic, _ options: ChaosOptions) {
        self.world = world
        self.traffic = traffic
        self.options = options
    }

    var problems: [String] { found.withLock { $0 } }

    func expect(_ isTrue: Bool, _ otherwise: @autoclosure () -> String) {
        guard !isTrue else { return }
        let text = otherwise()
        found.withLock { $0.append(text) }
    }

    func pause(_ seconds: Double) async throws { try await Task.sleep(for: .seconds(seconds)) }

    /// Waits until the condition holds; returns the seconds that took, nil where it did not come to hold in time.
    func time(
        within limit: Double, until condition: @Sendable () async throws -> Bool
    ) async throws -> Double? {
        let start = ContinuousClock.now
        while start.duration(to: .now) < .seconds(limit) {
            if try await condition() { return start.duration(to: .now) / .seconds(1) }
            try await Task.sleep(for: .milliseconds(50))
        }
        return nil
    }

    /// As above; that it does not come to hold is a problem.
    func require(
        _ what: String, within limit: Double, until condition: @Sendable () async throws -> Bool
    ) async throws -> JSONValue {
        guard let seconds = try await time(within: limit, until: condition) else {
            expect(false, "\(what): not within \(limit) s")
            return .null
        }
        return .figure(seconds)
    }

    func requireHealthy(within limit: Double = 60) async throws -> JSONValue {
        try await require("all replicas are healthy", within: limit) { [world] in
            for replica in world.replicas where await replica.health(world.http)?.status != 200 { return false }
            return true
        }
    }

    /// Every replica says on `/health` that it cannot work, and why, and is alive all the same.
    func requireUnhealthy(within limit: Double = 15) async throws -> JSONValue {
        try await require("all replicas say 503 on /health, with a cause, and 200 on /live", within: limit) { [world] in
            for replica in world.replicas {
                guard let health = await replica.health(world.http), health.status == 503, !health.cause.isEmpty else {
                    return false
                }
                let live = try? await world.http.send(
                    HTTPRequest(method: .get, target: replica.url("/live")), timeout: .seconds(5))
                guard live?.status == 200 else { return false }
            }
            return true
        }
    }

    /// A question that is asked from now on is answered.
    func requireAnswers(within limit: Double = 60) async throws -> JSONValue {
        let before = world.slack.answered
        return try await require("questions are answered again", within: limit) { [world] in
            world.slack.answered > before + 3
        }
    }

    /// Stops a replica with SIGTERM; it must end with 0 within its grace. Returns how long that took.
    func stopGracefully(_ replica: Replica) async throws -> Duration {
        guard let process = replica.current else { return .zero }
        let start = ContinuousClock.now
        process.signal(SIGTERM)
        let hasEnded = try await process.ended(within: .seconds(35))
        expect(hasEnded, "replica \(replica.number) did not end within 35 s of SIGTERM")
        if !hasEnded { process.signal(SIGKILL) }
        let ending = await process.end()
        expect(!hasEnded || ending == .exited(0), "replica \(replica.number) ended with \(ending) after SIGTERM")
        return start.duration(to: .now)
    }
}

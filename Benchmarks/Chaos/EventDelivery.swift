import BenchmarkSupport
import HTTP
import ServiceRuntime

/// Slack's deliveries behind a load balancer: to a random replica, on to the next where nobody listens, and again later
/// where no 200 came.
final class EventDelivery: Sendable {
    private let replicas: [Replica]
    private let http: HTTPClient
    private let delays: [Duration]
    private let random: Locked<SeededRandom>
    private let outcomes = Locked<[String: Int]>([:])

    init(replicas: [Replica], http: HTTPClient, delays: [Duration], seed: UInt64) {
        self.replicas = replicas
        self.http = http
        self.delays = delays
        random = Locked(SeededRandom(seed: seed, part: 4))
    }

    /// How often an attempt was answered with what.
    var statuses: [String: Int] { outcomes.withLock { $0 } }

    /// Returns whether a 200 came in the end; throws only where the task is cancelled.
    func deliver(_ event: SlackEvent) async throws -> Bool {
        try await Task.sleep(for: event.delay)
        for attempt in 0...delays.count {
            if attempt > 0 { try await Task.sleep(for: delays[attempt - 1]) }
            let status = await status(of: event, attempt)
            outcomes.withLock { $0[status, default: 0] += 1 }
            if status == "200" { return true }
            try Task.checkCancellation()
        }
        return false
    }

    private func status(of event: SlackEvent, _ attempt: Int) async -> String {
        let first = random.withLock { $0.integer(0...replicas.count - 1) }
        for offset in replicas.indices {
            let replica = replicas[(first + offset) % replicas.count]
            do {
                // Slack waits no longer.
                let response = try await http.send(
                    event.request(to: replica.url("/slack/events"), attempt: attempt), timeout: .seconds(3))
                return "\(response.status)"
            } catch let error as HTTPError where error.code == .connectionFailed {
                continue
            } catch let error as HTTPError where error.code == .timeout {
                return "timeout"
            } catch {
                return "broken"
            }
        }
        return "nobody"
    }
}

import BenchmarkSupport
import HTTP
import ServiceRuntime

/// Sends events and times their acknowledgement.
struct EventLoad: Sendable {
    private static let question = "What's our current MRR?"

    private let events: SlackEvents
    private let http: HTTPClient

    init(_ events: SlackEvents, _ http: HTTPClient) {
        self.events = events
        self.http = http
    }

    /// One event per interval whatever becomes of the earlier ones; times count from when an event was due.
    func paced(from first: Int, count: Int, perSecond rate: Int) async throws -> Latencies {
        let start = ContinuousClock.now + .milliseconds(100)
        return try await withThrowingTaskGroup(of: Duration.self) { group in
            for number in 0..<count {
                let due = start + .seconds(Double(number) / Double(rate))
                group.addTask {
                    try await Task.sleep(until: due, tolerance: .zero)
                    try await send(first + number)
                    return due.duration(to: .now)
                }
            }
            var latencies = Latencies()
            for try await latency in group { latencies.add(latency) }
            return latencies
        }
    }

    /// Each connection sends its next event when the last is acknowledged; the report has the daemon's processor time.
    func asFastAsPossible(
        from first: Int, count: Int, connections: Int, of server: DashdServer
    ) async throws -> JSONValue {
        let next = Locked(first)
        let latencies = Locked(Latencies())
        let used = ProcessFigures.processorTime(of: server.process)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<connections {
                group.addTask {
                    while true {
                        let number = next.withLock { next in
                            defer { next += 1 }
                            return next
                        }
                        guard number < first + count else { return }
                        let sent = ContinuousClock.now
                        try await send(number)
                        latencies.withLock { $0.add(sent.duration(to: .now)) }
                    }
                }
            }
            try await group.waitForAll()
        }
        let elapsed = start.duration(to: .now)
        let processor = ProcessFigures.processorTime(of: server.process) - used
        return [
            "connections": .integer(Int64(connections)), "latency": latencies.withLock(\.summary),
            "per_second": .number((Double(count) / (elapsed / .seconds(1))).rounded()),
            "dashd_processor_ms_per_event": .number((processor / .microseconds(1) / Double(count)).rounded() / 1000),
        ]
    }

    private func send(_ number: Int) async throws {
        let response = try await http.send(events.request(Self.question, number: number))
        guard response.status == 200 else { throw BenchmarkError("an event was answered with \(response.status)") }
    }
}

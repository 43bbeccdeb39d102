import BenchmarkSupport
import ServiceRuntime

/// Events at a fixed rate, whatever becomes of the earlier ones; one in a hundred is for Dash.
struct EventStream: Sendable {
    private static let senders = 64
    private static let questionEvery = 100
    private static let settled = 10

    private let world: LoadWorld
    private let rate: Int
    private let seconds: Int

    init(_ world: LoadWorld, perSecond rate: Int, seconds: Int) {
        self.world = world
        self.rate = rate
        self.seconds = seconds
    }

    private struct Sent: Sendable {
        var latencies = Latencies()
        var refused = 0
        var questions: [DeliveryRecord.Question] = []

        mutating func add(_ other: Sent) {
            latencies.add(other.latencies)
            refused += other.refused
            questions += other.questions
        }
    }

    func report() async throws -> (report: JSONValue, isGood: Bool) {
        let start = ContinuousClock.now + .milliseconds(200)
        let total = rate * seconds
        var early: [Double] = []
        let sent = try await withThrowingTaskGroup(of: Sent.self) { group in
            for sender in 0..<Self.senders {
                group.addTask { try await send(from: sender, total: total, start) }
            }
            try await Task.sleep(until: start + .seconds(min(Self.settled, seconds)))
            early = try memory()
            var all = Sent()
            for try await part in group { all.add(part) }
            return all
        }
        let late = try memory()
        let elapsed = start.duration(to: .now)
        try await world.waitForAnswers(sent.questions.count, within: .seconds(120))
        let verdict = try await world.verdict(on: sent.questions)
        let growth = zip(early, late).map { $1 - $0 }.max() ?? 0
        let slowest = sent.latencies.percentile(0.99) ?? .zero
        return (
            [
                "per_second": .count(rate), "seconds": .seconds(elapsed), "events": .count(total),
                "for_dash": .count(sent.questions.count), "refused": .count(sent.refused),
                "acknowledgement": sent.latencies.summary, "rss_mb_after_10_s": .array(early.map(JSONValue.figure)),
                "rss_mb_at_end": .array(late.map(JSONValue.figure)), "oracle": verdict.json,
            ],
            verdict.isClean && sent.refused == 0 && slowest < .milliseconds(100) && growth < 10
        )
    }

    /// Every so many-th event, each when it is due; times count from then.
    private func send(
        from first: Int, total: Int, _ start: ContinuousClock.Instant
    ) async throws -> Sent {
        var sent = Sent()
        for number in stride(from: first, to: total, by: Self.senders) {
            let due = start + .seconds(Double(number) / Double(rate))
            try await Task.sleep(until: due, tolerance: .zero)
            let event: SlackEvent
            if number % Self.questionEvery == 0 {
                let (question, asked) = world.ask(number / Self.questionEvery)
                sent.questions.append(question)
                event = asked
            } else {
                event = SlackEvent(
                    kind: "message", channel: "C\(number % 200)", isDirect: false, user: "U\(number % 1000)",
                    text: "people talk to each other, and none of it is for anybody else",
                    ts: "1800000000.\(String(1_000_000 + number % 1_000_000).dropFirst())", id: "EvN\(number)")
            }
            if try await !world.send(event, number: number) { sent.refused += 1 }
            sent.latencies.add(due.duration(to: .now))
        }
        return sent
    }

    private func memory() throws -> [Double] {
        try world.replicas.compactMap(\.current?.pid).map { try ProcessFigures.memory(of: $0)["rss_mb"]?.double ?? 0 }
    }
}

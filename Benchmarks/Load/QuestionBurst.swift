import BenchmarkSupport
import ServiceRuntime

/// Many questions at once, each by somebody else in a channel of its own.
///
/// What the workers could do at best is questions in full rounds: each worker holds one for as long as the model takes,
/// and the last round may leave some of them idle.
struct QuestionBurst: Sendable {
    private static let warmUp = 20
    private let world: LoadWorld
    private let count: Int
    private let rounds: Int

    init(_ world: LoadWorld, questions count: Int, rounds: Int) {
        self.world = world
        self.count = count
        self.rounds = rounds
    }

    func report() async throws -> (report: JSONValue, isGood: Bool) {
        var questions: [DeliveryRecord.Question] = []
        _ = try await burst(Self.warmUp, into: &questions)
        let workers = LoadWorld.workersPerReplica * world.replicas.count
        let ideal = Double((count + workers - 1) / workers) * world.modelSeconds
        var times: [Double] = []
        var acknowledgements = Latencies()
        let before = processorTime()
        for _ in 0..<rounds {
            let (seconds, latencies) = try await burst(count, into: &questions)
            times.append(seconds)
            acknowledgements.add(latencies)
        }
        let processor = (processorTime() - before) / .milliseconds(1) / Double(count * rounds)
        let verdict = try await world.verdict(on: questions)
        let median = times.sorted()[times.count / 2]
        let share = ideal / median
        let slowest = acknowledgements.percentile(0.99) ?? .zero
        return (
            [
                "questions": .count(count), "workers": .count(workers), "ideal_s": .figure(ideal),
                "seconds": .array(times.map(JSONValue.figure)), "share_of_ideal": .figure(share),
                "per_second": .figure(Double(count) / median), "acknowledgement": acknowledgements.summary,
                "dashd_processor_ms_per_question": .figure(processor), "oracle": verdict.json,
            ], verdict.isClean && slowest < .milliseconds(100) && share >= 0.85
        )
    }

    /// Returns the time from the first event to the last answer in Slack.
    private func burst(
        _ count: Int, into questions: inout [DeliveryRecord.Question]
    ) async throws -> (Double, Latencies) {
        let first = questions.count
        let asked = (first..<first + count).map { world.ask($0) }
        questions += asked.map(\.question)
        let start = ContinuousClock.now
        let latencies = try await withThrowingTaskGroup(of: Duration.self) { group in
            for (offset, (_, event)) in asked.enumerated() {
                group.addTask {
                    let sent = ContinuousClock.now
                    guard try await world.send(event, number: offset) else {
                        throw BenchmarkError("an event was refused")
                    }
                    return sent.duration(to: .now)
                }
            }
            var latencies = Latencies()
            for try await latency in group { latencies.add(latency) }
            return latencies
        }
        try await world.waitForAnswers(first + count, within: .seconds(120))
        return (start.duration(to: .now) / .seconds(1), latencies)
    }

    private func processorTime() -> Duration {
        world.replicas.compactMap(\.current?.pid).map(ProcessFigures.processorTime).reduce(.zero, +)
    }
}

import BenchmarkSupport
import ServiceRuntime

/// Times the way from a Slack event to the final message in Slack, with the built-in model, the sample company and its
/// knowledge; one question after the other.
@main
struct AnswerBenchmark {
    static func main() async {
        await Benchmark.main("answer") { world in
            let options = try BenchmarkOptions(
                Array(CommandLine.arguments.dropFirst()), defaults: ["questions": "120", "warm-up": "12"])
            let count = try options.integer("questions", in: 1...10_000)
            let warmUp = try options.integer("warm-up", in: 0...1000)
            let dashd = try DashdProgram(options.dashd, home: world.home, slack: world.slack)
            try await dashd.run("sample", "load")
            try await dashd.run("knowledge", "load")
            return try await dashd.serving(world.http) { server in
                let load = QuestionLoad(to: server, http: world.http, slack: world.slack)
                var all = Latencies()
                var each: [String: Latencies] = [:]
                var headlines: [String: JSONValue] = [:]
                let before = (ProcessFigures.processorTime(of: server.process), ContinuousClock.now)
                for number in 0..<(warmUp + count) {
                    let (time, answer) = try await load.ask(number)
                    headlines[QuestionLoad.text(number)] = .string(
                        answer.split(separator: "\n").first.map(String.init) ?? "")
                    guard number >= warmUp else { continue }
                    all.add(time)
                    each[QuestionLoad.text(number), default: Latencies()].add(time)
                }
                let processor = ProcessFigures.processorTime(of: server.process) - before.0
                return [
                    "latency": all.summary, "by_question": .object(each.mapValues(\.summary)),
                    "answers": .object(headlines),
                    "dashd_processor_ms_per_question": .number(
                        (processor / .milliseconds(1) / Double(warmUp + count) * 10).rounded() / 10),
                ]
            }
        }
    }
}

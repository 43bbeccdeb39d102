import BenchmarkSupport
import HTTP
import ServiceRuntime

/// Loads one, two and four replicas on one PostgreSQL: many questions at once with a model that takes its time, and many
/// events a second of which few are for Dash.
@main
struct LoadBenchmark {
    static func main() async {
        await Benchmark.bare("load") { http, logger in
            let options = try BenchmarkOptions(
                Array(CommandLine.arguments.dropFirst()),
                defaults: [
                    "questions": "100", "model-ms": "500", "rate": "1000", "seconds": "60", "replicas": "0",
                    "rounds": "3",
                ])
            let chosen = try options.integer("replicas", in: 0...16)
            var reports: [String: JSONValue] = [:]
            var isGood = true
            for count in chosen == 0 ? [1, 2, 4] : [chosen] {
                let burst = try await LoadWorld.with(
                    replicas: count, modelSeconds: Double(try options.integer("model-ms", in: 1...60_000)) / 1000,
                    program: options.dashd, http: http, logger: logger
                ) { world in
                    try await QuestionBurst(
                        world, questions: try options.integer("questions", in: 1...5000),
                        rounds: try options.integer("rounds", in: 1...100)
                    ).report()
                }
                let stream = try await LoadWorld.with(
                    replicas: count, modelSeconds: 0.1, program: options.dashd, http: http, logger: logger
                ) { world in
                    try await EventStream(
                        world, perSecond: try options.integer("rate", in: 1...20_000),
                        seconds: try options.integer("seconds", in: 1...3600)
                    ).report()
                }
                isGood = isGood && burst.isGood && stream.isGood
                let report: JSONValue = ["questions_at_once": burst.report, "events": stream.report]
                reports["\(count)_replicas"] = report
                Benchmark.complain("\(count) replicas: \(report.encoded())")
            }
            return (.object(reports), isGood)
        }
    }
}

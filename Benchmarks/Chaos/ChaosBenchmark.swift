import BenchmarkSupport
import HTTP
import ServiceRuntime

/// Kills replicas of `dashd` at random and at every failpoint while people ask, and judges by what stands in Slack whether
/// a question was lost, an answer doubled or a thread disordered.
@main
struct ChaosBenchmark {
    static func main() async {
        await Benchmark.bare("chaos") { http, logger in
            let options = try ChaosOptions(Array(CommandLine.arguments.dropFirst()))
            guard let scenario = options.scenario else { return try await KillRun(options).report(http, logger) }
            return try await ScenarioRun(options, named: scenario).report(http, logger)
        }
    }
}

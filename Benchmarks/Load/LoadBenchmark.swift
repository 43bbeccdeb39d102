import BenchmarkSupport
import ServiceRuntime

/// Load figures of replicas with a language model that takes its time.
@main
struct LoadBenchmark {
    static func main() async {
        await Benchmark.bare("load") { _, _ in ([:], true) }
    }
}

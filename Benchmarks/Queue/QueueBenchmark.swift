import BenchmarkSupport
import Jobs
import Postgres
import ServiceRuntime

/// Times the queue alone, with jobs that do nothing: from enqueueing to the start in another replica, how many jobs three
/// replicas get through beside many finished ones, and how long a job waits whose replica has vanished.
///
/// A replica is a worker with a pool and a listener of its own, in this process.
@main
struct QueueBenchmark {
    static func main() async {
        await Benchmark.main("queue") { world in
            let options = try BenchmarkOptions(
                Array(CommandLine.arguments.dropFirst()),
                defaults: [
                    "jobs": "10000", "finished": "100000", "replicas": "3", "concurrency": "8", "paced": "600",
                    "rate": "20", "recoveries": "10", "lease": "3",
                ])
            let lease = Duration.seconds(try options.integer("lease", in: 3...30))
            let bench = QueueBench(
                world: world, concurrency: try options.integer("concurrency", in: 1...64), lease: lease)
            try await bench.prepare(finished: try options.integer("finished", in: 0...5_000_000))
            let latency = try await bench.latency(
                count: try options.integer("paced", in: 10...100_000),
                perSecond: try options.integer("rate", in: 1...500))
            let throughput = try await bench.throughput(
                jobs: try options.integer("jobs", in: 100...1_000_000),
                replicas: try options.integer("replicas", in: 1...16))
            let recovery = try await bench.recovery(rounds: try options.integer("recoveries", in: 1...1000))
            return ["enqueue_to_start": latency, "throughput": throughput, "recovery": recovery]
        }
    }
}

import BenchmarkSupport
import Glibc
import Planner
import ServiceRuntime

/// Times the value index and the planner over a generated company, in this process: no database, no `dashd`.
///
/// All of it follows from the seed.
@main
struct PlanningBenchmark {
    static func main() throws {
        let options = try BenchmarkOptions(
            Array(CommandLine.arguments.dropFirst()),
            defaults: [
                "values": "1000000", "tables": "200", "columns": "3000", "questions": "5000", "warm-up": "100",
                "seed": "1",
            ])
        let seed = UInt64(try options.integer("seed", in: 0...1_000_000))
        let tables = try options.integer("tables", in: 1...2_000)
        var words = GeneratedWords(seed: seed, count: max(20_000, 4 * tables))
        let company = GeneratedCompany(
            words: &words, tables: tables, columns: try options.integer("columns", in: 1...100_000),
            values: try options.integer("values", in: 0...10_000_000))
        let questions = try options.integer("questions", in: 1...1_000_000)
        let warmUp = try options.integer("warm-up", in: 0...questions)

        let (index, building) = timed { Self.index(of: company) }
        let (model, modelling) = timed { SemanticModel(company.source) }
        let planner = Planner(model: model, values: index)
        var asked = GeneratedQuestions(company, words: words)
        var lookups = Latencies()
        var plans = Latencies()
        var processor = Latencies()
        var found = 0
        var outcomes: [String: Int] = [:]
        var slowest: (time: Duration, text: String) = (.zero, "")
        for number in 0..<(warmUp + questions) {
            let question = asked.question(number)
            let tokens = Tokenizer.tokens(of: question)
            let (spans, lookup) = timed { index.lookup(tokens: tokens) }
            let before = Self.processorTime
            let (outcome, planning) = timed { planner.plan(question) }
            let spent = Self.processorTime - before
            guard number >= warmUp else { continue }
            lookups.add(lookup)
            plans.add(planning)
            processor.add(spent)
            if !spans.isEmpty { found += 1 }
            outcomes[name(of: outcome), default: 0] += 1
            if planning > slowest.time { slowest = (planning, question) }
        }
        let report: JSONValue = [
            "benchmark": "planning", "tables": .count(company.source.tables.count),
            "columns": .count(company.source.tables.reduce(0) { $0 + $1.columns.count }),
            "value_index": [
                "values": .count(index.statistics.values), "keys": .count(index.statistics.keys),
                "columns": .count(index.statistics.columns), "build_seconds": .seconds(building),
                "megabytes": .figure(Double(index.statistics.bytes) / 1_048_576),
                "lookup_microseconds": microseconds(lookups), "questions_with_values": .count(found),
            ],
            "model_seconds": .seconds(modelling), "plan": plans.summary,
            "plan_processor_time": processor.summary, "outcomes": .counts(outcomes),
            "slowest": .string(slowest.text),
        ]
        print(report.encoded())
    }

    private static func index(of company: GeneratedCompany) -> ValueIndex {
        var builder = ValueIndex.Builder()
        for (column, values) in company.values { builder.add(values, of: column) }
        return builder.build()
    }

    private static func timed<Value>(_ body: () -> Value) -> (Value, Duration) {
        let start = ContinuousClock.now
        let value = body()
        return (value, start.duration(to: .now))
    }

    /// Of this thread, which is the same beside whatever else the machine does.
    private static var processorTime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    private static func microseconds(_ latencies: Latencies) -> JSONValue {
        func figure(_ share: Double) -> JSONValue {
            .figure((latencies.percentile(share) ?? .zero) / .microseconds(1))
        }
        return ["p50": figure(0.5), "p99": figure(0.99), "max": figure(1)]
    }

    private static func name(of outcome: PlanOutcome) -> String {
        switch outcome {
        case .plan: "planned"
        case .clarify: "clarified"
        case .declined: "declined"
        }
    }
}

import BenchmarkSupport
import Dash
import Postgres
import ServiceRuntime

/// Times knowledge searches over many generated entries in a PostgreSQL as `dashd` keeps it, one search after the other.
///
/// The kinds of questions take turns, and every question is new. All of it follows from the seed.
@main
struct KnowledgeSearchBenchmark {
    static func main() async {
        await Benchmark.main("knowledge search") { world in
            let options = try BenchmarkOptions(
                Array(CommandLine.arguments.dropFirst()),
                defaults: ["entries": "100000", "searches": "1200", "warm-up": "60", "seed": "1"])
            let entries = try options.integer("entries", in: 1...1_000_000)
            let searches = try options.integer("searches", in: 1...100_000)
            let warmUp = try options.integer("warm-up", in: 0...10_000)
            let seed = try options.integer("seed", in: 0...1_000_000)
            let client = PostgresClient(
                configuration: world.home.administrator, eventLoop: world.home.eventLoop, logger: world.logger)
            do {
                let store = try await prepared(client, world.logger)
                let report = try await measure(
                    store, seed: UInt64(seed), entries: entries, searches: searches, warmUp: warmUp)
                await client.close()
                return report
            } catch {
                await client.close()
                throw error
            }
        }
    }

    private static func prepared(_ client: PostgresClient, _ logger: Logger) async throws -> KnowledgeStore {
        try await client.query("CREATE SCHEMA ai")
        try await client.query("CREATE EXTENSION pg_trgm SCHEMA ai")
        try await Migrator(client: client, logger: logger).apply(DashMigrations.all)
        return KnowledgeStore(client: client, logger: logger)
    }

    private static func measure(
        _ store: KnowledgeStore, seed: UInt64, entries: Int, searches: Int, warmUp: Int
    ) async throws -> JSONValue {
        var company = GeneratedCompany(words: GeneratedWords(seed: seed))
        let generated = (0..<entries).map { company.entry($0) }
        let loading = ContinuousClock.now
        let summary = try await store.load(.init(entries: generated))
        let loadTime = loading.duration(to: .now)
        var all = Latencies()
        var figures = SearchQuestion.Kind.allCases.map { SearchFigures(kind: $0) }
        for number in 0..<(warmUp + searches) {
            let place = number % figures.count
            let question = SearchQuestion(figures[place].kind, words: &company.words, entries: generated)
            let start = ContinuousClock.now
            let hits = try await store.search(question.text)
            let time = start.duration(to: .now)
            guard number >= warmUp else { continue }
            all.add(time)
            figures[place].add(time, question, hits)
        }
        return [
            "entries": .integer(Int64(summary.added)), "latency": all.summary,
            "by_kind": .object(Dictionary(uniqueKeysWithValues: figures.map { ($0.kind.rawValue, $0.summary) })),
            "load_seconds": .number((loadTime / .seconds(1) * 10).rounded() / 10),
        ]
    }
}

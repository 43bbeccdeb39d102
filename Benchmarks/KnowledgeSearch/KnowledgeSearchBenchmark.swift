import Dash
import FoundationEssentials
import Postgres
import ServiceRuntime

/// Times knowledge searches over many generated entries and prints one JSON object, times in milliseconds.
///
/// Settings: `DB_HOST`, `DB_PORT`, `DB_USER`, `DB_PASS`, `DB_DATABASE` of a database made for this, without a schema `ai`;
/// `ENTRIES` (100000), `SEARCHES` (1000); `FOLDER`, a knowledge folder to load and to ask about instead of generated
/// entries, and `QUESTION`s to ask of it, one per line. Entries that are there
/// already are not loaded again.
@main
struct KnowledgeSearchBenchmark {
    static func main() async throws {
        let environment = ProcessInfo.processInfo.environment
        let logger = Logger(label: "benchmark", minimumLevel: .warning)
        let client = PostgresClient(
            configuration: PostgresConfiguration(
                host: environment["DB_HOST"] ?? "127.0.0.1", port: environment["DB_PORT"].flatMap { Int($0) } ?? 5432,
                database: environment["DB_DATABASE"] ?? "postgres", user: environment["DB_USER"] ?? "postgres",
                password: environment["DB_PASS"].map { Secret($0) }),
            eventLoop: EventLoop(), logger: logger)
        if try await client.query("SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'ai'").rows.isEmpty {
            try await client.query("CREATE SCHEMA ai")
            try await client.query("CREATE EXTENSION pg_trgm SCHEMA ai")
        }
        try await Migrator(client: client, logger: logger).apply(DashMigrations.all)
        let store = KnowledgeStore(client: client, logger: logger)
        if let path = environment["FOLDER"] {
            try await ask(store, folder: path, questions: environment["QUESTION"] ?? "")
        } else {
            try await measure(
                store, entries: environment["ENTRIES"].flatMap { Int($0) } ?? 100_000,
                searches: environment["SEARCHES"].flatMap { Int($0) } ?? 1_000)
        }
        await client.close()
    }

    private static func measure(_ store: KnowledgeStore, entries: Int, searches: Int) async throws {
        var company = GeneratedCompany(seed: 1)
        let loading = ContinuousClock.now
        var summary = KnowledgeLoadSummary()
        if try await store.counts().isEmpty {
            summary = try await store.load(.init(entries: (0..<entries).map { company.entry($0) }))
        } else {
            // Loaded by an earlier run: the same questions follow the same entries.
            for number in 0..<entries { _ = company.entry(number) }
        }
        let loadTime = ContinuousClock.now - loading
        var times: [Double] = []
        var found = 0
        for _ in 0..<searches {
            let question = company.question()
            let start = ContinuousClock.now
            if try await !store.search(question).isEmpty { found += 1 }
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        times.sort()
        func percentile(_ fraction: Double) -> JSONValue {
            .number((times[min(times.count - 1, Int(Double(times.count) * fraction))] * 100).rounded() / 100)
        }
        let report: JSONValue = [
            "benchmark": "knowledge search", "entries": .integer(Int64(entries)), "searches": .integer(Int64(searches)),
            "answered": .integer(Int64(found)), "p50_ms": percentile(0.5), "p95_ms": percentile(0.95),
            "p99_ms": percentile(0.99), "max_ms": percentile(1),
            "load_seconds": .number(((loadTime / .seconds(1)) * 10).rounded() / 10),
            "written": .integer(Int64(summary.added)),
        ]
        print(report.encoded())
    }

    private static func ask(_ store: KnowledgeStore, folder: String, questions: String) async throws {
        let contents = await KnowledgeFolder(path: folder).read()
        try await store.load(contents, recreating: true)
        var answers: [JSONValue] = []
        for question in questions.split(separator: "\n") {
            let hits = try await store.search(String(question), limit: 5)
            answers.append([
                "question": .string(String(question)), "found": .array(hits.map { .string($0.entry.content.label) }),
            ])
        }
        let report: JSONValue = [
            "entries": .integer(Int64(contents.entries.count)),
            "problems": .array(contents.problems.map { .string("\($0.severity.rawValue): \($0)") }),
            "answers": .array(answers),
        ]
        print(report.encoded())
    }
}

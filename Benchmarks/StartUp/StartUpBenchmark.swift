import BenchmarkSupport
import Postgres
import ServiceRuntime

/// Times `dashd sample load` into a database that is set up; then `dashd serve` from its start to the first `/health` that
/// is 200, with PostgreSQL running and set up; then takes its resident memory, idle and after questions.
@main
struct StartUpBenchmark {
    static func main() async {
        await Benchmark.main("start-up") { world in
            let options = try BenchmarkOptions(
                Array(CommandLine.arguments.dropFirst()),
                defaults: ["starts": "15", "questions": "1000", "at-once": "4", "idle-seconds": "5"])
            let starts = try options.integer("starts", in: 1...200)
            let questions = try options.integer("questions", in: 0...100_000)
            let atOnce = try options.integer("at-once", in: 1...64)
            let idle = try options.integer("idle-seconds", in: 0...120)
            let dashd = try DashdProgram(options.dashd, home: world.home, slack: world.slack)
            let sample = try await sampleLoad(dashd, world)
            try await dashd.run("knowledge", "load")
            var times = Latencies()
            for _ in 0..<starts { times.add(try await healthy(dashd, world)) }
            return try await dashd.serving(world.http) { server in
                try await Task.sleep(for: .seconds(idle))
                let idleMemory = try ProcessFigures.memory(of: server.process)
                let load = QuestionLoad(to: server, http: world.http, slack: world.slack)
                let start = ContinuousClock.now
                try await ask(questions, atOnce: atOnce, load)
                let elapsed = start.duration(to: .now)
                return [
                    "sample_load": sample, "start": times.summary, "idle": idleMemory,
                    "after_questions": try ProcessFigures.memory(of: server.process),
                    "questions": .integer(Int64(questions)),
                    "questions_per_second": .number((Double(questions) / (elapsed / .seconds(1)) * 10).rounded() / 10),
                ]
            }
        }
    }

    /// The command as a person runs it, with the start of the program: into empty tables' place, and over the sample itself.
    private static func sampleLoad(_ dashd: DashdProgram, _ world: Benchmark.World) async throws -> JSONValue {
        try await dashd.run("setup")
        let start = ContinuousClock.now
        try await dashd.run("sample", "load")
        let loaded = ContinuousClock.now
        try await dashd.run("sample", "load")
        let replaced = ContinuousClock.now
        let rows = try await world.home.value(
            """
            SELECT sum(reltuples)::bigint FROM pg_catalog.pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
            """)
        return [
            "first_seconds": seconds(start.duration(to: loaded)),
            "again_seconds": seconds(loaded.duration(to: replaced)),
            "rows": .integer(rows.flatMap { Int64($0) } ?? 0),
        ]
    }

    private static func seconds(_ duration: Duration) -> JSONValue {
        .number((duration / .seconds(1) * 100).rounded() / 100)
    }

    private static func healthy(_ dashd: DashdProgram, _ world: Benchmark.World) async throws -> Duration {
        let server = try dashd.start()
        do {
            let time = try await server.waitUntilHealthy(world.http)
            try await server.stop()
            return time
        } catch {
            server.kill()
            throw error
        }
    }

    private static func ask(_ count: Int, atOnce: Int, _ load: QuestionLoad) async throws {
        let next = Locked(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<atOnce {
                group.addTask {
                    while true {
                        let number = next.withLock { next in
                            defer { next += 1 }
                            return next
                        }
                        guard number < count else { return }
                        _ = try await load.ask(number)
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

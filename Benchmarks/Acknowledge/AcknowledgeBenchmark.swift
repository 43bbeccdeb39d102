import BenchmarkSupport
import HTTP
import Postgres
import ServiceRuntime

/// Times the acknowledgement of questions: signature, event and job durable in the embedded PostgreSQL, then 200.
///
/// Twice with the jobs put off, so that answering takes no part: at a fixed rate, counted from when each event was due,
/// and as fast as a number of connections go, each sending the next event when the last is acknowledged. Then at the
/// fixed rate again while the daemon answers as fast as it can.
@main
struct AcknowledgeBenchmark {
    static func main() async {
        await Benchmark.main("acknowledge") { world in
            let options = try BenchmarkOptions(
                Array(CommandLine.arguments.dropFirst()),
                defaults: ["rate": "100", "seconds": "10", "connections": "32", "events": "10000"])
            let rate = try options.integer("rate", in: 1...5000)
            let paced = rate * (try options.integer("seconds", in: 1...60))
            let events = try options.integer("events", in: 100...200_000)
            let connections = try options.integer("connections", in: 1...512)
            let dashd = try DashdProgram(options.dashd, home: world.home, slack: world.slack)
            try await dashd.run("sample", "load")
            try await dashd.run("knowledge", "load")
            return try await dashd.serving(world.http) { server in
                let load = EventLoad(SlackEvents(to: server), world.http)
                try await putJobsOff(world.home)
                _ = try await load.paced(from: 0, count: rate, perSecond: rate)
                let alone = try await load.paced(from: rate, count: paced, perSecond: rate)
                let fastest = try await load.asFastAsPossible(
                    from: rate + paced, count: events, connections: connections, of: server)
                try await letJobsRun(world.home)
                let answering = try await load.paced(
                    from: rate + paced + events, count: paced, perSecond: rate)
                let sent = rate + 2 * paced + events
                let stored = try await world.home.value("SELECT count(*) FROM ai.slack_events")
                guard stored == "\(sent)" else {
                    throw BenchmarkError("\(sent) events were acknowledged, \(stored ?? "none") are stored")
                }
                return [
                    "open_loop": ["per_second": .integer(Int64(rate)), "latency": alone.summary],
                    "closed_loop": fastest,
                    "open_loop_while_answering": [
                        "per_second": .integer(Int64(rate)), "latency": answering.summary,
                        "answered": .integer(
                            Int64(
                                try await world.home.value("SELECT count(*) FROM ai.jobs WHERE state = 'done'") ?? "")
                                ?? 0),
                    ],
                ]
            }
        }
    }

    /// Jobs are stored as ever, but none is due.
    private static func putJobsOff(_ home: BenchmarkHome) async throws {
        _ = try await home.value(
            """
            CREATE FUNCTION ai.put_off() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN NEW.run_at := NEW.run_at + interval ''1 hour''; RETURN NEW; END'
            """)
        _ = try await home.value(
            "CREATE TRIGGER put_off BEFORE INSERT ON ai.jobs FOR EACH ROW EXECUTE FUNCTION ai.put_off()")
    }

    private static func letJobsRun(_ home: BenchmarkHome) async throws {
        _ = try await home.value("DROP TRIGGER put_off ON ai.jobs")
    }
}

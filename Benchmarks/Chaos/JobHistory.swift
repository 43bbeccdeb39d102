import BenchmarkSupport
import Postgres
import ServiceRuntime

/// What becomes of jobs, written down by the database itself: who had one when its process was killed, and when somebody
/// else went on with it.
struct JobHistory: Sendable {
    private struct Step {
        var job: Int64
        var claim: Int64
        var state: String
        var port: Int
        var at: Double
    }

    private let server: ChaosServer

    init(_ server: ChaosServer) {
        self.server = server
    }

    /// To be called when the daemon's tables are there.
    func begin() async throws {
        try await server.value(
            "CREATE SCHEMA chaos",
            """
            CREATE TABLE chaos.steps (
                job bigint NOT NULL, claim bigint NOT NULL, state text NOT NULL, port integer,
                at timestamptz NOT NULL DEFAULT clock_timestamp())
            """,
            """
            CREATE FUNCTION chaos.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = chaos AS $$
            BEGIN
                INSERT INTO chaos.steps (job, claim, state, port) VALUES (NEW.id, NEW.claim, NEW.state, inet_client_port());
                RETURN NULL;
            END $$
            """,
            """
            CREATE TRIGGER chaos_steps AFTER UPDATE ON ai.jobs FOR EACH ROW
            WHEN (OLD.claim IS DISTINCT FROM NEW.claim OR OLD.state IS DISTINCT FROM NEW.state)
            EXECUTE FUNCTION chaos.note()
            """)
    }

    /// For every job that ran in a process when that was killed: the time until it ran again.
    func recovery(from kills: [KillLedger.Kill], replicas: [Replica]) async throws -> Latencies {
        let owners = Dictionary(
            grouping: replicas.flatMap { replica in
                replica.database.history.map { (port: $0.port, at: $0.at, replica: replica.number) }
            }, by: \.port)
        let deaths = Dictionary(grouping: kills, by: \.replica).mapValues { $0.sorted { $0.diedAt < $1.diedAt } }
        func owner(of port: Int, at time: Double) -> Int? {
            owners[port]?.last { $0.at <= time + 0.05 }?.replica
        }
        var latencies = Latencies()
        let steps = Dictionary(grouping: try await steps(), by: \.job)
        for history in steps.values {
            for (step, next) in zip(history, history.dropFirst()) {
                guard step.state == "running", next.claim == step.claim + 1, next.state == "running",
                    let replica = owner(of: step.port, at: step.at),
                    let kill = deaths[replica]?.first(where: { $0.diedAt >= step.at }), kill.bornAt <= step.at,
                    kill.diedAt <= next.at
                else { continue }
                latencies.add(.seconds(next.at - kill.diedAt))
            }
        }
        return latencies
    }

    private func steps() async throws -> [Step] {
        try await server.rows(
            """
            SELECT job, claim, state, coalesce(port, 0) AS port, extract(epoch FROM at)::double precision AS at
            FROM chaos.steps ORDER BY job, at, claim
            """
        ).map { row in
            Step(
                job: try row.decode("job"), claim: try row.decode("claim"), state: try row.decode("state"),
                port: try row.decode("port"), at: try row.decode("at"))
        }
    }
}

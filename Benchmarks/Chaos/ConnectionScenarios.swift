import BenchmarkSupport
import Postgres
import ServiceRuntime

/// The server lives, and sessions die or cannot be had.
let connectionScenarios = [
    Scenario(name: "killed-backends") { stage in
        let connection = try await stage.world.server.connect()
        var killed = 0
        for _ in 0..<100 {
            killed += try await connection.query(
                """
                SELECT pg_terminate_backend(pid) FROM (
                    SELECT pid FROM pg_stat_activity
                    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1) AS victim
                """
            ).rows.count
            try await stage.pause(0.2)
        }
        return [
            "killed_backends": .count(killed), "healthy_after_s": try await stage.requireHealthy(within: 20),
            "answers_after_s": try await stage.requireAnswers(),
        ]
    },
    Scenario(
        name: "exhausted-connections",
        prepare: { world, _, _ in
            world.serverSettings["max_connections"] = "70"
            world.serverSettings["superuser_reserved_connections"] = "12"
        },
        play: { stage in
            let server = stage.world.server
            try await server.value("CREATE ROLE crowd LOGIN PASSWORD 'crowd'")
            let hogs = Hogs(server)
            // Whatever Dash loses the others take.
            for _ in 0..<20 {
                await hogs.fill()
                try await server.value(
                    """
                    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                    WHERE backend_type = 'client backend' AND usename LIKE 'dash%'
                    """)
                await hogs.fill()
            }
            let noticed = try await stage.requireUnhealthy(within: 20)
            for _ in 0..<10 {
                try await stage.pause(1)
                await hogs.fill()
            }
            let held = hogs.release()
            return [
                "held_by_others": .count(held), "unhealthy_after_s": noticed,
                "healthy_after_s": try await stage.requireHealthy(within: 30),
                "answers_after_s": try await stage.requireAnswers(),
            ]
        }),
    Scenario(name: "half-open-listener") { stage in
        let server = stage.world.server
        let listeners: PostgresQuery = """
            SELECT pid, client_port FROM pg_stat_activity WHERE backend_type = 'client backend'
                AND (query ILIKE 'LISTEN%' OR query ILIKE '%pg_listening_channels%') AND pid <> pg_backend_pid()
            """
        let before = try await server.rows(listeners)
        stage.expect(
            before.count == stage.world.replicas.count, "\(before.count) sessions listen, not one of each replica")
        var cut = 0
        for row in before {
            let port: Int = try row.decode("client_port")
            for replica in stage.world.replicas where replica.database.blackHole(serverSidePort: port) { cut += 1 }
        }
        let known = Set(before.compactMap { $0["pid"] })
        let holes = cut
        let answers = try await stage.requireAnswers(within: 15)
        let healed = try await stage.require("every replica listens anew", within: 20) {
            try await server.rows(listeners).filter { !known.contains($0["pid"] ?? "") }.count >= holes
        }
        return ["black_holes": .count(cut), "answers_after_s": answers, "listening_again_after_s": healed]
    },
    Scenario(name: "database-black-hole") { stage in
        for replica in stage.world.replicas { replica.database.set(.blackHole) }
        let noticed = try await stage.requireUnhealthy(within: 20)
        try await stage.pause(Double(stage.options.outage) / 2)
        for replica in stage.world.replicas { replica.database.set(.pass) }
        return [
            "unhealthy_after_s": noticed, "healthy_after_s": try await stage.requireHealthy(within: 60),
            "answers_after_s": try await stage.requireAnswers(),
        ]
    },
    Scenario(name: "slow-database") { stage in
        for replica in stage.world.replicas { replica.database.set(.latency(.milliseconds(50))) }
        let answers = try await stage.requireAnswers()
        try await stage.pause(Double(stage.options.outage) / 2)
        for replica in stage.world.replicas { replica.database.set(.pass) }
        return ["answers_after_s": answers, "healthy_after_s": try await stage.requireHealthy()]
    },
]

/// Others who take every connection that they can get.
private final class Hogs: Sendable {
    private let server: ChaosServer
    private let held = Locked<[PostgresConnection]>([])

    init(_ server: ChaosServer) {
        self.server = server
    }

    func fill() async {
        while let connection = await connect() { held.withLock { $0.append(connection) } }
    }

    private func connect() async -> PostgresConnection? {
        var configuration = server.administrator
        (configuration.user, configuration.password) = ("crowd", Secret("crowd"))
        return try? await PostgresConnection.connect(
            configuration, eventLoop: server.eventLoop, logger: Logger(label: "chaos", minimumLevel: .error))
    }

    func release() -> Int {
        held.withLock { held in
            defer { held = [] }
            return held.count
        }
    }
}

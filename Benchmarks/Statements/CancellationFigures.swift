import BenchmarkSupport
import Dash
import Postgres
import ServiceRuntime

/// How long after a question's task is cancelled its statement is gone, for the task and on the server.
struct CancellationFigures {
    private let connection: WarehouseConnection
    private let home: BenchmarkHome
    private let role: String
    private let seed: UInt64

    init(_ connection: WarehouseConnection, _ home: BenchmarkHome, role: String, seed: UInt64) {
        self.connection = connection
        self.home = home
        self.role = role
        self.seed = seed
    }

    func measure(_ count: Int) async throws -> JSONValue {
        let watcher = try await PostgresConnection.connect(
            home.administrator, eventLoop: home.eventLoop, logger: Logger(label: "watcher", minimumLevel: .error))
        var random = SplitMix64(seed: seed)
        var (inTask, onServer) = (Latencies(), Latencies())
        for _ in 0..<count {
            let runner = connection.warehouse.analyst
            let task = Task { try await runner.run(SampleStatement.endless, keepingAs: "r") }
            let deadline = ContinuousClock.now + .seconds(20)
            while try await !isActive(watcher) {
                guard ContinuousClock.now < deadline else {
                    throw BenchmarkError("a statement to be cancelled did not begin: \(await task.result)")
                }
            }
            try await Task.sleep(for: .microseconds(Int(random.next() % 20_000)))
            let start = ContinuousClock.now
            task.cancel()
            async let ended: Duration = {
                _ = await task.result
                return start.duration(to: .now)
            }()
            while try await isActive(watcher) {}
            onServer.add(start.duration(to: .now))
            inTask.add(await ended)
            guard case .failure(let error) = await task.result, error is CancellationError else {
                throw BenchmarkError("a cancelled statement ended by itself")
            }
        }
        return [
            "task_has_ended": inTask.summary, "gone_on_the_server": onServer.summary,
            "abandoned": .integer(Int64(connection.abandonedStatements)),
        ]
    }

    private func isActive(_ watcher: PostgresConnection) async throws -> Bool {
        try await !watcher.query(
            "SELECT 1 FROM pg_stat_activity WHERE usename = \(role) AND state = 'active' AND query LIKE 'FETCH%'"
        ).rows.isEmpty
    }
}

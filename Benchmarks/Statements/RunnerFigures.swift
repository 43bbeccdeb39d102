import BenchmarkSupport
import Dash
import Postgres
import ServiceRuntime

/// What the analyst's runner adds to a statement, and what recording it adds to that; taking turns, so that the load of the
/// machine is the same for each.
struct RunnerFigures {
    private let connection: WarehouseConnection

    init(_ connection: WarehouseConnection) {
        self.connection = connection
    }

    func measure(statements: Int) async throws -> JSONValue {
        [
            "numbers": try await added(to: SampleStatement.numbers, count: statements),
            "with_text": try await added(to: SampleStatement.small, count: statements),
            "in_list_of_5000": try await added(to: SampleStatement.inList, count: max(1, statements / 20)),
        ]
    }

    private func added(to sql: String, count: Int) async throws -> JSONValue {
        let bare = connection.analyst
        let runner = connection.warehouse.analyst
        let audited = WarehouseAccess(connection.warehouse, log: AuditLog(client: connection.app))(
            for: .system("benchmark")
        ).analyst
        var (direct, through, recorded) = (Latencies(), Latencies(), Latencies())
        for number in 0..<(count + count / 10) {
            let isWarm = number >= count / 10
            func time(_ latencies: inout Latencies, _ body: () async throws -> Void) async throws {
                let start = ContinuousClock.now
                try await body()
                if isWarm { latencies.add(start.duration(to: .now)) }
            }
            try await time(&direct) { try await bare.query(PostgresQuery(unescaped: sql)) }
            try await time(&through) { _ = try await runner.run(sql, keepingAs: "r") }
            try await time(&recorded) { _ = try await audited.run(sql, keepingAs: "r") }
        }
        return [
            "bare": direct.summary, "runner": through.summary, "runner_and_audit": recorded.summary,
            "added_by_runner_p50_ms": difference(through, direct),
            "added_by_audit_p50_ms": difference(recorded, through),
        ]
    }

    private func difference(_ more: Latencies, _ less: Latencies) -> JSONValue {
        guard let more = more.summary["p50_ms"]?.double, let less = less.summary["p50_ms"]?.double else { return .null }
        return .number(((more - less) * 100).rounded() / 100)
    }
}

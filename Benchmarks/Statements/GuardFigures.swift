import BenchmarkSupport
import Dash
import SQLGuard
import ServiceRuntime

/// What deciding about a statement by its parse tree takes.
struct GuardFigures {
    private let catalog: GuardCatalog

    init(_ connection: WarehouseConnection, roles: RoleNames) {
        catalog = GuardCatalog(client: connection.app, dataSchemas: ["public"])
    }

    func measure(checks: Int) async throws -> JSONValue {
        let policy = GuardedPolicy(.analyst, catalog: catalog)
        let start = ContinuousClock.now
        _ = try await policy.check(SampleStatement.numbers)
        let loading = start.duration(to: .now)
        return [
            "twenty_lines": try await times(of: SampleStatement.twentyLines, policy, count: checks),
            "in_list_of_5000": try await times(of: SampleStatement.inList, policy, count: max(1, checks / 50)),
            "reading_the_catalog_ms": .number((loading / .milliseconds(1) * 10).rounded() / 10),
        ]
    }

    private func times(of sql: String, _ policy: GuardedPolicy, count: Int) async throws -> JSONValue {
        var latencies = Latencies()
        for number in 0..<(count + count / 10) {
            let start = ContinuousClock.now
            _ = try await policy.check(sql)
            if number >= count / 10 { latencies.add(start.duration(to: .now)) }
        }
        return latencies.summary
    }
}

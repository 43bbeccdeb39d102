import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct AbandonedStatementTests {
    /// Arithmetic does not look for interrupts: from its first moment neither a cancellation nor the time limit ends it.
    private static let runaway = """
        SELECT sign(\(Array(repeating: "x * x", count: 30).joined(separator: " + ")))
        FROM (SELECT repeat('9', 65000)::numeric AS x OFFSET 0) AS v
        """

    @Test("A statement that ignores its cancellation is abandoned, counted, and its place is free again")
    func runaway() async throws {
        try await WarehouseFixture.with(configure: {
            $0.layers = WarehouseFixture.unguarded
            $0.analystConnections = 1
            $0.statementTimeout = .milliseconds(100)
            $0.cancelGrace = .milliseconds(200)
        }) { fixture in
            #expect(fixture.connection.abandonedStatements == 0)
            let failure = try await fixture.failure(Self.runaway, of: fixture.warehouse.analyst)
            #expect(failure?.errorClass == .timeout)
            #expect(fixture.connection.abandonedStatements == 1)
            // The pool has one place only.
            #expect(try await fixture.ask("SELECT 1").rows == [["1"]])
            _ = try await fixture.setup.value(
                """
                SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity
                WHERE usename = \(fixture.setup.roles.analyst) AND state = 'active'
                """)
        }
    }
}

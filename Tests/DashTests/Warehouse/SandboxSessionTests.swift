import Postgres
import TestSupport
import Testing

@testable import Dash

/// With which settings statements of agents run, as the server shows them, and where they end.
@Suite struct SandboxSessionTests {
    private static let common = [
        ("statement_timeout", "30s"), ("lock_timeout", "1s"), ("idle_in_transaction_session_timeout", "35s"),
        ("work_mem", "16MB"), ("hash_mem_multiplier", "1"), ("jit", "off"), ("max_parallel_workers_per_gather", "0"),
        ("row_security", "on"), ("cursor_tuple_fraction", "1"), ("standard_conforming_strings", "on"),
        ("TimeZone", "Europe/Paris"), ("DateStyle", "ISO, YMD"), ("IntervalStyle", "postgres"),
        ("bytea_output", "hex"), ("extra_float_digits", "1"),
    ]
    private static let analyst =
        common + [
            ("default_transaction_read_only", "on"), ("transaction_read_only", "on"), ("temp_file_limit", "256MB"),
            ("search_path", #""public""#),
        ]
    private static let engineer = common + [("temp_file_limit", "1GB"), ("search_path", #""public", "dash""#)]

    private static func settings(_ names: [String], of runner: any SQLRunner) async throws -> [String?] {
        let list = names.map { "current_setting('\($0)')" }.joined(separator: ", ")
        return try await runner.run("SELECT \(list)", keepingAs: "r").rows.first ?? []
    }

    @Test("Every session is bounded in time and memory, reads only where it is the analyst's, and finds what it should")
    func settings() async throws {
        try await WarehouseFixture.with(configure: {
            $0.layers = WarehouseFixture.unguarded
            $0.timeZone = "Europe/Paris"
        }) { fixture in
            // The second time in a session that has forgotten the first statement.
            for _ in 0..<2 {
                for (expected, runner) in [
                    (Self.analyst, fixture.warehouse.analyst), (Self.engineer, fixture.warehouse.engineer),
                ] {
                    let names = expected.map(\.0)
                    let values = try await Self.settings(names, of: runner)
                    #expect(values == expected.map(\.1))
                }
            }
            guard try await fixture.setup.value("SELECT current_setting('transaction_timeout', true)") != nil else {
                return
            }
            #expect(try await Self.settings(["transaction_timeout"], of: fixture.warehouse.analyst) == ["40s"])
        }
    }

    @Test("A statement that fills the disk with temporary files ends with its sentence")
    func temporaryFiles() async throws {
        try await WarehouseFixture.with(configure: { $0.layers = WarehouseFixture.unguarded }) { fixture in
            try await fixture.setup.run("ALTER ROLE \(fixture.setup.roles.analyst) SET temp_file_limit = '1MB'")
            let failure = try await fixture.failure(
                "SELECT i, repeat(md5(i::text), 10) AS x FROM generate_series(1, 100000) i ORDER BY x",
                of: fixture.warehouse.analyst)
            #expect(failure?.errorClass == .limit)
            #expect(failure?.sqlState == "53400")
            #expect(failure?.hint == "Sort, join or aggregate less at once; filter first.")
            #expect(try await fixture.ask("SELECT 1").rows == [["1"]])
        }
    }

    @Test("A role without a free session is busy, which names nobody and is no finding about its login")
    func busy() async throws {
        try await WarehouseFixture.with { fixture in
            let role = fixture.setup.roles.analyst
            try await fixture.setup.run("ALTER ROLE \(role) CONNECTION LIMIT 0")
            let failure = try #require(try await fixture.failure("SELECT 1", of: fixture.warehouse.analyst))
            #expect(failure.isBusy && failure.errorClass == .connection)
            #expect(failure.message.contains("the database is busy with statements that"))
            #expect(!"\(failure.message)\(failure.hint ?? "")".contains(role))
            #expect(StatementVerdict(failure).layer == .limit)

            let logins = SandboxLogins(
                analyst: fixture.connection.analyst.configuration, engineer: fixture.connection.engineer.configuration,
                eventLoop: PostgresServer.eventLoop, logger: PostgresServer.logger)
            #expect(try await logins.reports().flatMap(\.findings) == [])
            let outcome = try await fixture.setup.setUp()
            #expect(outcome.fatalFindings == [])
            #expect(outcome.changes == [])

            try await fixture.setup.run("ALTER ROLE \(role) NOLOGIN CONNECTION LIMIT 5")
            let findings = try await logins.reports().flatMap(\.findings)
            #expect(findings.map(\.subject) == [.login] && findings.allSatisfy(\.isFatal))
        }
    }
}

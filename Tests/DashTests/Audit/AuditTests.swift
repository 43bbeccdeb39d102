import Agents
import FoundationEssentials
import Postgres
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct AuditTests {
    private static let context = StatementContext(
        asker: Asker(id: "slack:T1:U1"), origin: Origin(surface: .slack, team: "T1", channel: "C1"), runID: RunID(),
        question: "How many\u{0} customers?")

    /// The body gets the warehouse on behalf of `context`, and the log.
    private static func with(
        layers: ProtectionLayers = .all,
        configure: @Sendable (inout WarehouseConnection.Configuration) -> Void = { _ in },
        _ body: @Sendable (WarehouseFixture, Warehouse, AuditLog) async throws -> Void
    ) async throws {
        try await WarehouseFixture.with(configure: {
            $0.layers = layers
            configure(&$0)
        }) { fixture in
            try await fixture.withApp { client in
                let log = AuditLog(client: client)
                try await body(fixture, WarehouseAccess(fixture.warehouse, log: log)(for: context), log)
            }
        }
    }

    struct Case: CustomStringConvertible {
        var agent = "analyst"
        var sql: String
        var verdict: StatementVerdict.Outcome
        var layer: StatementVerdict.Layer?
        var sqlState: String?
        var rows: Int?
        var description: String { "\(agent): \(sql.prefix(60))" }
    }

    private static let cases = [
        Case(sql: "SELECT id FROM customers", verdict: .ran, rows: 20),
        Case(sql: "SELECT id FROM customers WHERE false", verdict: .ran, rows: 0),
        Case(sql: "DELETE FROM customers", verdict: .refused, layer: .guard),
        Case(sql: "SELECT 1\u{0}", verdict: .refused, layer: .guard),
        Case(sql: "SELECT '" + String(repeating: "x", count: 70_000) + "'", verdict: .refused, layer: .guard),
        Case(sql: "SELECT nam FROM customers", verdict: .failed, sqlState: "42703"),
        Case(sql: "SELEC 1", verdict: .failed),
        Case(sql: "SELECT 1 / (id - id) FROM customers", verdict: .failed, sqlState: "22012"),
        Case(
            sql: "SELECT count(*) FROM generate_series(1, 700000000)", verdict: .stopped, layer: .limit,
            sqlState: "57014"),
        Case(
            sql: "SELECT count(*) FROM customers a, customers b, orders c, orders d, orders e, orders f",
            verdict: .stopped, layer: .limit),
        Case(agent: "engineer", sql: "CREATE VIEW dash.v AS SELECT 1 AS one", verdict: .ran, rows: 1),
        Case(agent: "engineer", sql: "DROP TABLE public.orders", verdict: .refused, layer: .guard),
        Case(agent: "engineer", sql: "SELECT * FROM dash.nothing", verdict: .failed, sqlState: "42P01"),
    ]

    @Test("Every statement is one entry: for whom, as whom, what became of it and who decided")
    func outcomes() async throws {
        try await Self.with(configure: { $0.statementTimeout = .milliseconds(300) }) { _, warehouse, log in
            for (number, expected) in Self.cases.enumerated() {
                let runner = expected.agent == "analyst" ? warehouse.analyst : warehouse.engineer
                var failure: (any Error)?
                do {
                    _ = try await runner.run(expected.sql, keepingAs: "r")
                } catch {
                    failure = error
                }
                let entries = try await log.entries()
                #expect(entries.count == number + 1, "\(expected)")
                try expect(expected, failure, try #require(entries.last))
            }
        }
    }

    private func expect(_ expected: Case, _ failure: (any Error)?, _ entry: AuditEntry) throws {
        #expect(entry.verdict.outcome == expected.verdict, "\(expected)")
        #expect(entry.verdict.layer == expected.layer, "\(expected)")
        #expect(entry.verdict.sqlState == expected.sqlState, "\(expected)")
        #expect(entry.verdict.reason == failure.flatMap { StatementVerdict($0).reason }, "\(expected)")
        #expect((entry.verdict.outcome == .ran) == (failure == nil), "\(expected)")
        #expect(entry.rows == expected.rows, "\(expected)")
        #expect(entry.agent.rawValue == expected.agent)
        let storable = expected.sql.filter { $0 != "\0" }
        #expect(
            storable.hasPrefix(entry.sql) && entry.sql.utf8.count == min(storable.utf8.count, 65_536), "\(expected)")
        #expect(entry.context.asker.id == "slack:T1:U1")
        #expect(entry.context.origin == Self.context.origin)
        #expect(entry.context.runID == Self.context.runID)
        #expect(entry.context.question == "How many customers?")
        #expect(try #require(entry.time).timeIntervalSinceNow.magnitude < 600)
        #expect((0..<600_000).contains(entry.milliseconds))
    }

    @Test("What looks like a secret is not recorded")
    func secrets() async throws {
        try await Self.with { _, warehouse, log in
            let secret = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789"
            _ = try await warehouse.analyst.run("SELECT '\(secret)' AS token", keepingAs: "r")
            let entry = try #require(try await log.entries().last)
            #expect(entry.sql.hasPrefix("SELECT '") && !entry.sql.contains(secret))
        }
    }

    @Test("A statement that a person has to confirm is an entry, and another one when they have")
    func confirmed() async throws {
        try await Self.with { _, warehouse, log in
            for sql in ["CREATE TABLE dash.t AS SELECT 1 AS n", "CREATE VIEW dash.v AS SELECT n FROM dash.t"] {
                _ = try await warehouse.engineer.run(sql, keepingAs: "r")
            }
            let drop = "DROP TABLE dash.t CASCADE"
            let required = try await #require(throws: ConfirmationRequired.self) {
                try await warehouse.engineer.run(drop, keepingAs: "r")
            }
            _ = try await Approval.given(for: required.action) {
                try await warehouse.engineer.run(drop, keepingAs: "r")
            }
            let entries = try await log.entries().suffix(2)
            #expect(entries.map(\.sql) == [drop, drop])
            #expect(entries.map(\.verdict.outcome) == [.stopped, .ran])
            #expect(entries.first?.verdict.layer == .limit)
            #expect(entries.first?.verdict.reason?.hasPrefix("a person has to confirm it first: ") == true)
        }
    }

    @Test("A statement that is tried again is an entry again, in order")
    func retries() async throws {
        try await Self.with { fixture, warehouse, log in
            _ = try? await warehouse.analyst.run("SELECT n FROM public.late", keepingAs: "r")
            try await fixture.setup.run(
                "CREATE TABLE public.late AS SELECT 1 AS n; GRANT SELECT ON public.late TO PUBLIC")
            for _ in 0..<2 { _ = try await warehouse.analyst.run("SELECT n FROM public.late", keepingAs: "r") }
            #expect(try await log.entries().map(\.verdict.outcome) == [.failed, .ran, .ran])
        }
    }

    @Test("A cancelled statement is one entry")
    func cancelled() async throws {
        try await Self.with(configure: { $0.limits.cost = nil }) { fixture, warehouse, log in
            let task = Task {
                try await warehouse.analyst.run("SELECT count(*) FROM generate_series(1, 100000000000)", keepingAs: "r")
            }
            try await fixture.waitUntilRunning("FETCH%", as: fixture.setup.roles.analyst)
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let entries = try await log.entries()
            #expect(entries.map(\.verdict) == [StatementVerdict(.stopped, reason: "cancelled")])
        }
    }

    @Test("One that found no place is an entry too")
    func crowded() async throws {
        try await Self.with(layers: WarehouseFixture.unguarded) { fixture, _, log in
            let clock = JumpingClock()
            let limiter = AskerStatementLimiter(limit: 1, clock: clock)
            let warehouse = WarehouseAccess(
                fixture.warehouse, log: log, analystLimiter: limiter, engineerLimiter: limiter)(for: Self.context)
            let first = Task { try await warehouse.analyst.run("SELECT pg_sleep(600)", keepingAs: "r") }
            try await fixture.waitUntilRunning("FETCH%", as: fixture.setup.roles.analyst)
            let second = Task { try await warehouse.engineer.run("SELECT 1", keepingAs: "r") }
            await clock.sleepers(atLeast: 1)
            clock.advance(by: .seconds(10))
            let failure = await #expect(throws: SQLFailure.self) { try await second.value }
            #expect(failure?.errorClass == .limit)
            first.cancel()
            _ = await first.result
            #expect(try await log.entries().map(\.verdict.outcome) == [.stopped, .stopped])
            #expect(try await log.entries().map(\.verdict.layer) == [.limit, nil])
        }
    }

    @Test("What the closed gate turns away is an entry")
    func gated() async throws {
        try await Self.with { fixture, _, log in
            let gate = SQLGate(logger: PostgresServer.logger) { [] }
            gate.settle([SetupFinding(.fatal, .writeAccess, "too wide", remedy: "REVOKE it")])
            var gated = fixture.warehouse
            gated.analyst = GatedRunner(gate: gate, runner: gated.analyst)
            let warehouse = WarehouseAccess(gated, log: log)(for: Self.context)
            await #expect(throws: SQLToolsOff.self) { try await warehouse.analyst.run("SELECT 1", keepingAs: "r") }
            let entry = try #require(try await log.entries().first)
            #expect(entry.verdict.outcome == .refused && entry.verdict.layer == .database)
            #expect(entry.verdict.reason?.contains("too wide") == true)
        }
    }

    @Test(
        "A result that cannot be recorded is not used, and whoever asks is told why",
        arguments: ["SELECT id FROM customers", "SELECT nam FROM customers"])
    func unrecordable(sql: String) async throws {
        try await Self.with { fixture, warehouse, _ in
            try await fixture.setup.run("REVOKE INSERT ON ai.audit FROM \(fixture.setup.roles.app)")
            let error = await #expect(throws: SQLToolsOff.self) {
                try await warehouse.analyst.run(sql, keepingAs: "r")
            }
            #expect(error?.sentence == SQLToolsOff.unrecordedSentence)
            #expect(error?.description.contains("permission denied for table audit") == true)
            #expect(error.map { StatementVerdict($0).layer } == .database)
        }
    }

    @Test(
        "A change that cannot be recorded is not made",
        arguments: [
            "CREATE TABLE dash.unaudited AS SELECT 1 AS a", "CREATE VIEW dash.unaudited AS SELECT 1 AS a",
        ])
    func unrecordableChange(sql: String) async throws {
        try await Self.with { fixture, warehouse, log in
            // Broken in a way that no check of rights sees.
            try await fixture.setup.run(
                """
                CREATE FUNCTION public.full() RETURNS trigger LANGUAGE plpgsql
                    AS $$ BEGIN RAISE 'the disk of the log is full'; END $$;
                CREATE TRIGGER t BEFORE INSERT ON ai.audit FOR EACH ROW EXECUTE FUNCTION public.full();
                """)
            let error = await #expect(throws: SQLToolsOff.self) {
                try await warehouse.engineer.run(sql, keepingAs: "r")
            }
            #expect(error?.description.contains("the disk of the log is full") == true)
            #expect(try await fixture.setup.value("SELECT to_regclass('dash.unaudited')") == nil)
            try await fixture.setup.run("DROP TRIGGER t ON ai.audit")
            _ = try await warehouse.engineer.run(sql, keepingAs: "r")
            #expect(try await fixture.setup.value("SELECT to_regclass('dash.unaudited')") == "dash.unaudited")
            #expect(try await log.entries().map(\.verdict) == [.ran])
        }
    }

    @Test("A change whose commit fails after all has a second entry that says so")
    func failedCommit() async throws {
        try await Self.with(layers: WarehouseFixture.unguarded) { _, warehouse, log in
            for sql in [
                "CREATE TABLE dash.parent (id int PRIMARY KEY)",
                "CREATE TABLE dash.child (id int REFERENCES dash.parent DEFERRABLE INITIALLY DEFERRED)",
            ] { _ = try await warehouse.engineer.run(sql, keepingAs: "r") }
            let failure = await #expect(throws: SQLFailure.self) {
                try await warehouse.engineer.run("INSERT INTO dash.child VALUES (1)", keepingAs: "r")
            }
            #expect(failure?.sqlState == "23503")
            let entries = try await log.entries().suffix(2)
            #expect(entries.map(\.sql) == Array(repeating: "INSERT INTO dash.child VALUES (1)", count: 2))
            #expect(entries.map(\.verdict.outcome) == [.ran, .failed])
            #expect(entries.last?.verdict.sqlState == "23503")
        }
    }

    @Test("One asker's endless statements leave sessions of both agents to others")
    func share() async throws {
        try await Self.with(layers: WarehouseFixture.unguarded) { fixture, warehouse, log in
            let endless = "SELECT pg_sleep(600)"
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask { _ = try? await warehouse.analyst.run(endless, keepingAs: "r") }
                    group.addTask { _ = try? await warehouse.engineer.run(endless, keepingAs: "r") }
                }
                let roles = fixture.setup.roles
                try await fixture.waitUntilRunning("FETCH%", as: roles.analyst, count: 3)
                try await fixture.waitUntilRunning(endless, as: roles.engineer)
                // Ten times, so that it is no luck.
                let other = WarehouseAccess(fixture.warehouse, log: log)(
                    for: StatementContext(asker: Asker(id: "slack:T1:U2"), origin: Self.context.origin))
                for _ in 0..<10 {
                    #expect(try await other.analyst.run("SELECT 1", keepingAs: "r").rows == [["1"]])
                    #expect(try await other.engineer.run("SELECT 1", keepingAs: "r").rows == [["1"]])
                }
                #expect(
                    try await fixture.setup.value(
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = \(roles.analyst) AND wait_event = 'PgSleep'"
                    )
                        == "3")
                group.cancelAll()
            }
        }
    }

    @Test("Values that are read for the catalog are read on the asker's behalf")
    func introspection() async throws {
        try await Self.with { _, warehouse, log in
            #expect(try await warehouse.introspection.latestValue(of: "id", in: "customers") == "20")
            _ = try await warehouse.introspection.statistics(of: "customers", personalColumns: PersonalColumns([]))
            let entries = try await log.entries()
            #expect(entries.count >= 2)
            #expect(entries.allSatisfy { $0.context.asker.id == "slack:T1:U1" && $0.verdict == .ran })
        }
    }

    @Test("Of a question every statement is recorded, with who asked what in which run")
    func question() async throws {
        try await TeamFixture.with { fixture in
            let log = AuditLog(client: fixture.client)
            let id = RunID()
            let answer = try await fixture.runner().run(fixture.question("What is our treatment cost?"), id: id)
            #expect(answer.kind == .result, "\(answer.headline)")
            // What the planner reads for every question is Dash's own doing.
            let entries = try await log.entries().filter { $0.context.question != "planning" }
            #expect(!entries.isEmpty)
            for entry in entries {
                #expect(entry.context.runID == id)
                #expect(entry.context.asker.id == "local:ada")
                #expect(entry.context.question == "What is our treatment cost?")
                #expect(entry.verdict.outcome == .ran, "\(entry.sql)")
            }
            for statement in answer.provenance?.statements ?? [] {
                #expect(entries.contains { $0.sql == statement }, "\(statement)")
            }
        }
    }

    @Test("Entries are found by time, person and number; the latest come last")
    func filter() async throws {
        try await Self.with { _, _, log in
            for (asker, sql) in [
                ("slack:T1:U1", "1"), ("local:ada", "2"), ("slack:T2:U1", "3"), ("slack:T1:AU1", "4"),
                ("local:ada", "5"),
            ] {
                try await log.record(
                    AuditEntry(
                        context: StatementContext(asker: Asker(id: asker), origin: .terminal), agent: "analyst",
                        sql: sql,
                        verdict: .ran, milliseconds: 1))
            }
            func found(_ change: (inout AuditLog.Filter) -> Void) async throws -> String {
                var filter = AuditLog.Filter()
                change(&filter)
                return try await log.entries(filter).map(\.sql).joined()
            }
            #expect(try await found { _ in } == "12345")
            #expect(try await found { $0.user = "ada" } == "25")
            #expect(try await found { $0.user = "local:ada" } == "25")
            #expect(try await found { $0.user = "U1" } == "13")
            #expect(try await found { $0.user = "T1:U1" } == "1")
            #expect(try await found { $0.user = "%" } == "")
            #expect(try await found { $0.limit = 2 } == "45")
            let third = try #require(try await log.entries().dropFirst(2).first?.time)
            #expect(try await found { $0.since = third } == "345")
            #expect(try await found { $0.since = Date.now.addingTimeInterval(3600) } == "")
        }
    }
}

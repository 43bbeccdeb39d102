import Postgres
import TestSupport
import Testing

@testable import Dash

@Suite struct CostGateTests {
    private static let cartesian =
        "SELECT count(*) FROM customers a, customers b, orders c, orders d, orders e, orders f, orders g"

    @Test(
        "What the planner expects to be cheap runs",
        arguments: [
            "SELECT count(*) FROM customers", "SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id;",
            "WITH a AS (SELECT 1 AS one) SELECT * FROM a -- note", "EXPLAIN SELECT * FROM customers", "VALUES (1), (2)",
        ])
    func cheap(sql: String) async throws {
        try await WarehouseFixture.withShared { fixture async throws in
            #expect(try await !fixture.ask(sql).rows.isEmpty)
        }
    }

    @Test("What it expects to take minutes is asked about before it runs, with its cost")
    func costly() async throws {
        try await WarehouseFixture.withShared { fixture in
            for (role, runner) in [("analyst", fixture.warehouse.analyst), ("engineer", fixture.warehouse.engineer)] {
                let action = try #require(try await fixture.asked(Self.cartesian, of: runner))
                #expect(action.effects == [.init(.run)])
                #expect(action.role == role)
                #expect(action.sentence.contains("more than 10,000,000 is asked about"))
                let verdict = StatementVerdict(ConfirmationRequired(action))
                #expect(verdict.outcome == .stopped && verdict.layer == .limit)
                #expect(verdict.reason?.hasPrefix("a person has to confirm it first") == true)
            }
        }
    }

    @Test("With a person's agreement the very statement runs, for longer than others may")
    func approved() async throws {
        let slow = "SELECT count(*) FROM generate_series(1, 3000000) AS a, customers WHERE a > 0"
        try await WarehouseFixture.with(configure: {
            $0.limits.cost = 50
            $0.statementTimeout = .milliseconds(200)
        }) { fixture in
            for runner in [fixture.warehouse.analyst, fixture.warehouse.engineer] {
                let action = try #require(try await fixture.asked(slow, of: runner))
                let table = try await Approval.given(for: action) { try await runner.run(slow, keepingAs: "r") }
                #expect(table.rows == [["60000000"]])
                let other = try await Approval.given(for: action) {
                    try await fixture.asked(slow + " AND a > 1", of: runner)
                }
                #expect(other != nil)
            }
        }
    }

    @Test(
        "What the engineer builds is weighed too, and nothing of it is there",
        arguments: ["CREATE TABLE dash.t AS ", "CREATE MATERIALIZED VIEW dash.t AS "])
    func building(command: String) async throws {
        try await WarehouseFixture.with { fixture in
            #expect(try await fixture.asked(command + Self.cartesian, of: fixture.warehouse.engineer) != nil)
            #expect(
                try await fixture.setup.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'dash'::regnamespace")
                    == "0")
            _ = try await fixture.build(command + "SELECT count(*) AS n FROM customers")
            #expect(try await fixture.ask("SELECT n FROM dash.t").rows == [["20"]])
            // A view costs nothing before it is read.
            #expect(try await fixture.build("CREATE VIEW dash.v AS " + Self.cartesian).rows == [["CREATE VIEW"]])
        }
    }

    @Test("The limit is a setting; without one everything starts")
    func limits() async throws {
        let join = "SELECT count(*) FROM orders a, orders b"
        try await WarehouseFixture.with(configure: { $0.limits.cost = 50 }) { fixture async throws in
            #expect(try await fixture.asked(join, of: fixture.warehouse.analyst) != nil)
            #expect(try await fixture.asked("SELECT id FROM customers", of: fixture.warehouse.analyst) == nil)
        }
        try await WarehouseFixture.with(configure: {
            $0.limits.cost = nil
            $0.statementTimeout = .milliseconds(200)
        }) { fixture async throws in
            #expect(try await fixture.ask(join).rows == [["10000"]])
            #expect(try await fixture.failure(Self.cartesian, of: fixture.warehouse.analyst)?.errorClass == .timeout)
        }
    }

    @Test("Costs beyond every number are written so")
    func enormous() async throws {
        try await WarehouseFixture.withShared { fixture in
            let joins = (0..<40).map { "orders o\($0)" }.joined(separator: ", ")
            let action = try await fixture.asked("SELECT count(*) FROM \(joins)", of: fixture.warehouse.analyst)
            #expect(action?.sentence.contains("more than 1,000,000,000,000,000") == true, "\(action?.sentence ?? "")")
        }
    }

    @Test("What Dash writes for itself asks nobody: it fails as one over a limit")
    func unattended() async throws {
        try await WarehouseFixture.withShared { fixture in
            let runner = UnattendedRunner(runner: fixture.warehouse.analyst)
            let failure = try #require(try await fixture.failure(Self.cartesian, of: runner))
            #expect(failure.errorClass == .limit)
            #expect(failure.hint?.isEmpty == false)
        }
    }

    @Test("A mistake is reported as the statement's own, with its place in it")
    func mistakes() async throws {
        try await WarehouseFixture.withShared { fixture in
            let failure = try await fixture.failure("SELECT nam FROM customers", of: fixture.warehouse.analyst)
            #expect(failure?.errorClass == .missingColumn)
            #expect(failure?.position == 8)
        }
    }
}

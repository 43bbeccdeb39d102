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

    @Test("What it expects to take minutes is stopped before it runs, with its cost and what to do")
    func costly() async throws {
        try await WarehouseFixture.withShared { fixture in
            for runner in [fixture.warehouse.analyst, fixture.warehouse.engineer] {
                let failure = try #require(try await fixture.failure(Self.cartesian, of: runner))
                #expect(failure.errorClass == .costly)
                #expect(failure.message.contains("at most 10,000,000"))
                #expect(failure.hint?.isEmpty == false)
                #expect(StatementVerdict(failure).layer == .limit)
            }
        }
    }

    @Test(
        "What the engineer builds is weighed too, and nothing of it is there",
        arguments: ["CREATE TABLE dash.t AS ", "CREATE MATERIALIZED VIEW dash.t AS "])
    func building(command: String) async throws {
        try await WarehouseFixture.with { fixture in
            let failure = try await fixture.failure(command + Self.cartesian, of: fixture.warehouse.engineer)
            #expect(failure?.errorClass == .costly)
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
            #expect(try await fixture.failure(join, of: fixture.warehouse.analyst)?.errorClass == .costly)
            #expect(try await fixture.failure("SELECT id FROM customers", of: fixture.warehouse.analyst) == nil)
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
            let failure = try await fixture.failure("SELECT count(*) FROM \(joins)", of: fixture.warehouse.analyst)
            #expect(failure?.errorClass == .costly)
            #expect(failure?.message.contains("more than 1,000,000,000,000,000") == true, "\(failure?.message ?? "")")
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

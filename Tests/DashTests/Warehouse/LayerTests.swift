import Agents
import Postgres
import TestSupport
import Testing

@testable import Dash

/// Which layer says no, with all of them and with single ones taken away.
@Suite struct LayerTests {
    enum Removed: String, CaseIterable {
        case none, `guard`, roles, transaction, guardAndTransaction

        var layers: ProtectionLayers {
            switch self {
            case .none: .all
            case .guard: [.roles, .transaction]
            case .roles: [.guard, .transaction]
            case .transaction: [.guard, .roles]
            case .guardAndTransaction: [.roles]
            }
        }
    }

    struct Case: CustomStringConvertible {
        var sql: String
        var agent: AgentName = "analyst"
        var without: Removed
        var outcome: StatementVerdict.Outcome
        var layer: StatementVerdict.Layer?
        var description: String { "\(agent.rawValue) without \(without.rawValue): \(sql)" }
    }

    private static let cases: [Case] = [
        Case(sql: "DELETE FROM customers", without: .none, outcome: .refused, layer: .guard),
        Case(sql: "DELETE FROM customers", without: .guard, outcome: .refused, layer: .database),
        Case(sql: "DELETE FROM customers", without: .roles, outcome: .refused, layer: .guard),
        Case(sql: "DELETE FROM customers", without: .transaction, outcome: .refused, layer: .guard),
        Case(sql: "DELETE FROM customers", without: .guardAndTransaction, outcome: .refused, layer: .database),
        Case(sql: "SELECT 1; DROP TABLE customers", without: .none, outcome: .refused, layer: .guard),
        Case(sql: "SELECT 1; DROP TABLE customers", without: .guard, outcome: .refused, layer: .database),
        Case(sql: "SELECT * FROM ai.audit", without: .guard, outcome: .refused, layer: .database),
        Case(sql: "SELECT pg_read_file('/etc/passwd')", without: .guard, outcome: .refused, layer: .database),
        Case(sql: "SELECT pg_read_file('/etc/passwd')", without: .roles, outcome: .refused, layer: .guard),
        Case(sql: "CREATE TEMP TABLE t (id int)", without: .guard, outcome: .refused, layer: .database),
        Case(sql: "SELECT id FROM customers FOR UPDATE", without: .guard, outcome: .refused, layer: .database),
        // What only the parse tree stops.
        Case(sql: "SELECT set_config('work_mem', '1GB', false)", without: .none, outcome: .refused, layer: .guard),
        Case(sql: "SELECT set_config('work_mem', '1GB', false)", without: .guard, outcome: .ran),
        Case(sql: "SELECT rolname FROM pg_roles", without: .guard, outcome: .ran),
        Case(sql: "SELECT count(*) FROM customers", without: .none, outcome: .ran),
        Case(sql: "SELECT count(*) FROM customers", without: .guard, outcome: .ran),
        Case(sql: "SELECT count(*) FROM customers", without: .roles, outcome: .ran),
        Case(sql: "SELECT count(*) FROM customers", without: .transaction, outcome: .ran),
        Case(sql: "SELECT nam FROM customers", without: .none, outcome: .failed),
        Case(sql: "SELECT nam FROM customers", without: .transaction, outcome: .failed),
        Case(
            sql: "SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e", without: .none,
            outcome: .stopped, layer: .limit),
        Case(
            sql: "SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e", without: .guard,
            outcome: .stopped, layer: .limit),
        Case(
            sql: "SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e", without: .transaction,
            outcome: .stopped, layer: .limit),
        Case(
            sql: "DROP TABLE public.customers", agent: "engineer", without: .none, outcome: .refused, layer: .guard),
        Case(
            sql: "DROP TABLE public.customers", agent: "engineer", without: .guard, outcome: .refused, layer: .database
        ),
        Case(
            sql: "CREATE VIEW dash.v AS SELECT 1 AS one", agent: "engineer", without: .none, outcome: .ran),
        Case(
            sql: "CREATE VIEW dash.w AS SELECT 1 AS one", agent: "engineer", without: .roles, outcome: .ran),
    ]

    private func verdict(_ sql: String, _ runner: any SQLRunner) async -> StatementVerdict {
        do {
            _ = try await runner.run(sql, keepingAs: "r")
            return .ran
        } catch {
            return StatementVerdict(error)
        }
    }

    @Test("The layer that said no is named")
    func attribution() async throws {
        try await WarehouseFixture.with(configure: { $0.statementTimeout = .milliseconds(500) }) {
            fixture async throws in
            for removed in Removed.allCases {
                let some = fixture.with(layers: removed.layers)
                for expected in Self.cases where expected.without == removed {
                    let runner = expected.agent == "analyst" ? some.warehouse.analyst : some.warehouse.engineer
                    let verdict = await verdict(expected.sql, runner)
                    #expect(verdict.outcome == expected.outcome, "\(expected): \(verdict.reason ?? "")")
                    #expect(verdict.layer == expected.layer, "\(expected): \(verdict.reason ?? "")")
                }
                await some.connection.close()
            }
            #expect(try await fixture.setup.value("SELECT count(*) FROM public.customers") == "20")
        }
    }

    @Test("Without guard and roles it is the transaction that keeps the data")
    func transactionAlone() async throws {
        try await WarehouseFixture.with(configure: { $0.layers = [.transaction] }) { fixture async throws in
            for sql in ["DELETE FROM orders", "WITH d AS (DELETE FROM orders RETURNING id) SELECT * FROM d"] {
                #expect(try await fixture.failure(sql, of: fixture.warehouse.analyst)?.errorClass == .refused, "\(sql)")
            }
            #expect(try await fixture.setup.value("SELECT count(*) FROM public.orders") == "100")
            #expect(try await fixture.ask("SELECT current_setting('is_superuser')").rows == [["on"]])
        }
    }

    @Test("Without any layer a statement does what it says, so that the others are seen to matter")
    func none() async throws {
        try await WarehouseFixture.with(configure: { $0.layers = [] }) { fixture in
            _ = try await fixture.ask("DELETE FROM orders")
            #expect(try await fixture.setup.value("SELECT count(*) FROM public.orders") == "0")
            // Each statement begins in a fresh session here as well.
            _ = try await fixture.ask("SET work_mem = '77MB'")
            #expect(try await fixture.ask("SHOW work_mem").rows == [["16MB"]])
        }
    }
}

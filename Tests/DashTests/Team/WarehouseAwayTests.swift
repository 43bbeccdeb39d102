import Agents
import Postgres
import SQLGuard
import ServiceRuntime
import TestSupport
import Testing

@testable import Dash

@Suite struct WarehouseAwayTests {
    /// A runner whose server cannot be reached for the first statements.
    private final class FlakyRunner: SQLRunner {
        private let base: any SQLRunner
        private let failures: Int
        private let calls = Locked(0)
        private let statements = Locked<[String]>([])

        init(_ base: any SQLRunner, failing failures: Int) {
            self.base = base
            self.failures = failures
        }

        /// How often it was asked for what the first call asked for.
        var count: Int { statements.withLock { all in all.count { $0 == all.first } } }

        func run(_ sql: String, keepingAs resultID: String) async throws -> ResultTable {
            statements.withLock { $0.append(sql) }
            let number = calls.withLock { calls in
                calls += 1
                return calls
            }
            guard number > failures else {
                throw SQLFailure(.connection, message: "cannot connect to database secret on db.internal, port 4711")
            }
            return try await base.run(sql, keepingAs: resultID)
        }
    }

    private func tool(_ team: TeamFixture, _ run: Run, _ role: SQLRole, _ runner: FlakyRunner) -> RunSQLTool {
        var warehouse = team.warehouse
        warehouse.analyst = runner
        warehouse.engineer = runner
        return RunSQLTool(
            role: role, run: run, warehouse: warehouse, knowledge: team.knowledge, learnings: team.learnings,
            logger: PostgresServer.logger)
    }

    @Test("A statement that reads is repeated while its server is away, and is one attempt to the model")
    func repeated() async throws {
        try await TeamFixture.with { team in
            let run = team.run(maximumRetries: 0)
            let runner = FlakyRunner(team.warehouse.analyst, failing: 2)
            let output = try await tool(team, run, .analyst, runner).call(["sql": "SELECT count(*) FROM admissions"])
            #expect(!output.isError)
            #expect(output.json?["rows"] == [["60"]])
            #expect(runner.count == 3)
        }
    }

    @Test("One that may change something is not repeated, and the run ends")
    func changes() async throws {
        try await TeamFixture.with { team in
            let runner = FlakyRunner(team.warehouse.engineer, failing: 1)
            await #expect(throws: WarehouseAway.self) {
                try await tool(team, team.run(), .engineer, runner).call([
                    "sql": "CREATE VIEW dash.v AS SELECT 1 AS one"
                ])
            }
            #expect(runner.count == 1)
        }
    }

    @Test("A question that finds the company's database away is answered with that, and with no address")
    func answered() async throws {
        try await TeamFixture.with { team in
            var warehouse = team.warehouse
            warehouse.analyst = FlakyRunner(team.warehouse.analyst, failing: .max)
            let runner = QuestionRunner(
                warehouse: WarehouseAccess(warehouse, log: AuditLog(client: team.client)), knowledge: team.knowledge,
                learnings: team.learnings, conversations: team.conversations,
                runs: RunStore(client: team.client, logger: PostgresServer.logger),
                confirmations: ConfirmationStore(client: team.client, logger: PostgresServer.logger),
                context: team.context, models: TeamModels(), logger: PostgresServer.logger)
            let answer = try await runner.run(team.question("What is the treatment cost?"), id: RunID())
            #expect(answer.kind == .failure)
            #expect(answer.headline == WarehouseAway.sentence)
            #expect(!"\(answer)".contains("4711"))
        }
    }
}

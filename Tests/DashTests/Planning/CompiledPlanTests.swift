import Planner
import Postgres
import SQLGuard
import SQLGuardTestSupport
import ServiceRuntime
import TestSupport
import Testing

@Suite("Compiled plans on made-up companies")
struct CompiledPlanTests {
    private static let clock = DataClock(today: CivilDate(daysSinceEpoch: 20_778))

    /// A database of its own with the company in it, seen from a time zone that is not the company's.
    private static func with(seed: Int, _ body: (StarSchema, PostgresClient) async throws -> Void) async throws {
        let schema = StarSchema(seed: seed)
        try await PostgresServer.shared.withClient(maximumConnections: 1) { client in
            for statement in schema.script.split(separator: "\n") {
                try await client.query(PostgresQuery(unescaped: String(statement)))
            }
            try await client.query("SET TimeZone = 'Asia/Tokyo'")
            try await body(schema, client)
        }
    }

    @Test(
        "Numbers by groups are those that subqueries give without a join, and groups add up to the whole",
        arguments: 0..<10)
    func naive(seed: Int) async throws {
        try await Self.with(seed: seed) { schema, client in
            var random = SplitMix64(number: seed)
            let checks = try StarChecks(schema: schema, clock: Self.clock).checks(&random)
            #expect(checks.count > 30)
            for check in checks {
                let rows = try await client.query(PostgresQuery(unescaped: check.differences)).rows
                let differences = try #require(rows.first).decode("n", as: Int.self)
                #expect(differences == 0, "\(check.name): \(check.compiled)")
            }
        }
    }

    @Test("Whatever compiles passes the guard, runs, and compiles to the same bytes again", arguments: 100..<108)
    func anyPlan(seed: Int) async throws {
        try await Self.with(seed: seed) { schema, client in
            let compiler = PlanCompiler(source: schema.source, clock: Self.clock)
            let generator = RandomPlan(source: schema.source)
            var random = SplitMix64(number: seed)
            var compiled = 0
            for _ in 0..<150 {
                let plan = generator.plan(&random)
                guard let result = try? compiler.compile(plan) else { continue }
                compiled += 1
                #expect(try compiler.compile(plan) == result)
                #expect(try PlanCompiler(source: schema.source, clock: Self.clock).compile(plan) == result)
                if let refusal = await GuardCorpus.refusal(result.sql) {
                    Issue.record("\(refusal.description): \(result.sql)")
                }
                let answer = try await client.query(PostgresQuery(unescaped: result.sql))
                #expect(answer.columns.names == result.columns.map(\.name), "\(result.sql)")
                #expect(Set(result.columns.map(\.name)).count == result.columns.count)
                if let limit = plan.limit { #expect(answer.rows.count <= limit) }
            }
            #expect(compiled > 15)
        }
    }
}

import Agents
import Planner
import ServiceRuntime
import Testing

@testable import Dash

@Suite("Checks of compiled plans on made-up companies", .timeLimit(.minutes(20)))
struct PlanResultCheckTests {
    private static let doubts: Set<ResultFinding.Kind> = [.fanOut, .repeated, .parts]

    @Test("No check doubts the numbers of a plan, nor those of its parts beside its total", arguments: [200, 201, 202])
    func noFalseAlarm(seed: Int) async throws {
        let schema = StarSchema(seed: seed)
        try await TeamFixture.with(schema: schema.script, knowledge: []) { team in
            let compiler = PlanCompiler(
                source: schema.source, clock: DataClock(today: CivilDate(daysSinceEpoch: 20_778)))
            let generator = RandomPlan(source: schema.source)
            var random = SplitMix64(number: seed)
            var compared = 0
            for _ in 0..<250 {
                let plan = generator.plan(&random)
                var total = plan
                total.recipe = .value
                (total.dimensions, total.columns, total.order, total.limit) = ([], [], [], nil)
                let plans = plan.dimensions.isEmpty || plan.measures.isEmpty ? [plan] : [plan, total]
                let statements = plans.compactMap { try? compiler.compile($0).sql }
                let run = team.run()
                for sql in statements {
                    let output = try await team.sql(run).call(["sql": .string(sql)])
                    #expect(!output.isError || output.content.contains("limit"), "\(output.content) \(sql)")
                }
                if statements.count == 2 { compared += 1 }
                for id in run.resultIDs {
                    let doubts = run.findings(about: id).filter { Self.doubts.contains($0.kind) }
                    #expect(doubts == [], "\(statements.joined(separator: "\n\n"))")
                }
            }
            #expect(compared > 3)
        }
    }
}

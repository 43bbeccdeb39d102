import Testing

@testable import Planner

@Suite("Other aggregates than a metric's own")
struct AggregateTests {
    @Test(
        "They are taken over the rows that the metric is taken over",
        arguments: [
            ("median dues", ["percentile_cont(0.5)", "ORDER BY fee", "ended_at IS NULL"]),
            ("highest dues by tier", ["max(fee)", "ended_at IS NULL", "GROUP BY tier"]),
            ("median time to solve", ["percentile_cont(0.5)", "solved_at - created_at", "/ 3600"]),
            ("maximum takings", ["max(amount)", "status = 'settled'"]),
            ("average takings per member", ["avg(value)", "SUM(amount)", "status = 'settled'"]),
            ("average takings per member by city", ["avg(value)", "SUM(amount)", "GROUP BY city"]),
            ("average time to solve", ["AVG(EXTRACT"]),
        ])
    func rows(_ question: String, _ parts: [String]) throws {
        let sql = try #require(try Gym.sql(question))
        for part in parts { #expect(sql.contains(part), "\(sql)") }
    }

    @Test(
        "Where the definition does not say which rows, nothing is computed",
        arguments: [
            "median attrition", "average attrition", "median bounce rate", "median dues in 2025",
            "median dues by month", "maximum bounce rate",
        ])
    func declined(_ question: String) { #expect(Gym.plan(question) == nil) }
}

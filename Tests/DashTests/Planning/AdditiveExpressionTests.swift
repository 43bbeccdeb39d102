import Testing

@testable import Dash

@Suite struct AdditiveExpressionTests {
    @Test(
        "Sums and counts of rows add up, with constant factors and in sums",
        arguments: [
            "SUM(a)", "count(*)", "SUM(a) * 12", "100.0 * COUNT(*)", "SUM(a) / 100", "SUM(a) - SUM(b)", "-SUM(a)",
            "COALESCE(SUM(a), 0)", "(SUM(a) + COUNT(*)) * 2", "SUM(a) FILTER (WHERE b > 1)", "SUM(a)::numeric",
            "SUM(CASE WHEN b THEN a ELSE 0 END)", "SUM(a * (b + 1))",
        ])
    func additive(expression: String) {
        #expect(AdditiveExpression.isAdditive(expression))
    }

    @Test(
        "Nothing else does",
        arguments: [
            "", "a", "AVG(a)", "COUNT(DISTINCT a)", "SUM(DISTINCT a)", "SUM(a) / COUNT(*)", "SUM(a) + 1", "MAX(a)",
            "SUM(a) * SUM(b)", "12 / SUM(a)", "ROUND(SUM(a))", "SUM(a) OVER ()", "COALESCE(SUM(a), 1)", "SUM(a",
            "SUM(a))", "SUM(a)::integer", "SUM(a)::numeric(8,2)", "5", "SUM(a) SUM(b)",
        ])
    func other(expression: String) {
        #expect(!AdditiveExpression.isAdditive(expression))
    }
}

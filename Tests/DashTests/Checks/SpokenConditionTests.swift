import Testing

@testable import Dash

@Suite struct SpokenConditionTests {
    @Test(
        "A plain condition is said in words, without tables, casts and signs",
        arguments: [
            ("invoices.status = 'failed'", "status is “failed”"), ("t.weight_kg < 1", "weight kg is under 1"),
            ("count(*) > 3", "their number is over 3"), ("paid_at IS NULL", "paid at is empty"),
            ("paid_at IS NOT NULL", "paid at is not empty"), ("(kind <> 'hub')", "kind is not “hub”"),
            ("kind IN ('hub', 'local')", "kind is “hub” or “local”"), ("depth >= -2.5", "depth is at least -2.5"),
            ("sent_on >= DATE '2090-01-01'", "sent on is at least “2090-01-01”"),
            ("o.at <= '2026-01-01'::timestamp", "at is at most “2026-01-01”"),
        ])
    func plain(sql: String, words: String) {
        #expect(SpokenCondition(sql)?.text == words)
    }

    @Test(
        "What is no plain comparison of one column is not put into words",
        arguments: [
            "", "lower(town) = 'cork'", "a = b", "a = 1 OR b = 2", "EXISTS (SELECT 1)", "a BETWEEN 1 AND 2", "NOT a",
            "a IN (SELECT b FROM c)", "'x' = a", "a = ",
        ])
    func other(sql: String) {
        #expect(SpokenCondition(sql) == nil)
    }
}

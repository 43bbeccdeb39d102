import Testing

@testable import Dash

@Suite struct ProvenanceTests {
    private static let sales = Metric(
        name: "Net Sales", definition: "Value of orders, excluding fees.", table: "shop.orders",
        calculation: "SUM(total)", expression: "SUM(total)", filter: "is_paid", kind: .sum)

    @Test("A derived statement names the metric it computes, and no other")
    func definitions() {
        let seen = [KnowledgeEntry(content: .metric(Self.sales), source: "made-up")]
        let column = Self.sales.columnName
        let sql = "SELECT SUM(total) AS \(column) FROM shop.orders WHERE is_paid AND country = 'FR'"
        #expect(ProvenanceBuilder.metrics(of: sql, among: seen).map(\.name) == ["Net Sales"])
        let other = "SELECT AVG(total) AS \(column) FROM shop.orders"
        #expect(ProvenanceBuilder.metrics(of: other, among: seen).isEmpty)
        #expect(ProvenanceBuilder.metrics(of: "SELECT SUM(total) AS x FROM shop.orders", among: seen).isEmpty)
    }

    @Test("A statement with several intervals has no period that could be told")
    func period() {
        func table(_ sql: String) -> ResultTable {
            ResultTable(
                id: "result_1", sql: sql, columns: [.init(name: "orders", type: .integer)], rows: [["3"]],
                isTruncated: false, milliseconds: 1)
        }
        let one = "SELECT COUNT(*) AS orders FROM orders WHERE at > now() - INTERVAL '6 months'"
        #expect(ProvenanceBuilder.period(table(one), .derived) == "last 6 months")
        let two = one + " AND at < now() - INTERVAL '7 days'"
        #expect(ProvenanceBuilder.period(table(two), .derived) == nil)
    }

    @Test("What a definition already says does not dispute it")
    func stated() {
        #expect(AnswerBadge.states("Net Sales: value of orders, excluding fees.", "sales exclude fees"))
        #expect(!AnswerBadge.states("Net Sales: value of orders with fees.", "sales exclude fees"))
        #expect(!AnswerBadge.states("Net Sales: value of orders.", "sales exclude fees"))
    }

    @Test("A title does not turn around what was said")
    func title() {
        #expect(SaveLearningTool.title("Sales fees", of: "sales exclude fees") == "sales exclude fees")
        #expect(SaveLearningTool.title("Sales fees", of: "sales include fees") == "Sales fees")
    }
}

import Planner
import Testing

/// A mill: buyers of its yards, what was sold to them and paid, what was paid out, and stock by place.
@Suite("Rows that stand for money are added up, and are not paid as long as they wait for it")
struct MoneyRowsTests {
    private static let mill = SemanticSource(
        tables: [
            .init(
                name: "buyers",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "name", type: "text", isNullable: false),
                    .init(name: "town", type: "text", isNullable: false, values: ["Leeds", "York"]),
                ], primaryKey: ["id"], uniqueKeys: [["name"]]),
            .init(
                name: "sales",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "buyer_id", type: "integer", isNullable: false),
                    .init(name: "sold_on", type: "date", isNullable: false),
                    .init(name: "price_per_tonne", type: "numeric", isNullable: false),
                    .init(name: "total_amount", type: "numeric", isNullable: false),
                    .init(name: "paid_on", type: "date"),
                ], primaryKey: ["id"], foreignKeys: [key("buyers")], timeColumn: "sold_on"),
            .init(
                name: "donations",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "buyer_id", type: "integer", isNullable: false),
                    .init(name: "amount", type: "numeric", isNullable: false),
                    .init(name: "fee", type: "numeric", isNullable: false),
                    .init(name: "given_on", type: "date", isNullable: false),
                ], primaryKey: ["id"], foreignKeys: [key("buyers")], timeColumn: "given_on"),
            .init(
                name: "yards",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false),
                    .init(name: "buyer_id", type: "integer", isNullable: false),
                    .init(name: "yard_name", type: "text", isNullable: false),
                    .init(name: "hectares", type: "numeric", isNullable: false),
                    .init(name: "rent_cents", type: "integer", isNullable: false),
                    .init(name: "is_fenced", type: "boolean", isNullable: false),
                ], primaryKey: ["id"], foreignKeys: [key("buyers")]),
        ])

    private static func key(_ table: String) -> SemanticSource.ForeignKey {
        .init(columns: ["buyer_id"], table: TableID(name: table), referencedColumns: ["id"])
    }

    private static let planner = Planner(model: SemanticModel(mill), values: ValueIndex.Builder().build())

    private func read(_ question: String) -> String {
        switch Self.planner.plan(question) {
        case .plan(let planned): Sketch.plain(planned.plan) + " | " + planned.assumptions.joined(separator: " ")
        case .clarify: "?"
        case .declined: "declined"
        }
    }

    @Test(
        "Whoever has not paid has something that is not paid",
        arguments: [
            "Which buyers haven't paid?", "Which buyers have not paid for their sales?", "buyers who didn't pay",
        ])
    func unpaid(question: String) {
        let plan = read(question)
        #expect(plan.contains("Those with sales that are not paid are meant."))
        #expect(plan.contains("sales.paid_on empty"))
        #expect(!plan.contains("not ("))
    }

    @Test(
        "Who has not paid in a time, or gave nothing, is not told from rows that are not there",
        arguments: ["Which buyers have not paid in 2025?", "Which buyers haven't paid this month?"])
    func unclear(question: String) {
        #expect(read(question) == "declined")
    }

    @Test(
        "The money of such rows is their one amount",
        arguments: [
            ("top 3 buyers by sales", "sum(sales.total_amount)"), ("total sales by town", "sum(sales.total_amount)"),
            ("buyers with the highest sales", "sum(sales.total_amount)"),
            ("buyers with total sales over 10000", "having sum(sales.total_amount) > 10000"),
            ("number of sales by town", "count(sales)"), ("total number of sales", "count(sales)"),
            ("buyers with the most sales", "count(sales)"), ("top 3 buyers by donations", "declined"),
        ])
    func money(question: String, part: String) {
        let plan = read(question)
        #expect(plan.contains(part))
        #expect(plan.contains("is taken as the sum of total amount") == part.contains("sum("))
    }

    @Test(
        "An amount in a place is that of all its rows together",
        arguments: [
            ("hectares in Leeds", "value · sum(yards.hectares)"),
            ("fenced hectares in York", "value · sum(yards.hectares)"),
            ("list the hectares of yards in Leeds", "list · of yards"),
        ])
    func places(question: String, part: String) {
        #expect(read(question).hasPrefix(part))
    }

    @Test(
        "A bare number held against cents is said to be cents",
        arguments: [
            ("yards with a rent over 50", true), ("yards with a rent over 50 euros", false),
            ("yards with a rent over 50 cents", false),
        ])
    func cents(question: String, isSaid: Bool) {
        #expect(read(question).contains("50 is taken as cents") == isSaid)
    }
}

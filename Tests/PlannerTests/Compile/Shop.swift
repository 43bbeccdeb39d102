import Planner
import ServiceRuntime
import Testing

/// A made-up shop that plans are compiled for, on 21 November 2026.
enum Shop {
    static let customers = TableID(name: "customers")
    static let orders = TableID(name: "orders")
    static let items = TableID(name: "items")
    static let products = TableID(name: "products")
    static let tickets = TableID(name: "tickets")
    static let people = TableID(name: "people")
    static let moons = TableID(name: "moons")
    static let flights = TableID(name: "flights")
    static let subscriptions = TableID(name: "subscriptions")

    static let total = Measure.aggregate(.sum, .column(ColumnID(orders, "amount")))
    static let october = Plan.TimeScope(period: .calendar(.month, offset: -1, isFiscal: false))
    static let halfYear = Plan.TimeScope(period: .complete(count: 6, .month, isFiscal: false))

    /// - Parameter newest: the newest day with orders.
    static func compile(
        _ plan: Plan, metrics: [SemanticSource.Metric] = [], newest: String? = nil
    ) throws(CompileError) -> CompiledPlan {
        var source = source
        source.metrics += metrics
        var clock = DataClock(today: CivilDate(daysSinceEpoch: 20_778))
        clock.newest[ColumnID(orders, "ordered_at")] = newest.flatMap { Day($0)?.date }
        return try PlanCompiler(source: source, clock: clock).compile(plan)
    }

    static func refusal(_ plan: Plan, metrics: [SemanticSource.Metric] = []) -> String? {
        do {
            _ = try compile(plan, metrics: metrics)
            return nil
        } catch {
            return error.description
        }
    }

    private static func column(_ name: String, _ type: String, isNullable: Bool = false) -> SemanticSource.Column {
        SemanticSource.Column(name: name, type: type, isNullable: isNullable)
    }

    private static func key(_ column: String, _ table: TableID) -> SemanticSource.ForeignKey {
        SemanticSource.ForeignKey(columns: [column], table: table, referencedColumns: ["id"])
    }

    private static let id = column("id", "integer")

    static let source = SemanticSource(
        tables: [
            .init(
                name: "customers",
                columns: [
                    id, column("name", "text"), column("country", "text", isNullable: true), column("status", "text"),
                    column("joined", "date"),
                ], primaryKey: ["id"], timeColumn: "joined"),
            .init(
                name: "orders",
                columns: [
                    id, column("customer_id", "integer", isNullable: true), column("amount", "numeric(10,2)"),
                    column("status", "text"), column("ordered_at", "timestamp with time zone"),
                    column("paid", "boolean"),
                ], primaryKey: ["id"], foreignKeys: [key("customer_id", customers)], timeColumn: "ordered_at"),
            .init(
                name: "items",
                columns: [
                    id, column("order_id", "integer"), column("product_id", "integer"), column("quantity", "integer"),
                ], primaryKey: ["id"], foreignKeys: [key("order_id", orders), key("product_id", products)]),
            .init(
                name: "products", columns: [id, column("title", "text"), column("price", "numeric")],
                primaryKey: ["id"]),
            .init(
                name: "tickets",
                columns: [
                    id, column("customer_id", "integer"), column("opened", "timestamp without time zone"),
                    column("closed", "timestamp without time zone", isNullable: true),
                ], primaryKey: ["id"], foreignKeys: [key("customer_id", customers)], timeColumn: "opened"),
            .init(
                name: "people", columns: [id, column("name", "text"), column("boss_id", "integer", isNullable: true)],
                primaryKey: ["id"], foreignKeys: [key("boss_id", people)]),
            .init(
                name: "subscriptions",
                columns: [
                    id, column("customer_id", "integer"), column("plan", "text"), column("status", "text"),
                    column("mrr", "numeric"), column("started_at", "timestamp with time zone"),
                    column("ended_at", "timestamp with time zone", isNullable: true),
                ], primaryKey: ["id"], foreignKeys: [key("customer_id", customers)]),
            .init(name: "moons", columns: [id, column("name", "text")], primaryKey: ["id"]),
            .init(
                name: "flights", columns: [id, column("start_id", "integer"), column("goal_id", "integer")],
                primaryKey: ["id"],
                foreignKeys: [key("start_id", products), key("goal_id", products)]),
        ],
        metrics: [
            .init(
                name: "Monthly Recurring Revenue (MRR)",
                computation: .snapshot(
                    .init(table: subscriptions, expression: "SUM(mrr)"), start: "started_at", end: "ended_at",
                    isAdditive: true), dimensions: ["plan"], unit: "USD"),
            .init(
                name: "Failure rate",
                computation: .ratio(
                    numerator: .init(
                        table: orders, expression: "100.0 * COUNT(*) FILTER (WHERE status = 'failed')",
                        timeColumn: "ordered_at"),
                    denominator: .init(table: orders, expression: "COUNT(*)", timeColumn: "ordered_at")), unit: "%"),
            .init(
                name: "Revenue",
                computation: .aggregate(
                    .init(
                        table: orders, expression: "SUM(amount)", filter: "status = 'ok' OR status = 'late'",
                        timeColumn: "ordered_at"), isAdditive: true), unit: "EUR"),
            .init(
                name: "Churn", computation: .statement("SELECT 5.0", tables: [subscriptions])),
        ])
}

struct CompileCase: Sendable, CustomTestStringConvertible {
    var name: String
    var plan: Plan
    var sql: String

    init(_ name: String, _ plan: Plan, _ sql: String) {
        self.name = name
        self.plan = plan
        self.sql = sql
    }

    var testDescription: String { name }
}

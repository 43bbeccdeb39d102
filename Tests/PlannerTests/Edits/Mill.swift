import Planner
import ServiceRuntime

/// A made-up mill for tests of follow-ups: sacks sold to bakeries, paid or not, by the month or by the year.
enum Mill {
    static let bakeries = TableID(name: "bakeries")
    static let sales = TableID(name: "sales")

    static let source = SemanticSource(
        tables: [
            .init(
                name: "bakeries",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false), .init(name: "name", type: "text"),
                    .init(name: "region", type: "text"), .init(name: "trade", type: "text"),
                ], primaryKey: ["id"]),
            .init(
                name: "sales",
                columns: [
                    .init(name: "id", type: "integer", isNullable: false), .init(name: "bakery_id", type: "integer"),
                    .init(name: "flour", type: "text"), .init(name: "is_paid", type: "boolean"),
                    .init(name: "rhythm", type: "text"), .init(name: "sacks", type: "integer"),
                    .init(name: "sold_at", type: "timestamptz", isNullable: false),
                ], primaryKey: ["id"],
                foreignKeys: [.init(columns: ["bakery_id"], table: bakeries, referencedColumns: ["id"])],
                timeColumn: "sold_at"),
        ],
        metrics: [
            .init(
                name: "Grist",
                computation: .aggregate(
                    .init(table: sales, expression: "SUM(sacks)", timeColumn: "sold_at"), isAdditive: true),
                dimensions: ["flour", "rhythm"]),
            .init(
                name: "Mean Load",
                computation: .aggregate(
                    .init(table: sales, expression: "AVG(sacks)", timeColumn: "sold_at"), isAdditive: false),
                dimensions: ["flour", "rhythm"]),
        ])

    static let model = SemanticModel(source)

    static let planner = Planner(
        model: model,
        values: {
            var builder = ValueIndex.Builder()
            builder.add(["north", "south", "US"], of: ColumnID(bakeries, "region"))
            builder.add(["retail", "wholesale", "export"], of: ColumnID(bakeries, "trade"))
            builder.add(["rye", "spelt", "wheat"], of: ColumnID(sales, "flour"))
            builder.add(["annual", "weekly"], of: ColumnID(sales, "rhythm"))
            return builder.build()
        }())

    static func outcome(_ texts: [String]) -> PlanOutcome? { planner.outcome(of: texts) }

    static func plan(_ texts: [String]) -> Plan? {
        if case .plan(let planned)? = outcome(texts) { return planned.plan }
        return nil
    }
}

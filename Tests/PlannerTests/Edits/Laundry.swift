import Planner
import ServiceRuntime

/// A made-up laundry: clients with contracts that run, loads that are washed for them, and bills.
enum Laundry {
    static let source: SemanticSource = {
        func column(_ name: String, _ type: String = "text", nullable: Bool = true) -> SemanticSource.Column {
            .init(name: name, type: type, isNullable: nullable)
        }
        let id = column("id", "integer", nullable: false)
        let clients = TableID(name: "clients")
        let contracts = TableID(name: "contracts")
        let loads = TableID(name: "loads")
        let bills = TableID(name: "bills")
        let key = SemanticSource.ForeignKey(columns: ["client_id"], table: clients, referencedColumns: ["id"])
        return SemanticSource(
            tables: [
                .init(
                    name: "clients",
                    columns: [
                        id, column("name", nullable: false), column("country"), column("trade"), column("status"),
                        column("joined_on", "date", nullable: false),
                    ], primaryKey: ["id"], timeColumn: "joined_on"),
                .init(
                    name: "contracts",
                    columns: [
                        id, column("client_id", "integer", nullable: false), column("tariff", nullable: false),
                        column("rhythm"), column("fee", "numeric(10,2)"),
                        column("started_on", "date", nullable: false), column("ended_on", "date"),
                    ], primaryKey: ["id"], foreignKeys: [key], timeColumn: "started_on"),
                .init(
                    name: "loads",
                    columns: [
                        id, column("client_id", "integer", nullable: false), column("fabric"), column("stage"),
                        column("taken_at", "timestamptz", nullable: false), column("returned_at", "timestamptz"),
                    ], primaryKey: ["id"], foreignKeys: [key], timeColumn: "taken_at"),
                .init(
                    name: "bills",
                    columns: [
                        id, column("client_id", "integer", nullable: false), column("amount", "numeric(10,2)"),
                        column("state"), column("sent_on", "date", nullable: false),
                    ], primaryKey: ["id"], foreignKeys: [key], timeColumn: "sent_on"),
            ],
            metrics: [
                .init(
                    name: "Running Fees", synonyms: ["fees"],
                    computation: .snapshot(
                        .init(table: contracts, expression: "SUM(fee)", timeColumn: "started_on"),
                        start: "started_on", end: "ended_on", isAdditive: true), dimensions: ["tariff"], unit: "USD"),
                .init(
                    name: "Washed Loads", synonyms: ["washes"],
                    computation: .aggregate(
                        .init(table: loads, expression: "COUNT(*)", timeColumn: "taken_at"), isAdditive: true),
                    dimensions: ["fabric"]),
                .init(
                    name: "Turnaround",
                    computation: .aggregate(
                        .init(
                            table: loads, expression: "AVG(EXTRACT(EPOCH FROM returned_at - taken_at)) / 3600",
                            filter: "returned_at IS NOT NULL", timeColumn: "taken_at"), isAdditive: false),
                    unit: "hours"),
                .init(
                    name: "Invoiced Amount", synonyms: ["billings"],
                    computation: .aggregate(
                        .init(table: bills, expression: "SUM(amount)", timeColumn: "sent_on"), isAdditive: true)),
                .init(
                    name: "Receivables",
                    computation: .aggregate(
                        .init(
                            table: bills, expression: "SUM(amount)", filter: "state = 'open'", timeColumn: "sent_on"),
                        isAdditive: true)),
                .init(
                    name: "Prospects",
                    computation: .aggregate(
                        .init(
                            table: clients, expression: "COUNT(*)", filter: "status = 'trial'",
                            timeColumn: "joined_on"), isAdditive: true)),
            ])
    }()

    static let planner = Planner(
        model: SemanticModel(source),
        values: {
            var builder = ValueIndex.Builder()
            func add(_ table: String, _ column: String, _ values: [String]) {
                builder.add(values, of: ColumnID(TableID(name: table), column))
            }
            add("clients", "name", ["Poppy Foods", "Poppy Hotels", "Linden Care"])
            add("clients", "country", ["DE", "FR", "US"])
            add("clients", "trade", ["hotel", "clinic", "restaurant"])
            add("clients", "status", ["active", "trial", "churned"])
            add("contracts", "tariff", ["basic", "deluxe"])
            add("contracts", "rhythm", ["monthly", "annual"])
            add("loads", "fabric", ["linen", "cotton", "wool"])
            add("loads", "stage", ["waiting", "washed", "delivered"])
            add("bills", "state", ["open", "paid"])
            return builder.build()
        }())

    static func planned(_ texts: [String]) -> PlannedQuestion? {
        var earlier: PlannedQuestion?
        for text in texts {
            guard case .plan(let planned) = planner.plan(text, context: PlanContext(earlier: earlier?.plan)) else {
                return nil
            }
            earlier = planned
        }
        return earlier
    }

    /// The plan in a few words; nil where the last question has none.
    static func sketch(_ texts: [String]) -> String? { planned(texts).map { Sketch.plain($0.plan) } }
}

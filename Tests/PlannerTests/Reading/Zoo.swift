import Planner

/// A made-up company for tests of the reading.
enum Zoo {
    static let source: SemanticSource = {
        func column(
            _ name: String, _ type: String, nullable: Bool = true, _ description: String = "", values: [String] = [],
            synonyms: [String] = []
        ) -> SemanticSource.Column {
            .init(
                name: name, type: type, isNullable: nullable, description: description, synonyms: synonyms,
                values: values)
        }
        func key(_ column: String, _ table: String) -> SemanticSource.ForeignKey {
            .init(columns: [column], table: TableID(name: table), referencedColumns: ["id"])
        }
        return SemanticSource(
            tables: [
                .init(
                    name: "zo_keepers",
                    columns: [
                        column("id", "integer", nullable: false), column("first_name", "text"),
                        column("last_name", "text"), column("hired_on", "date", nullable: false),
                        column("salary", "numeric(10,2)"), column("phone_number", "text"),
                    ], primaryKey: ["id"]),
                .init(
                    name: "zo_enclosures",
                    columns: [
                        column("id", "integer", nullable: false), column("enc_name", "text"),
                        column("enc_zone", "text", values: ["north", "south", "aquarium"]),
                        column("enc_area_m2", "numeric(8,1)"),
                    ], primaryKey: ["id"]),
                .init(
                    name: "zo_animals", synonyms: ["creatures"],
                    columns: [
                        column("id", "integer", nullable: false), column("name", "text", nullable: false),
                        column("species", "text"), column("weight_kg", "numeric(8,2)"),
                        column("birth_date", "date"), column("enclosure_id", "integer"),
                        column("is_endangered", "boolean"),
                        column("sex", "character(1)", values: ["F", "M"]),
                    ], primaryKey: ["id"], foreignKeys: [key("enclosure_id", "zo_enclosures")]),
                .init(
                    name: "zo_feedings",
                    columns: [
                        column("id", "integer", nullable: false), column("animal_id", "integer", nullable: false),
                        column("keeper_id", "integer"), column("fed_at", "timestamp with time zone", nullable: false),
                        column("food", "text"), column("amount_kg", "numeric(8,2)"),
                        column("status", "text", "possible values: planned, done, skipped"),
                    ], primaryKey: ["id"],
                    foreignKeys: [key("animal_id", "zo_animals"), key("keeper_id", "zo_keepers")],
                    timeColumn: "fed_at"),
                .init(
                    name: "zo_ticket_sales",
                    columns: [
                        column("id", "integer", nullable: false), column("sold_at", "timestamp with time zone"),
                        column("price", "numeric(8,2)"), column("channel", "text", values: ["web", "gate"]),
                        column("kind", "integer", "0 for child, 1 for adult"),
                    ], primaryKey: ["id"], timeColumn: "sold_at"),
                .init(
                    name: "zo_shifts",
                    columns: [
                        column("id", "integer", nullable: false), column("keeper_id", "integer", nullable: false),
                        column("started_at", "timestamp with time zone"),
                        column("ended_at", "timestamp with time zone"),
                    ], primaryKey: ["id"], foreignKeys: [key("keeper_id", "zo_keepers")], timeColumn: "started_at"),
            ],
            metrics: [
                .init(
                    name: "Gate Revenue (GR)", definition: "Money taken for tickets.", synonyms: ["takings"],
                    computation: .aggregate(
                        .init(table: TableID(name: "zo_ticket_sales"), expression: "SUM(price)", timeColumn: "sold_at"),
                        isAdditive: true), dimensions: ["channel"], unit: "EUR"),
                .init(
                    name: "Refund Rate", definition: "Share of tickets given back.",
                    computation: .aggregate(
                        .init(table: TableID(name: "zo_ticket_sales"), expression: "AVG(0)", timeColumn: "sold_at"),
                        isAdditive: false), dimensions: ["channel"]),
            ])
    }()

    static let model = SemanticModel(source)

    static let values: ValueIndex = {
        var builder = ValueIndex.Builder()
        func add(_ table: String, _ column: String, _ values: [String]) {
            builder.add(values, of: ColumnID(TableID(name: table), column))
        }
        add("zo_animals", "name", ["Rosa", "Balu", "Kiki"])
        add("zo_animals", "species", ["okapi", "Otter", "OTTER", "red panda"])
        add("zo_enclosures", "enc_name", ["Congo House", "Otter Creek", "River Bank"])
        add("zo_enclosures", "enc_zone", ["north", "south", "aquarium"])
        add("zo_keepers", "first_name", ["Ines", "Paul"])
        add("zo_keepers", "last_name", ["Brandt", "Moreau"])
        add("zo_feedings", "food", ["hay", "fish", "Bamboo"])
        add("zo_feedings", "status", ["planned", "done", "skipped"])
        add("zo_ticket_sales", "channel", ["web", "gate"])
        return builder.build()
    }()

    static let planner = Planner(model: model, values: values)

    static func plan(_ question: String, after earlier: Plan? = nil) -> Plan? {
        guard case .plan(let planned) = planner.plan(question, context: PlanContext(earlier: earlier)) else {
            return nil
        }
        return planned.plan
    }
}

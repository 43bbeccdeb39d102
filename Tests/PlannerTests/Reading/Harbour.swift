import Planner
import ServiceRuntime

/// A made-up harbour in Tokyo whose year begins in April, beside fields that are reaped by year and month.
enum Harbour {
    static let source: SemanticSource = {
        func column(_ name: String, _ type: String, nullable: Bool = true) -> SemanticSource.Column {
            .init(name: name, type: type, isNullable: nullable)
        }
        func key(_ column: String, _ table: String) -> SemanticSource.ForeignKey {
            .init(columns: [column], table: TableID(name: table), referencedColumns: ["id"])
        }
        let id = column("id", "integer", nullable: false)
        let calls = TableID(name: "calls")
        return SemanticSource(
            tables: [
                .init(
                    name: "piers",
                    columns: [
                        id, column("name", "text", nullable: false), column("zone", "text"),
                        column("budget", "numeric(10,2)"), column("actual", "numeric(10,2)"),
                    ], primaryKey: ["id"]),
                .init(
                    name: "calls",
                    columns: [
                        id, column("pier_id", "integer"),
                        column("arrived_at", "timestamp with time zone", nullable: false),
                        column("departed_at", "timestamp with time zone"), column("fee", "numeric(10,2)"),
                        column("paid_at", "timestamp with time zone"), column("purpose", "text"),
                    ], primaryKey: ["id"], foreignKeys: [key("pier_id", "piers")], timeColumn: "arrived_at"),
                .init(
                    name: "inspections",
                    columns: [
                        id, column("call_id", "integer", nullable: false),
                        column("requested_on", "date", nullable: false), column("completed_on", "date"),
                        column("score", "integer"),
                    ], primaryKey: ["id"], foreignKeys: [key("call_id", "calls")], timeColumn: "requested_on"),
                .init(
                    name: "fields",
                    columns: [
                        id, column("field_name", "text"), column("highest_elevation", "integer"),
                        column("lowest_elevation", "integer"),
                    ], primaryKey: ["id"]),
                .init(
                    name: "harvests",
                    columns: [
                        id, column("field_id", "integer"), column("year", "integer", nullable: false),
                        column("month", "text"), column("tonnes", "numeric(8,2)"),
                    ], primaryKey: ["id"], foreignKeys: [key("field_id", "fields")]),
                .init(
                    name: "grants",
                    columns: [
                        id, column("year", "integer"), column("awarded_on", "date"), column("amount", "numeric(10,2)"),
                    ], primaryKey: ["id"]),
            ],
            metrics: [
                .init(
                    name: "Port Fees", synonyms: ["fees"],
                    computation: .aggregate(
                        .init(
                            table: calls, expression: "SUM(fee)", filter: "paid_at IS NOT NULL", timeColumn: "paid_at"),
                        isAdditive: true), dimensions: ["purpose"]),
                .init(
                    name: "Ships in Port",
                    computation: .snapshot(
                        .init(table: calls, expression: "COUNT(*)", timeColumn: "arrived_at"), start: "arrived_at",
                        end: "departed_at",
                        isAdditive: true)),
            ], calendar: CalendarRules(fiscalYearStart: 4, weekStart: 0, timeZone: "Asia/Tokyo"))
    }()

    static let planner: Planner = {
        var values = ValueIndex.Builder()
        values.add(["cargo", "fuel"], of: ColumnID(TableID(name: "calls"), "purpose"))
        values.add(["north", "south"], of: ColumnID(TableID(name: "piers"), "zone"))
        return Planner(model: SemanticModel(source), values: values.build())
    }()

    static func plan(_ question: String) -> Plan? {
        guard case .plan(let planned) = planner.plan(question) else { return nil }
        return planned.plan
    }

    /// On 22 November 2026.
    static func compile(_ question: String, newest: String? = nil) throws -> CompiledPlan? {
        guard let plan = plan(question) else { return nil }
        var clock = DataClock(today: CivilDate(daysSinceEpoch: 20_779))
        for column in ["arrived_at", "paid_at"] {
            clock.newest[ColumnID(TableID(name: "calls"), column)] = newest.flatMap { Day($0)?.date }
        }
        return try PlanCompiler(source: source, clock: clock).compile(plan)
    }

    /// Conditions and groups without line breaks.
    static func sql(_ question: String, newest: String? = nil) throws -> String {
        try compile(question, newest: newest)?.sql.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
            ?? "declined"
    }
}

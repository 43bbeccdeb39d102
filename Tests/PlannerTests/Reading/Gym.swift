import Planner

/// A made-up chain of gyms: members with passes, what they changed about them, their bills and complaints.
enum Gym {
    static let source: SemanticSource = {
        func column(
            _ name: String, _ type: String = "text", nullable: Bool = false, values: [String] = [],
            synonyms: [String] = []
        ) -> SemanticSource.Column {
            .init(name: name, type: type, isNullable: nullable, synonyms: synonyms, values: values)
        }
        func table(
            _ name: String, synonyms: [String] = [], time: String? = nil, _ columns: [SemanticSource.Column]
        ) -> SemanticSource.Table {
            .init(
                name: name, synonyms: synonyms, columns: [column("id", "integer")] + columns, primaryKey: ["id"],
                foreignKeys: columns.contains { $0.name == "member_id" }
                    ? [.init(columns: ["member_id"], table: TableID(name: "members"), referencedColumns: ["id"])] : [],
                timeColumn: time)
        }
        func part(
            _ table: String, _ expression: String, filter: String? = nil, time: String
        ) -> SemanticSource.Metric.Part {
            .init(table: TableID(name: table), expression: expression, filter: filter, timeColumn: time)
        }
        return SemanticSource(
            tables: [
                table(
                    "members", synonyms: ["athletes"], time: "joined_on",
                    [
                        column("member_name"), column("joined_on", "date"),
                        column("body_type", values: ["light", "gold", "heavy"]),
                        column("city", values: ["Leeds", "York"]),
                        column("state", values: ["active", "lapsed", "guest"]),
                    ]),
                table(
                    "passes", synonyms: ["memberships"], time: "started_at",
                    [
                        column("member_id", "integer"), column("tier", values: ["basic", "silver", "gold"]),
                        column("fee", "numeric(8,2)", synonyms: ["dues"]),
                        column("billing_cycle", values: ["monthly", "annual"]),
                        column("started_at", "timestamp with time zone"),
                        column("ended_at", "timestamp with time zone", nullable: true),
                    ]),
                table(
                    "pass_switches", synonyms: ["switch-ups", "upgrades", "downgrades"], time: "switched_at",
                    [
                        column("member_id", "integer"),
                        column("switch_type", values: ["upgrade", "downgrade", "pause"]),
                        column("switched_at", "timestamp with time zone"),
                    ]),
                table(
                    "bills", time: "billed_at",
                    [
                        column("member_id", "integer"), column("amount", "numeric(8,2)"),
                        column("status", values: ["settled", "bounced", "waiting"]),
                        column("billed_at", "timestamp with time zone"),
                    ]),
                table(
                    "complaints", synonyms: ["desk cases"], time: "created_at",
                    [
                        column("member_id", "integer"), column("topic", values: ["billing", "showers"]),
                        column("created_at", "timestamp with time zone"),
                        column("solved_at", "timestamp with time zone", nullable: true),
                    ]),
            ],
            metrics: [
                .init(
                    name: "Monthly Dues", synonyms: ["dues"],
                    computation: .snapshot(
                        part("passes", "SUM(fee)", time: "started_at"), start: "started_at", end: "ended_at",
                        isAdditive: true), dimensions: ["tier"]),
                .init(
                    name: "Running Passes", synonyms: ["paying members"],
                    computation: .snapshot(
                        part("passes", "COUNT(*)", time: "started_at"), start: "started_at", end: "ended_at",
                        isAdditive: true), dimensions: ["tier"]),
                .init(
                    name: "Bounce Rate", synonyms: ["bounced bills"],
                    computation: .ratio(
                        numerator: part(
                            "bills", "100.0 * COUNT(*) FILTER (WHERE status = 'bounced')", time: "billed_at"),
                        denominator: part("bills", "COUNT(*)", time: "billed_at"))),
                .init(
                    name: "Money Received", synonyms: ["takings"],
                    computation: .aggregate(
                        part("bills", "SUM(amount)", filter: "status = 'settled'", time: "billed_at"),
                        isAdditive: true)),
                .init(
                    name: "Time to Solve", synonyms: ["solving time"],
                    computation: .aggregate(
                        part(
                            "complaints", "AVG(EXTRACT(EPOCH FROM solved_at - created_at)) / 3600",
                            filter: "solved_at IS NOT NULL", time: "created_at"), isAdditive: false)),
                .init(
                    name: "Attrition", synonyms: ["lapse rate"],
                    computation: .statement(
                        "SELECT 100.0 * count(*) FILTER (WHERE ended_at IS NOT NULL) / count(*) FROM passes",
                        tables: [TableID(name: "passes")])),
            ])
    }()

    static let planner = Planner(over: source)

    static func plan(_ question: String) -> PlannedQuestion? {
        guard case .plan(let planned) = planner.plan(question) else { return nil }
        return planned
    }

    /// In one line; nil where the question is not answered.
    static func sql(_ question: String) throws -> String? {
        try planner.sql(question, over: source, on: "2026-05-04")
    }

    /// The labels of the choices of a question back.
    static func choices(_ question: String) -> [String] {
        guard case .clarify(let clarification) = planner.plan(question) else { return [] }
        return clarification.choices.map(\.label)
    }
}

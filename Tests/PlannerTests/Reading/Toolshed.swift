import Planner

/// A made-up library of tools: nothing curated, verbs and junctions everywhere.
enum Toolshed {
    static let source: SemanticSource = {
        func column(_ name: String, _ type: String = "text", _ values: [String] = [], nullable: Bool = true)
            -> SemanticSource.Column
        {
            .init(name: name, type: type, isNullable: nullable, values: values)
        }
        func id(_ name: String) -> SemanticSource.Column { column(name, "integer", nullable: false) }
        func key(_ column: String, _ table: String, _ target: String) -> SemanticSource.ForeignKey {
            .init(columns: [column], table: TableID(name: table), referencedColumns: [target])
        }
        return SemanticSource(tables: [
            .init(
                name: "members",
                columns: [
                    id("member_id"), column("full_name", "text", ["Ada Holt", "Ben Ives"], nullable: false),
                    column("email"), column("phone_no"), column("birth_year", "integer"), column("joined_on", "date"),
                    column("membership", "character(1)", ["A", "M"]), column("town", "text", ["Halle", "Ostend"]),
                ], primaryKey: ["member_id"]),
            .init(
                name: "branches",
                columns: [
                    id("branch_id"), column("name", "text", ["Dock Shed", "Mill Shed"]), column("opened_on", "date"),
                    column("manager_id", "integer"),
                ], primaryKey: ["branch_id"], foreignKeys: [key("manager_id", "members", "member_id")]),
            .init(
                name: "tools",
                columns: [
                    id("tool_id"), column("name", nullable: false), column("branch_id", "integer"),
                    column("maker", "text", ["Makto", "Hilder"]), column("year_made", "integer"),
                    column("price", "numeric(8,2)"), column("serial_no"),
                ], primaryKey: ["tool_id"], foreignKeys: [key("branch_id", "branches", "branch_id")]),
            .init(
                name: "uses", columns: [id("use_id"), column("use_name", "text", ["roofing", "tiling"])],
                primaryKey: ["use_id"]),
            .init(
                name: "tool_uses", columns: [id("tool_id"), id("use_id")], primaryKey: ["tool_id", "use_id"],
                foreignKeys: [key("tool_id", "tools", "tool_id"), key("use_id", "uses", "use_id")]),
            .init(
                name: "loans",
                columns: [
                    id("loan_id"), id("tool_id"), id("member_id"), column("lent_on", "date", nullable: false),
                    column("returned_on", "date"),
                ], primaryKey: ["loan_id"],
                foreignKeys: [key("tool_id", "tools", "tool_id"), key("member_id", "members", "member_id")]),
            .init(
                name: "fees",
                columns: [
                    id("fee_id"), id("member_id"), column("amount", "numeric(6,2)"), column("charged_on", "date"),
                    column("paid_on", "date"),
                ], primaryKey: ["fee_id"], foreignKeys: [key("member_id", "members", "member_id")]),
            .init(
                name: "sales",
                columns: [
                    id("sale_id"), id("tool_id"), column("sold_on", "date"), column("takings", "numeric(8,2)"),
                ], primaryKey: ["sale_id"], foreignKeys: [key("tool_id", "tools", "tool_id")]),
        ])
    }()

    static let planner = Planner(over: source)

    /// In one line; nil where the question is not answered.
    static func sql(_ question: String) throws -> String? {
        try planner.sql(question, over: source, on: "2026-05-04")
    }
}

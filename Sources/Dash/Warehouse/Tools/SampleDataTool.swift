package import Agents
package import LanguageModels
import Postgres
package import ServiceRuntime

/// `get_sample_data`: a few rows of a table, personal columns masked.
package struct SampleDataTool: Tool {
    private let warehouse: Warehouse
    private let personalColumns: PersonalColumns

    package init(warehouse: Warehouse, personalColumns: PersonalColumns) {
        self.warehouse = warehouse
        self.personalColumns = personalColumns
    }

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "get_sample_data",
            description: "Shows a few rows of a table or view, in no particular order. Personal columns are masked.",
            parameters: .schema(
                ["table": .tableProperty, "limit": .property("integer", "Rows, 1 to 50; 5 if not given.")],
                required: ["table"]))
    }

    package func call(_ arguments: JSONValue) async throws -> ToolOutput {
        guard let table = arguments.text("table") else { return ToolOutput(wrongArguments: "table is missing") }
        do {
            let relation = try await warehouse.introspection.catalog(refresh: false).required(table)
            let limit = arguments.count("limit", default: 5, in: 1...50)
            let masked = relation.columns.map(\.name).filter { personalColumns.contains($0, in: relation) }
            let result = try await warehouse.analyst.run(
                Self.statement(relation, masked: Set(masked), limit: limit), keepingAs: "sample")
            var members: [String: JSONValue] = [
                "table": .string(relation.qualifiedName), "rows": result.rowObjects,
                "truncated": .bool(result.isTruncated || result.hasCutCells),
            ]
            if !masked.isEmpty { members["masked_columns"] = .array(masked.map(JSONValue.string)) }
            return ToolOutput(
                content: JSONValue.object(members).encoded(),
                summary: "\(result.rows.count) rows of \(relation.qualifiedName)")
        } catch let failure as SQLFailure {
            return ToolOutput(failure)
        }
    }

    /// Only columns that the analyst may read are named; a masked one still shows whether it has a value.
    static func statement(_ relation: SchemaCatalog.Relation, masked: Set<String>, limit: Int) -> String {
        let columns = relation.columns.map { column in
            let name = PostgresQuery.quoted(identifier: column.name)
            return masked.contains(column.name) ? "CASE WHEN \(name) IS NOT NULL THEN '***' END AS \(name)" : name
        }
        return "SELECT \(columns.joined(separator: ", ")) FROM \(relation.sqlName) LIMIT \(limit)"
    }
}

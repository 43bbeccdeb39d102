package import Agents
package import LanguageModels
import Postgres
package import ServiceRuntime

/// `get_column_distribution`: how often each value of a column occurs; of a personal column only how many there are.
package struct ColumnDistributionTool: Tool {
    private let warehouse: Warehouse
    private let personalColumns: PersonalColumns

    package init(warehouse: Warehouse, personalColumns: PersonalColumns) {
        self.warehouse = warehouse
        self.personalColumns = personalColumns
    }

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "get_column_distribution",
            description: """
                Shows the most frequent values of a column with their counts and shares, for example to learn how a status \
                is spelled. Values of personal columns are masked.
                """,
            parameters: .schema(
                [
                    "table": .tableProperty, "column": .property("string", "Name of the column."),
                    "limit": .property("integer", "Values, 1 to 100; 20 if not given."),
                ], required: ["table", "column"]))
    }

    package func call(_ arguments: JSONValue) async throws -> ToolOutput {
        guard let table = arguments.text("table") else { return ToolOutput(wrongArguments: "table is missing") }
        guard let name = arguments.text("column") else { return ToolOutput(wrongArguments: "column is missing") }
        do {
            let relation = try await warehouse.introspection.catalog(refresh: false).required(table)
            let column = try relation.required(column: name)
            let limit = arguments.count("limit", default: 20, in: 1...100)
            return try await distribution(of: column, in: relation, limit: limit)
        } catch let failure as SQLFailure {
            return ToolOutput(failure)
        }
    }

    private func distribution(
        of column: SchemaCatalog.Column, in relation: SchemaCatalog.Relation, limit: Int
    ) async throws -> ToolOutput {
        let name = PostgresQuery.quoted(identifier: column.name)
        let counts = try await warehouse.analyst.run(
            """
            SELECT count(*) AS rows, count(*) - count(\(name)) AS nulls, count(DISTINCT \(name)::text) AS distinct_values
            FROM \(relation.sqlName)
            """, keepingAs: "distribution")
        var members: [String: JSONValue] = [
            "table": .string(relation.qualifiedName), "column": .string(column.name), "type": .string(column.type),
        ]
        for (key, cell) in zip(counts.columns.map(\.name), counts.rows.first ?? []) {
            members[key] = cell.flatMap { Int64($0) }.map(JSONValue.integer) ?? .null
        }
        if personalColumns.contains(column.name, in: relation) {
            members["values"] = "masked: personal data"
        } else {
            let values = try await warehouse.analyst.run(
                """
                SELECT left(\(name)::text, 200) AS value, count(*) AS rows,
                    round(100.0 * count(*) / sum(count(*)) OVER (), 2) AS percent
                FROM \(relation.sqlName) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT \(limit)
                """, keepingAs: "distribution")
            members["values"] = values.rowObjects
            members["truncated"] = .bool((members["distinct_values"]?.integer ?? 0) > limit)
        }
        return ToolOutput(
            content: JSONValue.object(members).encoded(),
            summary: "\(members["distinct_values"]?.integer ?? 0) values in \(relation.qualifiedName).\(column.name)")
    }
}

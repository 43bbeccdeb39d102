package import Agents
package import LanguageModels
package import ServiceRuntime

/// `get_table_stats`: rows, null rates, ranges and distinct counts of a table.
package struct TableStatisticsTool: Tool {
    private let introspection: any Introspection
    private let personalColumns: PersonalColumns

    package init(introspection: any Introspection, personalColumns: PersonalColumns) {
        self.introspection = introspection
        self.personalColumns = personalColumns
    }

    package var definition: ToolDefinition {
        ToolDefinition(
            name: "get_table_stats",
            description: """
                Counts a table's rows and, per column, the share of nulls, the number of distinct values, the smallest and \
                the largest value. Ranges of personal columns are left out.
                """,
            parameters: .schema(["table": .tableProperty], required: ["table"]))
    }

    package func call(_ arguments: JSONValue) async throws -> ToolOutput {
        guard let table = arguments.text("table") else { return ToolOutput(wrongArguments: "table is missing") }
        do {
            let statistics = try await introspection.statistics(of: table, personalColumns: personalColumns)
            return ToolOutput(
                content: Self.json(statistics).encoded(),
                summary: "\(statistics.relation): \(statistics.isEstimate ? "about " : "")\(statistics.rows) rows")
        } catch let failure as SQLFailure {
            return ToolOutput(failure)
        }
    }

    private static func json(_ statistics: TableStatistics) -> JSONValue {
        [
            "table": .string(statistics.relation), "rows": .integer(Int64(statistics.rows)),
            "estimated": .bool(statistics.isEstimate), "columns": .array(statistics.columns.map(json)),
        ]
    }

    private static func json(_ column: TableStatistics.Column) -> JSONValue {
        var members: [String: JSONValue] = ["name": .string(column.name), "type": .string(column.type)]
        if let nulls = column.nullFraction { members["null_fraction"] = .number((nulls * 10_000).rounded() / 10_000) }
        if let distinct = column.distinctValues { members["distinct_values"] = .integer(Int64(distinct)) }
        if let minimum = column.minimum { members["min"] = .string(minimum) }
        if let maximum = column.maximum { members["max"] = .string(maximum) }
        return .object(members)
    }
}

import LanguageModels
import ServiceRuntime

/// A result as `run_sql` showed it to the model.
struct SeenResult: Sendable {
    var table: ResultTable
    /// False where rows are missing, here or from the result itself.
    var isComplete: Bool
    /// Of the result, of which the first ones are seen here.
    var rowCount: Int

    /// nil for a statement that failed.
    init?(_ step: Transcript.Step) {
        guard !step.result.isError, let json = try? JSONValue(parsing: step.result.content),
            let id = json["result_id"]?.string, let columns = json["columns"]?.array
        else { return nil }
        let rows = json["rows"]?.array ?? []
        let isTruncated = json["truncated"]?.bool ?? false
        table = ResultTable(
            id: id, sql: step.call.arguments["sql"]?.string ?? "",
            columns: columns.map { column in
                .init(
                    name: column["name"]?.string ?? "", type: column["type"]?.string.flatMap(ColumnType.init) ?? .other)
            },
            rows: rows.map { row in (row.array ?? []).map(\.string) }, isTruncated: isTruncated,
            milliseconds: json["milliseconds"]?.integer ?? 0)
        rowCount = json["row_count"]?.integer.map { Int($0) } ?? rows.count
        isComplete = !isTruncated && rowCount == rows.count
        guard table.rows.allSatisfy({ $0.count == table.columns.count }) else { return nil }
    }
}

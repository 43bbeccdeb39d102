/// One row of a result: cells in PostgreSQL's text format.
package struct PostgresRow: Sendable {
    package let columns: PostgresColumns
    package let cells: [String?]

    package init(columns: PostgresColumns, cells: [String?]) {
        self.columns = columns
        self.cells = cells
    }

    /// The cell's text, nil for NULL or an unknown column.
    package subscript(column: String) -> String? {
        columns.index(of: column).flatMap { cells[$0] }
    }

    /// Throws `PostgresError.decoding` where the column is unknown, NULL or not of the type.
    package func decode<Value: PostgresDecodable>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = try decodeIfPresent(column, as: type) else {
            throw PostgresError(.decoding, message: "column \(column) is NULL where \(type) is required")
        }
        return value
    }

    /// As `decode`, with nil for NULL.
    package func decodeIfPresent<Value: PostgresDecodable>(
        _ column: String, as type: Value.Type = Value.self
    ) throws -> Value? {
        guard let index = columns.index(of: column) else {
            throw PostgresError(.decoding, message: "the result has no column \(column)")
        }
        guard let text = cells[index] else { return nil }
        guard let value = Value(postgresText: text) else {
            throw PostgresError(.decoding, message: "column \(column) is not a \(type)")
        }
        return value
    }
}

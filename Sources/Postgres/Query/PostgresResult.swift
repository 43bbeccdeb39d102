/// What one statement returned.
package struct PostgresResult: Sendable {
    package let columns: PostgresColumns
    package let rows: [PostgresRow]
    /// For example `INSERT 0 3`.
    package let commandTag: String
    /// Rows inserted, updated, deleted, selected or fetched.
    package let affectedRows: Int

    package init(columns: PostgresColumns, rows: [PostgresRow], commandTag: String, affectedRows: Int) {
        self.columns = columns
        self.rows = rows
        self.commandTag = commandTag
        self.affectedRows = affectedRows
    }
}

/// A column, and where its table is reached from the plan's own table in several ways, by which.
package struct ColumnID: Sendable, Hashable, Codable {
    package var table: TableID
    package var name: String
    /// The column of the plan's own table whose foreign key leads here, where more than one does: of a flight's two
    /// airports the one behind `origin_id`.
    package var role: String?

    package init(_ table: TableID, _ name: String, role: String? = nil) {
        self.table = table
        self.name = name
        self.role = role
    }
}

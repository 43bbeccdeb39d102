/// A plan as a statement, with what its columns are.
package struct CompiledPlan: Sendable, Hashable, Codable {
    package struct Column: Sendable, Hashable, Codable {
        package enum Role: String, Sendable, Hashable, Codable {
            case dimension, measure, attribute
            /// The value of the period that is compared with, the change, and the change as a part of it.
            case compared, change, relativeChange
        }

        /// As the statement calls it.
        package var name: String
        package var role: Role
        package var unit: String?

        package init(name: String, role: Role, unit: String? = nil) {
            self.name = name
            self.role = role
            self.unit = unit
        }
    }

    /// One SELECT; the same plan on the same day gives the same bytes.
    package var sql: String
    package var columns: [Column]
    /// Tables it reads, in the order of their names.
    package var tables: [TableID]
    /// For people: the conditions and the period with its days, as they were applied.
    package var filters: [String]
    package var period: String?
    /// What the numbers do not show by themselves, a sentence each.
    package var caveats: [String]

    package init(
        sql: String, columns: [Column], tables: [TableID], filters: [String] = [], period: String? = nil,
        caveats: [String] = []
    ) {
        self.sql = sql
        self.columns = columns
        self.tables = tables
        self.filters = filters
        self.period = period
        self.caveats = caveats
    }
}

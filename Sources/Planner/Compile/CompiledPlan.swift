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

    /// What tells whether the last of a limited number of rows has equals that are not shown.
    package struct Cut: Sendable, Hashable, Codable {
        /// How many rows at most are asked for behind the last one.
        package static let mostRows = 20

        /// One SELECT of the last row and what comes behind it.
        package var sql: String
        /// The place of what decides in its rows, and what it is called.
        package var column: Int
        package var name: String
        /// The rows that the statement has where it has all of them.
        package var rows: Int

        package init(sql: String, column: Int, name: String, rows: Int) {
            self.sql = sql
            self.column = column
            self.name = name
            self.rows = rows
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
    /// Nil where there is no limit, or no value that is shown decides what is within it.
    package var cut: Cut?

    static let notOver = "is not over yet: it has days until"
    /// Whether a caveat says that the newest of the periods goes on.
    package var saysNotOver: Bool { caveats.contains { $0.contains(Self.notOver) } }

    package init(
        sql: String, columns: [Column], tables: [TableID], filters: [String] = [], period: String? = nil,
        caveats: [String] = [], cut: Cut? = nil
    ) {
        self.sql = sql
        self.columns = columns
        self.tables = tables
        self.filters = filters
        self.period = period
        self.caveats = caveats
        self.cut = cut
    }
}

/// Rows that a statement returned, exactly as the server printed them.
package struct ResultTable: Sendable, Codable, Equatable {
    package struct Column: Sendable, Codable, Equatable {
        package var name: String
        package var type: ColumnType
        /// What its numbers are, where the plan says it.
        package var meaning: NumberMeaning?

        package init(name: String, type: ColumnType, meaning: NumberMeaning? = nil) {
            self.name = name
            self.type = type
            self.meaning = meaning
        }
    }

    package enum NumberMeaning: Sendable, Codable, Equatable {
        /// A change as a part of the earlier value: 0.037 is +3.7 %.
        case relativeChange
        /// Money, or percent.
        case unit(String)
    }

    /// What the statement did to schema `dash`.
    package struct Change: Sendable, Codable, Equatable {
        /// Whether objects may be gone.
        package var drops: Bool

        package init(drops: Bool) { self.drops = drops }
    }

    /// Under which the run keeps it, for example `result_1`.
    package var id: String
    package var sql: String
    package var columns: [Column]
    /// One text per cell in PostgreSQL's output format; nil is NULL.
    package var rows: [[String?]]
    /// True where the statement had more rows than the cap; `rows` holds the first ones.
    package var isTruncated: Bool
    package var milliseconds: Int
    /// True where long texts were cut; those cells say so at their end.
    package var hasCutCells: Bool
    /// Nil where the statement only read.
    package var change: Change?

    package init(
        id: String, sql: String, columns: [Column], rows: [[String?]], isTruncated: Bool, milliseconds: Int,
        hasCutCells: Bool = false
    ) {
        self.id = id
        self.sql = sql
        self.columns = columns
        self.rows = rows
        self.isTruncated = isTruncated
        self.milliseconds = milliseconds
        self.hasCutCells = hasCutCells
    }
}

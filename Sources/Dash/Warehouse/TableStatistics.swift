/// Counts and ranges of a table's columns; never sampled values of columns marked as personal.
package struct TableStatistics: Sendable, Codable, Equatable {
    package struct Column: Sendable, Codable, Equatable {
        package var name: String
        package var type: String
        /// 0 to 1.
        package var nullFraction: Double?
        package var distinctValues: Int?
        package var minimum: String?
        package var maximum: String?

        package init(
            name: String, type: String, nullFraction: Double?, distinctValues: Int?, minimum: String?, maximum: String?
        ) {
            self.name = name
            self.type = type
            self.nullFraction = nullFraction
            self.distinctValues = distinctValues
            self.minimum = minimum
            self.maximum = maximum
        }
    }

    package var relation: String
    package var rows: Int
    /// True where the table is too big to count: rows, null fractions and distinct values are then the planner's.
    package var isEstimate: Bool
    package var columns: [Column]

    package init(relation: String, rows: Int, isEstimate: Bool = false, columns: [Column]) {
        self.relation = relation
        self.rows = rows
        self.isEstimate = isEstimate
        self.columns = columns
    }
}

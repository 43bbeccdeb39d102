/// How big a relation is and how often it has changed, as the server's own bookkeeping has it.
package struct RelationFacts: Sendable, Equatable {
    package struct Column: Sendable, Equatable {
        /// As `pg_stats` has it: a count, or below zero a share of the rows; nil before the first ANALYZE.
        package var distinctEstimate: Double?
        /// Bytes of an average value.
        package var width: Int?
        /// The first column of an index that keeps order.
        package var isIndexed: Bool
    }

    /// Of tables with their partitions; nil for views, which nobody can know before they are read.
    package var bytes: Int?
    /// The planner's estimate; nil before the first ANALYZE and for views.
    package var rows: Int?
    /// Rows inserted, updated and deleted since the server began to count; nil for views.
    package var changes: Int?
    /// Whether a sample of its pages can be read.
    package var isSampled: Bool
    package var columns: [String: Column]
}

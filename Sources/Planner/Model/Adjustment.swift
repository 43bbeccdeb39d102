/// What a correction taught, as a change that can be checked, shown and taken back.
package enum Adjustment: Sendable, Hashable, Codable {
    /// The phrase means this metric.
    case metricSynonym(phrase: String, metric: String)
    /// The phrase means this column.
    case columnSynonym(phrase: String, column: ColumnID)
    /// The phrase means this table.
    case tableSynonym(phrase: String, table: TableID)
    /// The phrase means this value of this column.
    case valueAlias(phrase: String, column: ColumnID, value: String)
    /// Unless a question says otherwise, the metric or table counts only rows with this condition.
    case defaultFilter(metric: String?, table: TableID?, condition: Condition)
    /// The word changes nothing and may be passed over.
    case excludedWord(String)
}

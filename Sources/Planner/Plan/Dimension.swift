/// What rows are put into groups by.
package enum Dimension: Sendable, Hashable, Codable {
    case column(ColumnID)
    /// The column is nil where each measure has its own.
    case time(ColumnID?, TimeGrain)
    /// The same part of every week, day or year; the column is nil where each measure has its own.
    case cycle(ColumnID?, CalendarCycle)
    /// Ranges of a number, as many as read well.
    case range(ColumnID)
    /// Groups that conditions make, in this order, each with its name: "on weekends", "over 100 against the rest".
    case segments([Segment])

    package struct Segment: Sendable, Hashable, Codable {
        package var label: String
        package var conditions: [Condition]

        package init(label: String, conditions: [Condition]) {
            self.label = label
            self.conditions = conditions
        }
    }
}

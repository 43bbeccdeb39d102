/// What must hold for a row.
package indirect enum Condition: Sendable, Hashable, Codable {
    case compare(ColumnID, Comparator, NumberLiteral)
    /// One of the texts, as they are written in the data; numbers and enumerations as text too.
    case oneOf(ColumnID, [String])
    /// The text occurs in it, in any case.
    case text(ColumnID, TextMatch, String)
    case isEmpty(ColumnID)
    case isTrue(ColumnID)
    /// In the period; for a date or a moment.
    case period(ColumnID, Period)
    /// On some of the days of the week (0 for Sunday), hours of the day (0 to 23) or months of the year (1 to 12), in
    /// whatever year.
    case cycle(ColumnID, CalendarCycle, [Int])
    /// The row's number held against an aggregate over all rows: "above average".
    case beyond(ColumnID, Comparator, Measure.Aggregate)
    /// One column held against another.
    case columns(ColumnID, Comparator, ColumnID)
    /// Rows of another table belong to this row: "customers who have placed an order over 100".
    case related(TableID, conditions: [Condition], role: String?)
    /// So many rows of another table belong to this row: "customers with at least two orders".
    case counted(CountedRows, Comparator, NumberLiteral)
    /// The row's number is the smallest or greatest among rows that have the same of these: "the cheapest of each kind".
    case extreme(ColumnID, Measure.Aggregate, within: [ColumnID])
    case not(Condition)
    case any([Condition])

    package enum TextMatch: String, Sendable, Hashable, Codable {
        case contains, startsWith, endsWith, equals
    }
}

/// Rows of another table that belong to a row, to be counted.
package struct CountedRows: Sendable, Hashable, Codable {
    package var table: TableID
    package var conditions: [Condition]
    /// Each value of it counts once; every row where there is none.
    package var distinct: ColumnID?
    /// The foreign key by which they belong to it, where there are several.
    package var role: String?

    package init(_ table: TableID, conditions: [Condition] = [], distinct: ColumnID? = nil, role: String? = nil) {
        self.table = table
        self.conditions = conditions
        self.distinct = distinct
        self.role = role
    }
}

package enum Comparator: String, Sendable, Hashable, Codable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
}

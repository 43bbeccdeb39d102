/// A change to an earlier plan, as a question that goes on from it asks for.
package enum PlanEdit: Sendable, Hashable, Codable {
    /// By these; columns are shown beside them. What it was split by before is replaced, time excepted, unless more is
    /// added.
    case split([Dimension], columns: [ColumnID], isAdded: Bool)
    case removeSplit
    case removeDimension(Dimension)
    /// At this grain; the column is nil where each measure has its own.
    case grain(TimeGrain, ColumnID?)
    /// Instead of what held for the same column.
    case filter(Condition)
    /// Beside what held for the same column: "also France".
    case include(Condition)
    /// It drops what it contradicts.
    case exclude(Condition)
    case removeFilters
    case removeFiltersOf(ColumnID)
    case period(Plan.TimeScope)
    case removePeriod
    case compare(Plan.Comparison)
    case top(Int, isDescending: Bool)
    case removeLimit
    /// As many again, or so many, behind those that were shown; all of them where there is no number.
    case next(Int?)
    case sort(isDescending: Bool)
    case order([Plan.Order])
    /// Only groups whose number is so.
    case having(Plan.Having)
    /// Beside those of a list.
    case addColumns([ColumnID])
    case present(Plan.Presentation)
    case addMeasure(Measure)
    case replaceMeasure(Measure)
    case removeMeasure(Measure)
    /// The rows that were counted, as a list.
    case rows(TableID, columns: [ColumnID], conditions: [Condition], Plan.TimeScope?)
    /// Over the rows of a list.
    case numberOfRows(Measure)
    /// The groups that were shown, as rows that meet what they were picked by.
    case countOf(TableID, conditions: [Condition])
    /// Of each row of a list, by its key and shown by its labels, where the conditions hold.
    case numberOfEach(Measure, by: ColumnID, columns: [ColumnID], conditions: [Condition])
    /// The rows of a list, or what was split, as one number.
    case count
    /// Each group's part of the whole.
    case share
    /// "why did it rise?": the change of one number over the period, by a split where there is one.
    case drivers(Plan.TimeScope, compared: Plan.Comparison, measure: Measure, by: Dimension?)
    /// "why that number?": what it means and how it was computed; changes nothing.
    case explain
}

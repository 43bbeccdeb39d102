/// What the pieces of one compilation share.
struct CompileTools {
    let schema: CompileSchema
    let days: PeriodDays
    let notes: CompileNotes
    let subject: TableID?

    var conditions: ConditionCompiler { ConditionCompiler(schema: schema, days: days, notes: notes) }
    var groups: GroupWriter { GroupWriter(schema: schema, days: days, conditions: conditions) }
    var rowValues: RowValueWriter { RowValueWriter(schema: schema, days: days) }

    func reader(groupings: [Grouping]) -> MeasureReader {
        MeasureReader(
            schema: schema, subject: subject, groupColumns: groupings.compactMap(\.column), notes: notes)
    }

    /// A name for a common table that hides no table.
    func commonName(_ name: String) -> String {
        var candidate = name
        while schema.tables.keys.contains(where: { $0.name == candidate }) { candidate += "_" }
        return candidate
    }
}

package import Planner
package import ServiceRuntime

/// Everything that a question is planned with, as of one moment.
package struct PlanningState: Sendable {
    package let source: SemanticSource
    package let values: ValueIndex
    /// The newest day of time columns, where it is cheap to know.
    package let newest: [ColumnID: CivilDate]

    /// - Parameter today: in the company's time zone.
    package func clock(today: CivilDate) -> DataClock { DataClock(today: today, newest: newest) }
}

extension PlanningState {
    /// Takes a while with many values: indexes are built.
    ///
    /// - Parameter profiles: by `schema.name`; of what the source calls personal nothing is taken, whatever they hold.
    @concurrent
    static func made(of source: SemanticSource, _ profiles: [String: TableProfile.Stored]) async -> PlanningState {
        var values = ValueIndex.Builder()
        var newest: [ColumnID: CivilDate] = [:]
        for table in source.tables {
            let profile = profiles[table.id.description]?.profile
            for column in table.columns {
                let id = ColumnID(table.id, column.name)
                newest[id] = profile?.newest[column.name].flatMap { Day($0)?.date }
                guard !column.isPersonal else { continue }
                if !column.values.isEmpty { values.add(column.values, of: id) }
                if let texts = profile?.texts[column.name]?.values { values.add(texts, of: id) }
            }
        }
        return PlanningState(source: source, values: values.build(), newest: newest)
    }
}

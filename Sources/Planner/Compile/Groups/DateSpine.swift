import ServiceRuntime

/// What the relation of periods and its columns are called.
struct SpineNames: Hashable {
    var relation: String
    /// The first day of the period.
    var start: String
    /// The first day after it, at most the first one after the period that is asked for, and tomorrow.
    var end: String
}

/// The periods of a trend, one row each, so that none is missing where nothing happened.
///
/// Never outside of the data: a period that begins before the first row of the table, or ends after the last one, is cut.
struct DateSpine {
    struct Range {
        /// Columns of time, each over all rows of its table.
        var columns: [ColumnID] = []
        /// Common tables by period, where no single column says when their rows happened.
        var totals: [String] = []
    }

    let tools: CompileTools
    let query: GroupQuery
    let grouping: Grouping
    let grain: TimeGrain
    let names: SpineNames

    private var today: CivilDate { tools.days.clock.today }

    /// - Parameters:
    ///   - totals: common tables of rows by period, from which open ends are taken.
    ///   - snapshots: tables and columns where a stock begins.
    ///   - range: what says where the rows begin and end, whatever is asked of them.
    func select(
        totals: [String], snapshots: [ColumnID], column: ColumnID?, range: Range
    ) throws(CompileError) -> SQLSelect {
        let bounds = column.flatMap { self.bounds(for: $0) }
        let resolver = column.map { tools.days.resolver(for: $0) }
        let unit: (CivilDate) -> CivilDate = { day in
            guard let resolver, grain != .hour else { return day }
            return resolver.start(of: grain, holding: day)
        }
        var low = bounds?.start.map { Self.timestamp(unit($0)) }
        var high = bounds?.end.map { end -> SQLExpression in
            let last = end.adding(days: -1)
            let isAhead = (bounds?.start).map { $0 > today } ?? false
            let day = isAhead ? last : min(last, today)
            return grain == .hour ? .cast(.text("\(day) 23:00:00"), "timestamp") : Self.timestamp(unit(day))
        }
        if let asked = low {
            let first = try Self.chosen("LEAST", edges("min", range.totals, range.columns + snapshots))
            low = first.map { .call("GREATEST", [asked, $0]) } ?? asked
        } else {
            low = try open("min", "LEAST", totals, snapshots)
        }
        if !snapshots.isEmpty {
            // A stock lasts on after its last change.
            high = high ?? Self.timestamp(unit(today))
        } else if let asked = high {
            let last = try Self.chosen("GREATEST", edges("max", range.totals, range.columns))
            high = last.map { .call("LEAST", [asked, $0]) } ?? asked
        } else {
            high = try open("max", "GREATEST", totals, [])
        }
        guard let low, let high else { throw CompileError("Nothing says which periods there are.") }
        if snapshots.isEmpty, let resolver, let column { warn(aboutLast: bounds, resolver, column) }
        let day = SQLExpression.column("bucket", "bucket")
        let step = PeriodDays.step(grain)
        var items = [SQLSelect.Item(grain == .hour ? day : .cast(day, "date"), names.start)]
        if !snapshots.isEmpty {
            guard grain != .hour else { throw CompileError("Stocks are not computed by the hour.") }
            let next = SQLExpression.cast(.binary(day, .plus, step), "date")
            let tomorrow = today.adding(days: 1)
            let end = bounds?.end.map { min($0, tomorrow) } ?? tomorrow
            items.append(.init(.call("LEAST", [next, .day(end)]), names.end))
        }
        return SQLSelect(items: items, from: .series([low, high, step], name: "bucket"))
    }

    /// Says so where the newest of the periods is still going on, or its data is not all there yet.
    private func warn(aboutLast bounds: ResolvedPeriod?, _ resolver: PeriodResolver, _ column: ColumnID) {
        guard grain != .hour, grain != .day else { return }
        let newest = tools.days.clock.newest[ColumnID(column.table, column.name)]
        let known = min(today, newest ?? today)
        guard let next = resolver.spine(from: known, to: known.adding(days: 400), by: grain, limit: 2).last else {
            return
        }
        let isAsked = bounds.map { ($0.start ?? known) <= known && ($0.end ?? next) > known } ?? (newest != nil)
        guard isAsked, known.adding(days: 1) < next else { return }
        let start = resolver.start(of: grain, holding: known)
        tools.notes.warn(
            "The \(grain.name) that begins on \(DayText.long(start)) \(CompiledPlan.notOver) "
                + "\(DayText.long(known)).")
    }

    /// The days that are asked for, where they limit the column that makes the periods.
    private func bounds(for column: ColumnID) -> ResolvedPeriod? {
        guard let time = query.time, case .time(let own, _) = grouping.kind else { return nil }
        guard time.column == own || time.column == nil && own == column || own == nil && time.column == column else {
            return nil
        }
        return tools.days.resolve(time.period, for: column)
    }

    private func open(
        _ function: String, _ choice: String, _ totals: [String], _ snapshots: [ColumnID]
    ) throws(CompileError) -> SQLExpression? {
        try Self.chosen(choice, edges(function, totals, snapshots)).map { .cast($0, "timestamp") }
    }

    /// The first or last period of each.
    private func edges(
        _ function: String, _ totals: [String], _ columns: [ColumnID]
    ) throws(CompileError) -> [SQLExpression] {
        var ends = totals.map { total in
            SQLExpression.scalar(
                SQLSelect(
                    items: [
                        .init(
                            .aggregate(function, [.column(total, grouping.names[0])], isDistinct: false, filter: nil))
                    ], from: .common(total)))
        }
        for column in columns {
            var scope = try Scope(column.table, schema: tools.schema, notes: tools.notes)
            let value = SQLExpression.aggregate(function, [try scope.column(column)], isDistinct: false, filter: nil)
            ends.append(
                .scalar(
                    SQLSelect(
                        items: [.init(try tools.days.bucket(value, of: column, by: grain))], from: scope.source)))
        }
        return ends
    }

    private static func chosen(_ choice: String, _ ends: [SQLExpression]) -> SQLExpression? {
        ends.count > 1 ? .call(choice, ends) : ends.first
    }

    private static func timestamp(_ day: CivilDate) -> SQLExpression { .cast(.text(day.description), "timestamp") }
}

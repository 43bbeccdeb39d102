import ServiceRuntime

/// Each period of a trend beside an earlier one.
struct TrendComparison {
    let tools: CompileTools
    let query: GroupQuery
    let recipe: Plan.Recipe
    let comparison: Plan.Comparison

    func compile(names: [String], shown: Int) throws(CompileError) -> ComparedRows {
        guard let grouping = query.timeGrouping, let grain = grouping.grain, grain != .hour else {
            throw CompileError("Hours are not compared with each other.")
        }
        let column = try timeColumn(grouping)
        let resolver = tools.days.resolver(for: column)
        let period = query.time.map { tools.days.resolve($0.period, for: column) }
        let distance = try distance(grain, resolver)
        // The first period shown is compared too, so rows before it are read.
        var wider = query
        wider.fillsTime = true
        var first: CivilDate?
        if let time = query.time, let start = period?.start {
            let shownFrom = resolver.start(of: grain, holding: start)
            first = shownFrom
            let from = Self.shift(shownFrom, by: -distance, grain)
            wider.time = Plan.TimeScope(
                column: time.column, period: .days(from: Day(from), through: (period?.last).map { Day($0) }))
            tools.notes.period = period?.label
        }
        let trend = tools.commonName("trend")
        let rows = try GroupedBuilder(tools: tools).build(wider).wrapped(in: trend, query.groupings, names: names)
        let compared = tools.commonName("compared")
        let inner = lagged(rows, in: trend, names: names, shown: shown, by: distance)
        var select = SQLSelect(
            common: rows.select.common + [.init(name: compared, select: inner)], from: .common(compared))
        if let first {
            select.conditions = [
                .binary(.column(compared, grouping.names[0]), .atLeast, .text(first.description))
            ]
        }
        let values = names.map { SQLExpression.column(compared, $0) }
        return ComparedRows(
            rows: GroupedRows(
                select: select,
                groups: query.groupings.map { grouping in grouping.names.map { .column(compared, $0) } },
                isNullable: rows.isNullable, values: values, isAggregated: false),
            comparisons: (0..<shown).map {
                ComparedRows.Comparison(values[$0], against: .column(compared, Self.earlier(names[$0])))
            })
    }

    /// The trend's rows, with the values of so many periods before beside those shown.
    private func lagged(
        _ rows: GroupedRows, in trend: String, names: [String], shown: Int, by distance: Int
    ) -> SQLSelect {
        let place = query.groupings.firstIndex { $0.grain != nil } ?? 0
        let partition = rows.groups.enumerated().filter { $0.offset != place }.flatMap(\.element)
        var select = rows.select
        select.common = []
        select.items = query.groupings.flatMap(\.names).map { .init(.column(trend, $0), $0) }
        for (index, name) in names.enumerated() {
            select.items.append(.init(.column(trend, name), name))
            guard index < shown else { continue }
            let lag = SQLExpression.over(
                .call("lag", [.column(trend, name), .number(distance)]), partition: partition,
                order: rows.groups[place])
            select.items.append(.init(lag, Self.earlier(name)))
        }
        return select
    }

    private static func earlier(_ name: String) -> String { "earlier_\(name)" }

    private func timeColumn(_ grouping: Grouping) throws(CompileError) -> ColumnID {
        if let column = grouping.column ?? query.time?.column { return column }
        for leaf in query.formulas.flatMap(\.leaves) {
            if case .atom(let atom) = leaf {
                if let snapshot = atom.snapshot { return ColumnID(atom.base, snapshot.start) }
                return try tools.schema.time(of: atom)
            }
        }
        throw CompileError("Which date puts rows into periods is not said.")
    }

    /// How many periods lie between a period and its counterpart.
    private func distance(_ grain: TimeGrain, _ resolver: PeriodResolver) throws(CompileError) -> Int {
        if comparison == .yearBefore {
            switch grain {
            case .month: return 12
            case .quarter, .fiscalQuarter: return 4
            case .year, .fiscalYear: return 1
            case .hour, .day, .week: throw CompileError("A year has no whole number of weeks or equal days to compare.")
            }
        }
        guard recipe == .comparison, let time = query.time else { return 1 }
        guard let (current, compared) = resolver.comparison(of: time.period, comparison), let start = current.start,
            let other = compared.start
        else { throw CompileError("The period has no first or no last day, so nothing stands beside it.") }
        let months = (start.year - other.year) * 12 + start.month - other.month
        let days = start.daysSinceEpoch - other.daysSinceEpoch
        let (count, rest) =
            switch grain {
            case .hour, .day: (days, 0)
            case .week: days.quotientAndRemainder(dividingBy: 7)
            case .month: (months, start.day - other.day)
            case .quarter, .fiscalQuarter: months.quotientAndRemainder(dividingBy: 3)
            case .year, .fiscalYear: months.quotientAndRemainder(dividingBy: 12)
            }
        guard count > 0, rest == 0 else {
            throw CompileError("The periods that are compared do not fall into the same \(grain.name)s.")
        }
        return count
    }

    private static func shift(_ day: CivilDate, by count: Int, _ grain: TimeGrain) -> CivilDate {
        switch grain {
        case .hour, .day: day.adding(days: count)
        case .week: day.adding(days: 7 * count)
        case .month: day.adding(months: count)
        case .quarter, .fiscalQuarter: day.adding(months: 3 * count)
        case .year, .fiscalYear: day.adding(months: 12 * count)
        }
    }
}

import ServiceRuntime

/// Rows with what they are compared with, by formula.
struct ComparedRows {
    struct Comparison {
        var previous: SQLExpression
        var change: SQLExpression
        /// The change as a part of the earlier value.
        var relative: SQLExpression
    }

    var rows: GroupedRows
    var comparisons: [Comparison]
}

/// A period beside another one: both computed by themselves, then put side by side on the groups.
struct ComparisonCompiler {
    let tools: CompileTools
    let query: GroupQuery
    let recipe: Plan.Recipe
    let comparison: Plan.Comparison

    func compile(names: [String], shown: Int) throws(CompileError) -> ComparedRows {
        if query.timeGrouping != nil {
            return try TrendComparison(tools: tools, query: query, recipe: recipe, comparison: comparison)
                .compile(names: names, shown: shown)
        }
        guard let time = query.time else { throw CompileError("Which period is compared is not said.") }
        let column = if let column = time.column { column } else { try ownTime() }
        guard
            let (current, compared) = resolver(for: column).comparison(of: time.period, comparison)
        else {
            throw CompileError("The period has no first or no last day, so nothing stands beside it.")
        }
        if let start = current.start, let other = compared.start, other >= start {
            throw CompileError(
                "\(compared.label) is not before \(current.label); say which earlier period it is compared with.")
        }
        for note in [current.note, compared.note] { if let note { tools.notes.warn(note) } }
        tools.notes.period = "\(current.label), compared with \(compared.label)"
        let sides = [
            (tools.commonName("current_period"), current), (tools.commonName("previous_period"), compared),
        ]
        var common: [SQLSelect.Common] = []
        var isNullable: [Bool] = []
        let groupings = query.groupings.map { grouping in
            var grouping = grouping
            grouping.isHidden = false
            return grouping
        }
        for (name, period) in sides {
            var side = query
            side.time = Plan.TimeScope(
                column: time.column,
                period: .days(from: period.start.map { Day($0) }, through: period.last.map { Day($0) }))
            var rows = try GroupedBuilder(tools: tools).build(side)
            rows.finish(groupings, names: names, shown: names.count)
            common.append(.init(name: name, select: rows.select))
            isNullable = rows.isNullable
        }
        return ComparedRows.joined(
            common: common, current: sides[0].0, previous: sides[1].0, query: query, isNullable: isNullable,
            names: names, shown: shown, series: tools.commonName("series"))
    }

    /// How far a stock is known is not told by its last change, but by how far the other data reaches.
    private func resolver(for column: ColumnID) -> PeriodResolver {
        guard isStock else { return tools.days.resolver(for: column) }
        let clock = tools.days.clock
        let newest = clock.newest.filter { $0.key.table != column.table && $0.value <= clock.today }.values.max()
        return PeriodResolver(rules: tools.schema.calendar, today: clock.today, newest: newest)
    }

    private var isStock: Bool {
        let leaves = query.formulas.flatMap(\.leaves)
        return !leaves.isEmpty
            && leaves.allSatisfy { if case .atom(let atom) = $0 { atom.snapshot != nil } else { false } }
    }

    private func ownTime() throws(CompileError) -> ColumnID {
        for leaf in query.formulas.flatMap(\.leaves) {
            if case .atom(let atom) = leaf { return try tools.schema.time(of: atom) }
        }
        throw CompileError("Which date puts rows into periods is not said.")
    }
}

extension ComparedRows {
    static func joined(
        common: [SQLSelect.Common], current: String, previous: String, query: GroupQuery, isNullable: [Bool],
        names: [String], shown: Int, series: String
    ) -> ComparedRows {
        var select = SQLSelect(common: common)
        var groups: [[SQLExpression]] = []
        if query.groupings.isEmpty {
            select.from = .common(current)
            select.joins = [SQLJoin(kind: .cross, source: .common(previous), match: .nothing)]
        } else {
            let columns = query.groupings.flatMap(\.names)
            var all = SQLSelect(items: columns.map { .init(.column(current, $0), $0) }, from: .common(current))
            all.unions = [SQLSelect(items: columns.map { .init(.column(previous, $0), $0) }, from: .common(previous))]
            select.from = .select(all, name: series)
            groups = query.groupings.map { grouping in grouping.names.map { .column(series, $0) } }
            for side in [current, previous] {
                let match: SQLJoin.Match =
                    isNullable.contains(true)
                    ? .on(
                        zip(query.groupings, isNullable).flatMap { grouping, isNullable in
                            grouping.names.map { name in
                                .binary(
                                    .column(side, name), isNullable ? .isNotDistinct : .equal, .column(series, name))
                            }
                        }) : .using(columns)
                select.joins.append(SQLJoin(kind: .left, source: .common(side), match: match))
            }
        }
        let isGrouped = !query.groupings.isEmpty
        func value(_ side: String, _ index: Int) -> SQLExpression {
            let column = SQLExpression.column(side, names[index])
            let formula = query.formulas[index]
            return formula.isZeroWithoutRows && (isGrouped || formula.mayBeNothing) ? column.orZero : column
        }
        let values = names.indices.map { value(current, $0) }
        let rows = GroupedRows(
            select: select, groups: groups, isNullable: isNullable, values: values, isAggregated: false)
        let comparisons = (0..<shown).map { Comparison(values[$0], against: value(previous, $0)) }
        return ComparedRows(rows: rows, comparisons: comparisons)
    }
}

extension ComparedRows.Comparison {
    init(_ value: SQLExpression, against earlier: SQLExpression) {
        let change = SQLExpression.binary(value, .minus, earlier)
        self.init(previous: earlier, change: change, relative: .ratio(change, earlier))
    }
}

extension Formula {
    /// A sum over no rows is nothing, a count is zero.
    var mayBeNothing: Bool {
        guard case .atom(let atom) = self else { return true }
        switch atom.function {
        case .rows, .distinct: return false
        case .aggregate, .fragment: return true
        }
    }
}

/// Measures by groups, in all recipes that have them.
struct GroupedCompiler {
    let tools: CompileTools
    let plan: Plan

    func compile() throws(CompileError) -> CompiledRows {
        var shape = try GroupedShape(tools: tools, plan: plan)
        for order in plan.order {
            if case .hidden(let column) = order.key { try shape.hide(column) }
        }
        let reader = tools.reader(groupings: shape.groupings)
        var formulas: [Formula] = []
        for measure in shape.measures { formulas.append(try reader.formula(measure, for: plan.recipe)) }
        let shown = formulas.count
        var hidden = HiddenFormulas(shown: formulas)
        for having in plan.having { hidden.add(try reader.formula(having.measure, for: plan.recipe)) }
        for order in plan.order {
            if case .hiddenMeasure(let measure) = order.key {
                hidden.add(try reader.formula(measure, for: plan.recipe))
            }
        }
        formulas = hidden.all
        var names = shape.names
        while names.count < formulas.count { names.append(shape.unique("hidden_\(names.count + 1)")) }
        let isRunning = formulas.contains(where: \.isRunning)
        if isRunning { try checkRunning() }
        let isDated = shape.groupings.contains { $0.grain != nil }
        let query = GroupQuery(
            formulas: formulas, names: names, groupings: shape.groupings, conditions: shape.conditions, time: plan.time,
            fillsTime: isDated && (isRunning || ![.ranking, .breakdown].contains(plan.recipe)),
            includesEmpty: plan.includesEmpty && !shape.groupings.isEmpty,
            isRanked: plan.recipe == .ranking && plan.limit != nil)
        try note(query)
        if isDated, plan.recipe == .breakdown, !isRunning, let grain = query.timeGrouping?.grain {
            tools.notes.warn(
                "\(grain.name.prefix(1).uppercased())\(grain.name.dropFirst())s without rows are not listed.")
        }
        var result = try rows(of: query, reader, shown: shown)
        try addHaving(&result.rows, reader, formulas)
        result.rows.finish(shape.groupings, names: names, shown: 0)
        let columns = groupColumns(shape) + addMeasures(to: &result, named: Array(names.prefix(shown)), &shape)
        result.rows.select.order = try SortWriter(plan: plan, shape: shape, names: names, columns: columns)
            .order(result.rows, hidden: hidden, reader: reader)
        result.rows.select.limit = plan.limit
        result.rows.select.offset = plan.offset
        return CompiledRows(select: result.rows.select, columns: columns)
    }

    /// The rows of the query, beside those they are compared with.
    private func rows(
        of query: GroupQuery, _ reader: MeasureReader, shown: Int
    ) throws(CompileError) -> ComparedRows {
        if let comparison = plan.comparison ?? (plan.recipe == .comparison && !hasSegments ? .previousPeriod : nil) {
            for formula in query.formulas.prefix(shown) { try reader.checkNumber(formula) }
            return try ComparisonCompiler(tools: tools, query: query, recipe: plan.recipe, comparison: comparison)
                .compile(names: query.names, shown: shown)
        }
        var rows = try GroupedBuilder(tools: tools).build(query)
        if !plan.having.isEmpty, query.formulas.contains(where: \.holdsWindow) {
            rows = rows.wrapped(in: tools.commonName("results"), query.groupings, names: query.names)
        }
        return ComparedRows(rows: rows, comparisons: [])
    }

    /// Selects every measure that is shown, each with what it is compared with.
    private func addMeasures(
        to result: inout ComparedRows, named names: [String], _ shape: inout GroupedShape
    ) -> [CompiledPlan.Column] {
        var columns: [CompiledPlan.Column] = []
        for (index, measured) in names.enumerated() {
            let unit = unit(of: shape.measures[index])
            result.rows.select.items.append(
                .init(rounded(result.rows.values[index], shape.measures[index]), measured))
            columns.append(.init(name: measured, role: .measure, unit: unit))
            guard result.comparisons.indices.contains(index) else { continue }
            let suffix = names.count == 1 ? "" : "\(measured)_"
            for (role, name, expression) in [
                (CompiledPlan.Column.Role.compared, "previous_\(measured)", result.comparisons[index].previous),
                (.change, "\(suffix)change", result.comparisons[index].change),
                (.relativeChange, "\(suffix)relative_change", result.comparisons[index].relative),
            ] {
                let name = shape.unique(name)
                result.rows.select.items.append(.init(expression, name))
                columns.append(.init(name: name, role: role, unit: role == .relativeChange ? nil : unit))
            }
        }
        return columns
    }

    private func rounded(_ value: SQLExpression, _ measure: Measure) -> SQLExpression {
        guard let decimals = plan.decimals else { return value }
        switch measure {
        case .count, .countDistinct: return value
        default: return .call("round", [.cast(value, "numeric"), .number(String(min(max(decimals, 0), 10)))])
        }
    }

    private func checkRunning() throws(CompileError) {
        guard plan.comparison == nil, plan.recipe != .comparison else {
            throw CompileError("Running totals are not compared with those of another period.")
        }
        guard let time = plan.time else { return }
        switch time.period {
        case .before, .span(nil, _), .days(nil, _): break
        default: tools.notes.warn("Added up from the first period that is shown.")
        }
    }

    private var hasSegments: Bool {
        plan.time == nil || plan.dimensions.contains { if case .segments = $0 { true } else { false } }
    }

    private func groupColumns(_ shape: GroupedShape) -> [CompiledPlan.Column] {
        shape.groupings.filter { !$0.isHidden }.flatMap { grouping in
            grouping.names.map { name in
                let unit = grouping.column.flatMap { column in
                    grouping.grain == nil ? try? tools.schema.column(column).unit : nil
                }
                return CompiledPlan.Column(name: name, role: grouping.isAttribute ? .attribute : .dimension, unit: unit)
            }
        }
    }

    private func addHaving(
        _ rows: inout GroupedRows, _ reader: MeasureReader, _ formulas: [Formula]
    ) throws(CompileError) {
        for having in plan.having {
            let formula = try reader.formula(having.measure, for: plan.recipe)
            guard let index = formulas.firstIndex(of: formula) else { continue }
            let condition = SQLExpression.binary(
                rows.values[index], SQLOperator(having.comparator), .number(having.number.description))
            if rows.isAggregated {
                rows.select.having.append(condition)
            } else {
                rows.select.conditions.append(condition)
            }
            let name = MeasureNames(schema: tools.schema).plain(having.measure)
            tools.notes.applied("\(name) \(having.comparator.rawValue) \(having.number)")
        }
    }

    /// The period in words, by the first rows that it limits.
    private func note(_ query: GroupQuery) throws(CompileError) {
        guard let time = query.time else { return }
        let first = query.formulas.flatMap(\.leaves).compactMap { leaf -> ColumnID? in
            guard case .atom(let atom) = leaf else { return nil }
            if let snapshot = atom.snapshot { return ColumnID(atom.base, snapshot.start) }
            return atom.time ?? (try? tools.schema.timeColumn(of: atom.base))
        }.first
        guard let column = time.column ?? first else { return }
        let period = tools.days.resolve(time.period, for: column)
        let newest = tools.days.clock.newest[ColumnID(column.table, column.name)]
        if let start = period.start, start > tools.days.clock.today, let newest, newest < start {
            // Its rows would be none, which is no answer to what will be.
            throw CompileError("That has not begun, and nothing is recorded for it yet: I do not forecast.")
        }
        tools.notes.period = period.label
    }

    private func unit(of measure: Measure) -> String? {
        switch measure {
        case .metric(let name): return tools.schema.metrics[name.lowercased()]?.unit
        case .shareOfTotal: return "%"
        case .ratio: return plan.recipe == .share ? "%" : nil
        case .count, .countDistinct: return nil
        case .aggregate(_, .column(let column)): return try? tools.schema.column(column).unit
        case .aggregate(_, .converted(_, let conversion)): return conversion.unit
        case .aggregate(_, .difference(let left, let right)):
            let unit = try? tools.schema.column(left).unit
            return unit == (try? tools.schema.column(right).unit) ? unit : nil
        case .aggregate(_, .duration(_, _, let unit)), .aggregate(_, .age(_, let unit)): return "\(unit.rawValue)s"
        case .filtered(let inner, _), .aggregateOfGroups(_, let inner, _), .running(let inner): return unit(of: inner)
        case .difference(let left, let right):
            let unit = unit(of: left)
            return unit == self.unit(of: right) ? unit : nil
        }
    }
}

/// Formulas that are computed and not shown, each once.
struct HiddenFormulas {
    private(set) var all: [Formula]

    init(shown: [Formula]) { all = shown }

    mutating func add(_ formula: Formula) {
        if !all.contains(formula) { all.append(formula) }
    }
}

extension GroupedRows {
    /// The same as columns of a common table, where conditions on values come after everything else.
    func wrapped(in name: String, _ groupings: [Grouping], names: [String]) -> GroupedRows {
        var inner = self
        let shown = groupings.map { grouping in
            var grouping = grouping
            grouping.isHidden = false
            return grouping
        }
        inner.finish(shown, names: names, shown: names.count)
        let common = inner.select.common
        inner.select.common = []
        return GroupedRows(
            select: SQLSelect(common: common + [.init(name: name, select: inner.select)], from: .common(name)),
            groups: groupings.map { grouping in grouping.names.map { .column(name, $0) } }, isNullable: isNullable,
            values: names.map { .column(name, $0) }, isAggregated: false)
    }
}

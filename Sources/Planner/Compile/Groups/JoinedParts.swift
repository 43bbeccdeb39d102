import ServiceRuntime

/// Parts that are aggregated each by itself, beside the periods and groups that must show.
struct JoinedParts {
    let tools: CompileTools
    let query: GroupQuery
    let parts: [Part]

    private struct Total {
        var name: String
        var part: Part
        var columns: [Formula: String]
        var isNullable: [Bool]
    }

    func build() throws(CompileError) -> GroupedRows {
        let names = spineNames
        let hasSpine = query.timeGrouping != nil && (query.fillsTime || parts.contains { $0.isOverTime(query) })
        var scale: RangeScale.Scale?
        if let first = parts.first { scale = try RangeScale(tools: tools, query: query).scale(for: first) }
        let builder = PartBuilder(tools: tools, query: query, dates: hasSpine ? names : nil, width: scale?.width)
        var common = scale?.common ?? []
        var totals: [Total] = []
        var stocks: [(common: SQLSelect.Common, start: ColumnID)] = []
        for (index, part) in parts.enumerated() {
            let name = tools.commonName(parts.count == 1 ? "totals" : "totals_\(index + 1)")
            let (total, select) = try self.total(part, name, builder)
            totals.append(total)
            if hasSpine, part.isOverTime(query), let snapshot = part.snapshot, let base = part.atoms.first?.base {
                stocks.append((.init(name: name, select: select), ColumnID(base, snapshot.start)))
            } else {
                common.append(.init(name: name, select: select))
            }
        }
        if hasSpine {
            common.append(.init(name: names.relation, select: try spine(totals, stocks.map(\.start), names)))
        }
        common += stocks.map(\.common)
        return try joined(totals, common: common, spine: hasSpine ? names : nil)
    }

    // MARK: - Pieces

    private func total(
        _ part: Part, _ name: String, _ builder: PartBuilder
    ) throws(CompileError) -> (Total, SQLSelect) {
        let built = try builder.build(part)
        var columns: [Formula: String] = [:]
        var rows = built.rows
        var valueNames: [String] = []
        for leaf in part.leaves {
            guard let value = built.values[leaf] else { continue }
            let named = query.formulas.firstIndex(of: leaf).flatMap {
                query.names.indices.contains($0) ? query.names[$0] : nil
            }
            let column = named ?? "value_\(valueNames.count + 1)"
            columns[leaf] = column
            valueNames.append(column)
            rows.values.append(value)
        }
        let shown = query.groupings.map { grouping in
            var grouping = grouping
            grouping.isHidden = false
            return grouping
        }
        rows.finish(shown, names: valueNames, shown: valueNames.count)
        return (Total(name: name, part: part, columns: columns, isNullable: rows.isNullable), rows.select)
    }

    private var spineNames: SpineNames {
        SpineNames(
            relation: tools.commonName("dates"), start: query.timeGrouping?.names[0] ?? "period", end: "until")
    }

    private func spine(
        _ totals: [Total], _ starts: [ColumnID], _ names: SpineNames
    ) throws(CompileError) -> SQLSelect {
        guard let grouping = query.timeGrouping, let grain = grouping.grain else {
            throw CompileError("There are no periods.")
        }
        guard query.groupings.count(where: { $0.grain != nil }) == 1 else {
            throw CompileError("A result has periods of one kind only.")
        }
        let flows = totals.filter { !$0.part.isOverTime(query) }
        var column = grouping.column ?? starts.first
        if column == nil, let atom = flows.first?.part.atoms.first {
            column = try tools.schema.time(of: atom)
        }
        return try DateSpine(tools: tools, query: query, grouping: grouping, grain: grain, names: names)
            .select(totals: flows.map(\.name), snapshots: starts, column: column, range: try range(of: flows, grouping))
    }

    private func range(of flows: [Total], _ grouping: Grouping) throws(CompileError) -> DateSpine.Range {
        var range = DateSpine.Range()
        for flow in flows {
            var time = grouping.column
            if time == nil, let atom = flow.part.atoms.first { time = try tools.schema.time(of: atom) }
            guard let time else {
                range.totals.append(flow.name)
                continue
            }
            let column = ColumnID(time.table, time.name)
            if !range.columns.contains(column) { range.columns.append(column) }
        }
        return range
    }

    private func joined(
        _ totals: [Total], common: [SQLSelect.Common], spine: SpineNames?
    ) throws(CompileError) -> GroupedRows {
        let others = query.groupings.filter { spine == nil || $0.grain == nil }
        var sources: [SQLSource] = []
        if let spine { sources.append(.common(spine.relation)) }
        let series = tools.commonName("series")
        if !others.isEmpty {
            sources.append(.select(try self.series(others, totals), name: series))
        }
        var select = SQLSelect(common: common, from: sources.first)
        for source in sources.dropFirst() {
            select.joins.append(SQLJoin(kind: .cross, source: source, match: .nothing))
        }
        let groups = query.groupings.map { grouping in
            let relation = spine != nil && grouping.grain != nil ? spine?.relation ?? series : series
            return grouping.names.map { SQLExpression.column(relation, $0) }
        }
        let isNullable = query.groupings.indices.map { index in
            spine != nil && query.groupings[index].grain != nil ? false : totals.contains { $0.isNullable[index] }
        }
        for total in totals {
            select.joins.append(
                SQLJoin(kind: .left, source: .common(total.name), match: match(total, groups, isNullable)))
        }
        let isFilled = spine != nil || totals.count > 1 || query.includesEmpty
        let values = try FormulaWriter(query: query, groups: groups).values { leaf in
            for total in totals {
                guard let column = total.columns[leaf] else { continue }
                let value = SQLExpression.column(total.name, column)
                return isFilled && leaf.isZeroWithoutRows ? value.orZero : value
            }
            return nil
        }
        return GroupedRows(
            select: select, groups: groups, isNullable: isNullable, values: values, isAggregated: false)
    }

    private func match(_ total: Total, _ groups: [[SQLExpression]], _ isNullable: [Bool]) -> SQLJoin.Match {
        guard isNullable.contains(true) else { return .using(query.groupings.flatMap(\.names)) }
        var conditions: [SQLExpression] = []
        for (index, grouping) in query.groupings.enumerated() {
            for (name, group) in zip(grouping.names, groups[index]) {
                conditions.append(
                    .binary(.column(total.name, name), isNullable[index] ? .isNotDistinct : .equal, group))
            }
        }
        return .on(conditions)
    }

    /// Every group that occurs in a part, or in the table of the groups where empty ones show too.
    private func series(_ groupings: [Grouping], _ totals: [Total]) throws(CompileError) -> SQLSelect {
        let names = groupings.flatMap(\.names)
        var selects = totals.map { total in
            SQLSelect(items: names.map { .init(.column(total.name, $0), $0) }, from: .common(total.name))
        }
        if query.includesEmpty { selects.insert(try EmptyGroups(tools: tools, query: query).select(groupings), at: 0) }
        var first = selects.removeFirst()
        if selects.isEmpty { first.isDistinct = true }
        first.unions = selects
        return first
    }
}

/// Puts parts together: in one SELECT where one table is read once, else each by itself and then joined on the groups,
/// so that no row of one multiplies rows of another.
struct GroupedBuilder {
    let tools: CompileTools

    func build(_ query: GroupQuery) throws(CompileError) -> GroupedRows {
        let parts = Part.parts(of: query.formulas, needsTime: query.needsOwnTime)
        let isOverTime = query.timeGrouping != nil
        try checkDetours(parts, query)
        let hasSnapshotOverTime = parts.contains { overTime($0, query) }
        guard !parts.isEmpty else { return try statements(query) }
        if query.formulas.contains(where: \.holdsStatement), !query.isPlain {
            throw CompileError("The metric is a statement of its own, which nothing can split or filter.")
        }
        if query.groupings.isEmpty, parts.count > 1 || query.formulas.contains(where: \.holdsStatement) {
            return try apart(parts, query)
        }
        if parts.count == 1, !(isOverTime && query.fillsTime), !hasSnapshotOverTime, !query.includesEmpty {
            return try direct(parts[0], query)
        }
        return try JoinedParts(tools: tools, query: query, parts: parts).build()
    }

    /// With several tables in the question, a condition must mean the same for each of them.
    private func checkDetours(_ parts: [Part], _ query: GroupQuery) throws(CompileError) {
        let bases = Set(parts.flatMap(\.atoms).map(\.base))
        guard bases.count > 1 else { return }
        for column in query.conditions.flatMap(\.columns) {
            for base in bases.sorted() {
                guard let path = try tools.schema.path(from: base, to: column.table, role: column.role),
                    let many = path.edges.lastIndex(where: { !$0.isToOne }),
                    path.edges[..<many].contains(where: \.isForward)
                else { continue }
                throw CompileError(
                    "What \(column.name) of \(column.table.name) means for rows of \(base.name) is not said.")
            }
        }
    }

    private func overTime(_ part: Part, _ query: GroupQuery) -> Bool { part.isOverTime(query) }

    private func direct(_ part: Part, _ query: GroupQuery) throws(CompileError) -> GroupedRows {
        let scale = try RangeScale(tools: tools, query: query).scale(for: part)
        let built = try PartBuilder(tools: tools, query: query, dates: nil, width: scale?.width).build(part)
        var rows = built.rows
        if let scale { rows.select.common += scale.common }
        rows.values = try values(query, groups: rows.groups) { leaf in built.values[leaf] }
        return rows
    }

    /// Without groups each number is a subquery of its own.
    private func apart(_ parts: [Part], _ query: GroupQuery) throws(CompileError) -> GroupedRows {
        let builder = PartBuilder(tools: tools, query: query, dates: nil, width: nil)
        var scalars: [Formula: SQLExpression] = [:]
        for part in parts {
            let built = try builder.build(part)
            for (leaf, value) in built.values {
                var select = built.rows.select
                select.items = [.init(value)]
                scalars[leaf] = .scalar(select)
            }
        }
        let values = try values(query, groups: []) { leaf in
            if case .statement(let sql) = leaf { return .fragment("(\(sql))") }
            return scalars[leaf]
        }
        return GroupedRows(select: SQLSelect(), groups: [], isNullable: [], values: values, isAggregated: false)
    }

    private func statements(_ query: GroupQuery) throws(CompileError) -> GroupedRows {
        guard query.isPlain, query.groupings.isEmpty else {
            throw CompileError("The metric is a statement of its own, which nothing can split or filter.")
        }
        return try apart([], query)
    }

    private func values(
        _ query: GroupQuery, groups: [[SQLExpression]], _ leaf: (Formula) -> SQLExpression?
    ) throws(CompileError) -> [SQLExpression] {
        try FormulaWriter(query: query, groups: groups).values(leaf)
    }
}

extension Part {
    /// Whether it is a stock by period.
    func isOverTime(_ query: GroupQuery) -> Bool {
        guard let snapshot, case .rows(let base, _, _, _, _) = source else { return false }
        return query.groupings.contains { grouping in
            guard case .time(let column, _) = grouping.kind else { return false }
            guard let column else { return true }
            return column.table == base && (column.name == snapshot.start || column.name == snapshot.end)
        }
    }
}

extension GroupQuery {
    var isPlain: Bool { groupings.isEmpty && conditions.isEmpty && time == nil }
}

extension Formula {
    var holdsStatement: Bool {
        leaves.contains { if case .statement = $0 { true } else { false } }
    }
}

/// Takes measures apart into what is aggregated by itself.
struct MeasureReader {
    let schema: CompileSchema
    let subject: TableID?
    /// Columns that the rows must have one value of each.
    let groupColumns: [ColumnID]
    let notes: CompileNotes

    func formula(_ measure: Measure, depth: Int = 0) throws(CompileError) -> Formula {
        guard depth < 16 else { throw CompileError("The measure is nested too deeply.") }
        switch measure {
        case .metric(let name): return try metric(try schema.metric(name))
        case .count(let table):
            _ = try schema.table(table)
            return .atom(try fitted(Atom(base: table, function: .rows, isAdditive: true)))
        case .countDistinct(let column):
            _ = try schema.column(column)
            let base = try base(of: [column], isDuplicateFree: true)
            return .atom(try fitted(Atom(base: base, function: .distinct([column]), isAdditive: false)))
        case .aggregate(let aggregate, let value):
            let columns = value.columns
            let isDuplicateFree = aggregate == .minimum || aggregate == .maximum
            let base = try base(of: columns, isDuplicateFree: isDuplicateFree)
            let isAdditive = aggregate == .sum && isNumber(value)
            return .atom(
                try fitted(Atom(base: base, function: .aggregate(aggregate, value), isAdditive: isAdditive)))
        case .filtered(let inner, let conditions):
            return try filtered(inner, conditions, depth: depth)
        case .ratio(let upper, let lower):
            return .ratio(try number(upper, depth: depth + 1), try number(lower, depth: depth + 1))
        case .difference(let left, let right):
            return .difference(try number(left, depth: depth + 1), try number(right, depth: depth + 1))
        case .running(let inner):
            let each = try number(inner, depth: depth + 1)
            let isStock = each.leaves.contains { if case .atom(let atom) = $0 { atom.snapshot != nil } else { false } }
            guard each.isAdditive, !isStock else {
                throw CompileError("Its values do not add up from period to period, so there is no running total.")
            }
            return .running(each)
        case .shareOfTotal(let inner):
            let whole = try formula(inner, depth: depth + 1)
            guard whole.isAdditive else {
                throw CompileError("Its parts do not add up to the whole, so there is no share of the total.")
            }
            return .share(whole)
        case .aggregateOfGroups(let aggregate, let inner, let column):
            _ = try schema.column(column)
            return .nested(Nested(aggregate: aggregate, measure: inner, by: column))
        }
    }

    /// What a share asks for is shown in percent.
    func formula(_ measure: Measure, for recipe: Plan.Recipe) throws(CompileError) -> Formula {
        let formula = try formula(measure)
        return recipe == .share && measure.isQuotient ? formula.inPercent : formula
    }

    /// A formula that one can calculate with.
    func number(_ measure: Measure, depth: Int = 0) throws(CompileError) -> Formula {
        let formula = try formula(measure, depth: depth)
        try checkNumber(formula)
        return formula
    }

    func checkNumber(_ formula: Formula) throws(CompileError) {
        for case .atom(let atom) in formula.leaves {
            guard case .aggregate(_, let value) = atom.function, !isNumber(value) else { continue }
            throw CompileError("\(value.columns[0].name) is no number, so nothing is divided by it or taken from it.")
        }
    }

    private func isNumber(_ value: RowValue) -> Bool {
        guard case .column(let column) = value else { return true }
        return (try? schema.type(column).isNumber) ?? false
    }

    private func filtered(
        _ measure: Measure, _ conditions: [Condition], depth: Int
    ) throws(CompileError) -> Formula {
        if case .aggregateOfGroups(let aggregate, let inner, let column) = measure {
            return .nested(Nested(aggregate: aggregate, measure: .filtered(inner, conditions), by: column))
        }
        let whole = try formula(measure, depth: depth + 1)
        guard !whole.leaves.contains(where: { if case .statement = $0 { true } else { false } }) else {
            throw CompileError("The metric is a statement of its own, which nothing can filter.")
        }
        guard !whole.leaves.contains(where: { if case .nested = $0 { true } else { false } }) else {
            throw CompileError("A part of the measure is an aggregate of groups, which is filtered by itself only.")
        }
        return try whole.mapAtoms { (atom) throws(CompileError) in
            var atom = atom
            atom.conditions += conditions
            return atom
        }
    }

    private func metric(_ metric: SemanticSource.Metric) throws(CompileError) -> Formula {
        switch metric.computation {
        case .aggregate(let part, let isAdditive):
            return .atom(try atom(part, of: metric, isAdditive: isAdditive))
        case .ratio(let numerator, let denominator):
            return .ratio(
                .atom(try atom(numerator, of: metric, isAdditive: false)),
                .atom(try atom(denominator, of: metric, isAdditive: false)))
        case .snapshot(let part, let start, let end, let isAdditive):
            var atom = try atom(part, of: metric, isAdditive: isAdditive)
            _ = try schema.column(ColumnID(part.table, start))
            _ = try schema.column(ColumnID(part.table, end))
            atom.snapshot = Atom.Snapshot(start: start, end: end)
            return .atom(atom)
        case .statement(let sql, let tables):
            try SQLFragment.check(sql, of: metric.name)
            for table in tables { notes.read(table) }
            return .statement(sql)
        }
    }

    private func atom(
        _ part: SemanticSource.Metric.Part, of metric: SemanticSource.Metric, isAdditive: Bool
    ) throws(CompileError) -> Atom {
        try SQLFragment.check(part.expression, of: metric.name)
        if let filter = part.filter {
            try SQLFragment.check(filter, of: metric.name)
            notes.applied("\(filter) (definition of \(metric.name))")
        }
        let atom = Atom(
            base: part.table, function: .fragment(part.expression, metric: metric.name), ownFilter: part.filter,
            time: part.timeColumn.map { ColumnID(part.table, $0) }, isAdditive: isAdditive)
        warnAboutSplit(of: metric, from: part.table)
        return try fitted(atom)
    }

    private func warnAboutSplit(of metric: SemanticSource.Metric, from table: TableID) {
        guard !metric.dimensions.isEmpty else { return }
        let undeclared = groupColumns.filter { column in
            guard schema.tables[column.table] != nil, !isOneThing(column) else { return false }
            let names = [column.name, "\(column.table.name).\(column.name)", "\(column.table).\(column.name)"]
            let own = column.table == table ? names : Array(names.dropFirst())
            return !metric.dimensions.contains { own.contains($0) }
        }
        let names = undeclared.map { $0.name.split(separator: "_").joined(separator: " ") }
        guard !names.isEmpty else { return }
        notes.warn("The definition of \(metric.name) does not mention a split by \(names.joined(separator: " or ")).")
    }

    /// Whether the groups are the very rows of its table, each with its key: what belongs to one thing is no split to doubt.
    private func isOneThing(_ column: ColumnID) -> Bool {
        guard let key = schema.tables[column.table]?.primaryKey, !key.isEmpty else { return false }
        return key.allSatisfy { groupColumns.contains(ColumnID(column.table, $0)) }
    }

    /// The table whose rows are aggregated. Without duplicates to fear it may be the one that the question is about.
    private func base(of columns: [ColumnID], isDuplicateFree: Bool) throws(CompileError) -> TableID {
        guard let first = columns.first else { throw CompileError("The measure names no column.") }
        for column in columns { _ = try schema.column(column) }
        var candidates = columns.map(\.table)
        if let subject, isDuplicateFree || columns.contains(where: { $0.role != nil }) {
            candidates.insert(subject, at: 0)
        }
        for candidate in candidates {
            if try schema.hasOne(ofEach: columns, from: candidate) { return candidate }
        }
        throw CompileError("The columns of the measure on \(first.table.name) do not belong to the same rows.")
    }

    // MARK: - Groups that the rows have many of

    /// Counts of things and extremes may be taken from rows further down, where the groups are.
    private func fitted(_ atom: Atom) throws(CompileError) -> Atom {
        var lower: TableID?
        for column in groupColumns {
            guard let path = try schema.path(from: atom.base, to: column.table, role: column.role) else {
                throw CompileError(
                    "No declared key connects \(atom.base.name) with \(column.table.name), so it cannot be split by "
                        + "\(column.name).")
            }
            guard let last = path.edges.lastIndex(where: { !$0.isToOne }) else { continue }
            let candidate = path.edges[last].to
            guard lower == nil || lower == candidate else { throw tooMany(atom, column) }
            guard try schema.path(from: candidate, to: atom.base, role: nil)?.isToOne == true else {
                throw tooMany(atom, column)
            }
            lower = candidate
        }
        guard let lower else { return atom }
        for column in groupColumns where try !schema.hasOne(withoutRole(column, at: lower), from: lower) {
            throw tooMany(atom, column)
        }
        var moved = atom
        switch atom.function {
        case .rows: moved.function = .distinct(try schema.key(of: atom.base))
        case .distinct, .aggregate(.minimum, _), .aggregate(.maximum, _): break
        case .aggregate where try holdsPairs(lower, of: atom.base): break
        case .aggregate, .fragment:
            throw tooMany(atom, groupColumns.first { $0.table == lower } ?? groupColumns[0])
        }
        moved.base = lower
        moved.isAdditive = false
        if moved.time == nil { moved.time = try? schema.timeColumn(of: atom.base) }
        notes.warn(
            "A row of \(atom.base.name) that has several of \(lower.name) counts in each of their groups, so the "
                + "groups do not add up to the total.")
        return moved
    }

    /// Whether a row of the table says only which rows of the base and of the groups belong together, each pair once.
    private func holdsPairs(_ table: TableID, of base: TableID) throws(CompileError) -> Bool {
        let named = Set(groupColumns.map(\.table)).union([base])
        var keys: Set<String> = []
        for edge in schema.graph.edges(from: table) where edge.isForward && named.contains(edge.to) {
            keys.formUnion(edge.fromColumns)
        }
        let columns = try schema.table(table).columns.map(\.name)
        let identities = try schema.table(table)
        let unique = ([identities.primaryKey] + identities.uniqueKeys).filter { !$0.isEmpty }
        return unique.contains { keys.isSuperset(of: $0) } || columns.count == 2 && keys.isSuperset(of: columns)
    }

    private func withoutRole(_ column: ColumnID, at table: TableID) -> ColumnID {
        column.table == table ? ColumnID(column.table, column.name) : column
    }

    private func tooMany(_ atom: Atom, _ column: ColumnID) -> CompileError {
        CompileError(
            "A row of \(atom.base.name) has several of \(column.table.name): split by \(column.name) its numbers would be "
                + "counted several times.")
    }
}

extension RowValue {
    var columns: [ColumnID] {
        switch self {
        case .column(let column): [column]
        case .duration(let from, let to, _): [from, to]
        case .difference(let left, let right): [left, right]
        case .age(let column, _), .converted(let column, _): [column]
        }
    }
}

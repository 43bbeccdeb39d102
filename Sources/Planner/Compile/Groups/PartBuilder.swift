import ServiceRuntime

/// What is aggregated in one pass: rows of one table under the same curated condition and moment.
struct Part: Hashable {
    enum Source: Hashable {
        case rows(TableID, ownFilter: String?, Atom.Snapshot?, time: ColumnID?, fragmentConditions: [Condition]?)
        case nested(Nested)
    }

    var source: Source
    var leaves: [Formula]

    /// The parts that formulas need, in the order of their first use.
    static func parts(of formulas: [Formula], needsTime: Bool) -> [Part] {
        var parts: [Part] = []
        for leaf in formulas.flatMap(\.leaves) {
            let source: Source
            switch leaf {
            case .atom(let atom):
                source = .rows(
                    atom.base, ownFilter: atom.ownFilter, atom.snapshot, time: needsTime ? atom.time : nil,
                    fragmentConditions: atom.isFragment ? atom.conditions : nil)
            case .nested(let nested): source = .nested(nested)
            default: continue
            }
            if let index = parts.firstIndex(where: { $0.accepts(source) }) {
                if !parts[index].leaves.contains(leaf) { parts[index].leaves.append(leaf) }
            } else {
                parts.append(Part(source: source, leaves: [leaf]))
            }
        }
        return parts
    }

    private func accepts(_ other: Source) -> Bool {
        if source == other { return true }
        // A curated expression takes no FILTER; others join it where it has no conditions of its own.
        guard case .rows(let table, let filter, let snapshot, let time, let conditions) = source,
            case .rows(let otherTable, let otherFilter, let otherSnapshot, let otherTime, let otherConditions) = other,
            table == otherTable, filter == otherFilter, snapshot == otherSnapshot, time == otherTime
        else { return false }
        return (conditions ?? []).isEmpty && (otherConditions ?? []).isEmpty
    }

    var atoms: [Atom] {
        leaves.compactMap { if case .atom(let atom) = $0 { atom } else { nil } }
    }

    var fragmentWords: Set<String> { atoms.reduce(into: []) { $0.formUnion($1.fragmentWords) } }

    var snapshot: Atom.Snapshot? { atoms.first?.snapshot }
}

/// Writes one part as a SELECT without items.
struct PartBuilder {
    struct Built {
        var rows: GroupedRows
        var values: [Formula: SQLExpression]
    }

    let tools: CompileTools
    let query: GroupQuery
    /// Where a snapshot is taken: the first moment after it, and the period it stands for.
    let dates: SpineNames?
    /// The width of a grouping's ranges.
    let width: SQLExpression?

    private var schema: CompileSchema { tools.schema }

    func build(_ part: Part) throws(CompileError) -> Built {
        switch part.source {
        case .rows(let base, _, let snapshot, _, _):
            return try rows(part, base, snapshot)
        case .nested(let nested): return try self.nested(nested)
        }
    }

    /// The rows of the part's base, without groups: for what is to be found out about them first.
    func source(_ part: Part) throws(CompileError) -> (scope: Scope, select: SQLSelect, time: ColumnID?) {
        guard case .rows(let base, let ownFilter, let snapshot, _, _) = part.source, let first = part.atoms.first
        else { throw CompileError("Ranges of an aggregate of groups are not computed.") }
        try checkPeriod(part)
        var scope = try Scope(base, schema: schema, notes: tools.notes, fragmentWords: part.fragmentWords)
        let time: ColumnID? = query.needsOwnTime && snapshot == nil ? try schema.time(of: first) : nil
        var conditions = query.conditions
        if let period = query.time {
            if let column = period.column, !isMoment(column, of: base, snapshot) {
                conditions.append(.period(column, period.period))
            } else if let time {
                conditions.append(.period(time, period.period))
            }
        }
        if isShared(part.atoms) { conditions += first.conditions }
        var select = SQLSelect()
        if let ownFilter { select.conditions.append(.fragment(ownFilter)) }
        if let snapshot { select.conditions += try moment(snapshot, part, base, in: &scope) }
        select.conditions += try tools.conditions.predicates(conditions, in: &scope).flatMap(\.conjuncts)
        return (scope, select, time)
    }

    private func rows(
        _ part: Part, _ base: TableID, _ snapshot: Atom.Snapshot?
    ) throws(CompileError) -> Built {
        var (scope, select, time) = try source(part)
        var groups: [[SQLExpression]] = []
        var isNullable: [Bool] = []
        var usesDates = false
        for grouping in query.groupings {
            if let snapshot, let dates, case .time(let column, _) = grouping.kind,
                column.map({ isMoment($0, of: base, snapshot) }) ?? true
            {
                groups.append([.column(dates.relation, hidden(dates.start, in: part))])
                isNullable.append(false)
                usesDates = true
                continue
            }
            let written = try tools.groups.write(grouping, in: &scope, time: time, width: width)
            groups.append(written.expressions)
            isNullable.append(written.isNullable)
            if let restriction = written.restriction { select.conditions.append(restriction) }
            if written.isNullable, grouping.isTemporal, dates == nil, let column = grouping.column ?? time {
                // What has not happened is of no month.
                let value = try scope.column(column)
                if !select.conditions.contains(where: { $0.limits(value) }) {
                    select.conditions.append(.isNotNull(value))
                }
                isNullable[isNullable.count - 1] = false
            }
            if written.isNullable, try isThing(grouping, beside: base), let key = written.expressions.first {
                select.conditions.append(.isNotNull(key))
                isNullable[isNullable.count - 1] = false
                if let column = grouping.column {
                    tools.notes.warn("Rows of \(base.name) that belong to none of \(column.table.name) are left out.")
                }
            }
        }
        var values: [Formula: SQLExpression] = [:]
        let isShared = isShared(part.atoms)
        for atom in part.atoms {
            values[.atom(atom)] = try value(atom, isFiltered: !isShared, in: &scope)
        }
        select.from = scope.source
        select.joins = scope.joins
        if usesDates, let dates {
            select.joins.append(
                SQLJoin(kind: .cross, source: source(of: dates, words: part.fragmentWords), match: .nothing))
        }
        let rows = GroupedRows(
            select: select, groups: groups, isNullable: isNullable, values: [], isAggregated: true)
        return Built(rows: rows, values: values)
    }

    private func nested(_ nested: Nested) throws(CompileError) -> Built {
        var inner = query
        inner.fillsTime = false
        inner.includesEmpty = false
        let depth = query.groupings.count(where: { $0.names[0].hasPrefix("grouped_by") })
        let by = Grouping(kind: .column(nested.by), names: [depth == 0 ? "grouped_by" : "grouped_by_\(depth + 1)"])
        inner.groupings.append(by)
        inner.formulas = [
            try tools.reader(groupings: inner.groupings).number(nested.measure, depth: 1)
        ]
        var rows = try GroupedBuilder(tools: tools).build(inner)
        rows.finish(inner.groupings, names: ["value"], shown: 1)
        var source = rows.select
        // Rows that belong to nothing are no group.
        if rows.isNullable.last == true, let key = rows.groups.last?.first {
            source.conditions.append(.isNotNull(key))
        }
        tools.notes.warn("Only what occurs at least once counts in an average over groups.")
        let name = "groups"
        let groups = query.groupings.map { grouping in grouping.names.map { SQLExpression.column(name, $0) } }
        let function = try AggregateWriter.aggregate(
            nested.aggregate, .column(name, "value"), .decimal, of: "the value of a group", filter: nil)
        let outer = GroupedRows(
            select: SQLSelect(from: .select(source, name: name)), groups: groups,
            isNullable: Array(rows.isNullable.dropLast()), values: [], isAggregated: true)
        return Built(rows: outer, values: [.nested(nested): function])
    }

    // MARK: - Pieces

    /// A definition without a time of its own is put into no period, not by another measure's column either.
    private func checkPeriod(_ part: Part) throws(CompileError) {
        guard query.time != nil || query.timeGrouping != nil else { return }
        for atom in part.atoms where atom.time == nil && atom.snapshot == nil {
            if case .fragment(_, let metric) = atom.function { throw CompileSchema.noPeriod(of: metric) }
        }
    }

    /// The periods, under names that no word of curated SQL can mean.
    private func source(of dates: SpineNames, words: Set<String>) -> SQLSource {
        guard words.contains(dates.start) || words.contains(dates.end) else { return .common(dates.relation) }
        let items = [dates.start, dates.end].map { name in
            SQLSelect.Item(.column(dates.relation, name), "\(dates.relation)_\(name)")
        }
        return .select(SQLSelect(items: items, from: .common(dates.relation)), name: dates.relation)
    }

    private func hidden(_ name: String, in part: Part) -> String {
        guard let dates, part.fragmentWords.contains(dates.start) || part.fragmentWords.contains(dates.end) else {
            return name
        }
        return "\(dates.relation)_\(name)"
    }

    private func value(_ atom: Atom, isFiltered: Bool, in scope: inout Scope) throws(CompileError) -> SQLExpression {
        let predicates = isFiltered ? try tools.conditions.predicates(atom.conditions, in: &scope) : []
        let filter: SQLExpression? = predicates.isEmpty ? nil : .all(predicates)
        switch atom.function {
        case .rows: return .countRows(filter: filter)
        case .distinct(let columns):
            var values: [SQLExpression] = []
            for column in columns { values.append(try scope.column(column)) }
            let value = values.count == 1 ? values[0] : .row(values)
            return .aggregate("count", [value], isDistinct: true, filter: filter)
        case .aggregate(let aggregate, let value):
            let (expression, type) = try tools.rowValues.value(value, in: &scope)
            let name = value.columns.last?.name ?? "the value"
            return try AggregateWriter.aggregate(aggregate, expression, type, of: name, filter: filter)
        case .fragment(let text, _): return .fragment(text)
        }
    }

    /// Groups by a key are things, and the first of others belong to something: what belongs to none is left out.
    private func isThing(_ grouping: Grouping, beside base: TableID) throws(CompileError) -> Bool {
        guard case .column(let column) = grouping.kind else { return false }
        if query.isRanked, !grouping.isAttribute, column.table != base { return true }
        return try schema.table(column.table).primaryKey == [column.name]
    }

    /// Whether all have the same conditions, which then hold for the rows themselves.
    private func isShared(_ atoms: [Atom]) -> Bool {
        atoms.allSatisfy { $0.conditions == atoms[0].conditions }
    }

    private func isMoment(_ column: ColumnID, of base: TableID, _ snapshot: Atom.Snapshot?) -> Bool {
        guard let snapshot, column.table == base else { return false }
        return column.name == snapshot.start || column.name == snapshot.end
    }

    /// What existed at the first moment after the period, or after today.
    private func moment(
        _ snapshot: Atom.Snapshot, _ part: Part, _ base: TableID, in scope: inout Scope
    ) throws(CompileError) -> [SQLExpression] {
        let (start, end) = (ColumnID(base, snapshot.start), ColumnID(base, snapshot.end))
        let isOverTime = query.groupings.contains { grouping in
            guard case .time(let column, _) = grouping.kind else { return false }
            return column.map { isMoment($0, of: base, snapshot) } ?? true
        }
        let day: SQLExpression
        if isOverTime, let dates {
            day = .column(dates.relation, hidden(dates.end, in: part))
        } else {
            let tomorrow = tools.days.clock.today.adding(days: 1)
            var last = tomorrow
            if let time = query.time, time.column.map({ isMoment($0, of: base, snapshot) }) ?? true,
                case let period = tools.days.resolve(time.period, for: start), let end = period.end
            {
                if let first = period.start, first >= tomorrow {
                    throw CompileError("What stands in the future is not in the data; I can say what stands today.")
                }
                last = min(end, tomorrow)
            }
            day =
                tools.days.isMoving
                ? .binary(tools.days.today, .plus, .number(1)) : .text(last.description)
        }
        let (from, to) = (try scope.column(start), try scope.column(end))
        return [
            .binary(from, .less, try tools.days.moment(day, for: start)),
            .any([
                .isNull(to), .binary(to, .atLeast, try tools.days.moment(day, for: end)),
            ]),
        ]
    }
}

extension SQLExpression {
    /// Whether nothing that is not known meets the condition.
    fileprivate func limits(_ value: SQLExpression) -> Bool {
        switch self {
        case .binary(value, .atLeast, _), .binary(value, .less, _), .isNotNull(value): true
        default: false
        }
    }

    /// What all must hold, one by one.
    var conjuncts: [SQLExpression] {
        if case .all(let parts) = self { parts.flatMap(\.conjuncts) } else { [self] }
    }
}

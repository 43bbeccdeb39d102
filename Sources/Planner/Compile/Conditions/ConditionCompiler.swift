/// Writes conditions on rows as SQL.
///
/// What a row has one of is compared; what it has many of becomes EXISTS, so that no row is counted twice.
struct ConditionCompiler {
    let schema: CompileSchema
    let days: PeriodDays
    let notes: CompileNotes

    /// Conditions about rows of one other table hold for the same of its rows.
    func predicates(_ conditions: [Condition], in scope: inout Scope) throws(CompileError) -> [SQLExpression] {
        var result: [SQLExpression] = []
        var others: [(way: [JoinEdge], conditions: [Condition], place: Int)] = []
        for condition in conditions {
            switch condition {
            case .related, .counted:
                result.append(try predicate(condition, among: conditions, in: &scope))
                continue
            default: break
            }
            guard case .any = condition else {
                if let way = try wayToMany(condition, from: scope.base) {
                    if case .not = condition { throw unclear(condition, from: scope.base, way) }
                    if let index = others.firstIndex(where: { $0.way == way }) {
                        others[index].conditions.append(condition)
                    } else {
                        others.append((way, [condition], result.count))
                        result.append(.null)
                    }
                    continue
                }
                result.append(try predicate(condition, among: conditions, in: &scope))
                continue
            }
            result.append(try predicate(condition, among: conditions, in: &scope))
        }
        for other in others {
            result[other.place] = try exists(other.way, other.conditions, in: scope)
        }
        return result
    }

    // MARK: - One condition

    private func predicate(
        _ condition: Condition, among all: [Condition], in scope: inout Scope
    ) throws(CompileError) -> SQLExpression {
        switch condition {
        case .related(let table, let conditions, let role):
            return try related(table, conditions, role: role, in: scope)
        case .counted(let rows, let comparator, let number):
            let way = try way(to: rows.table, role: rows.role, in: scope)
            return .binary(
                .scalar(try select(way, rows.conditions, counting: rows.distinct, in: scope)), SQLOperator(comparator),
                .number(number.description))
        case .extreme(let column, let aggregate, let others):
            let value = try scope.column(column)
            var links: [(ColumnID, SQLExpression)] = []
            for other in others { links.append((other, try scope.column(other))) }
            return .binary(value, .equal, try average(of: column, aggregate, among: all, within: links, in: scope))
        case .not(let inner): return try negated(inner, among: all, in: &scope)
        case .any(let parts):
            guard !parts.isEmpty else { throw CompileError("A choice between no conditions holds for nothing.") }
            var result: [SQLExpression] = []
            for part in parts { result += [.all(try predicates([part], in: &scope))] }
            return .any(result)
        case .beyond(let column, let comparator, let aggregate):
            let value = try scope.column(column)
            let limit = try average(of: column, aggregate, among: all, in: scope)
            return .binary(value, SQLOperator(comparator), limit)
        case .columns(let left, let comparator, let right):
            let writer = ValueWriter(schema: schema)
            try writer.checkComparable(left, right)
            return .binary(
                try scope.column(left), SQLOperator(comparator), try scope.column(right))
        case .period(let column, let period):
            return try days.condition(column, period, value: try scope.column(column))
        case .cycle(let column, let cycle, let values):
            return try CycleWriter(days: days).condition(cycle, values, of: column, value: try scope.column(column))
        case .oneOf(let column, let values) where try schema.type(column).isTemporal:
            // A day of a moment lasts until midnight.
            var parts: [SQLExpression] = []
            for value in values {
                guard let day = Day(value) else {
                    throw CompileError("\(column.name) holds dates; \"\(value.prefix(60))\" is none.")
                }
                let period = Period.days(from: day, through: day)
                parts.append(try days.condition(column, period, value: try scope.column(column)))
            }
            return .any(parts)
        default:
            guard let column = condition.columns.first else { throw CompileError("A condition names no column.") }
            return try ValueWriter(schema: schema).predicate(condition, value: try scope.column(column))
        }
    }

    /// Rows of which nothing is known do not have the value either: they are among the rest.
    private func negated(
        _ condition: Condition, among all: [Condition], in scope: inout Scope
    ) throws(CompileError) -> SQLExpression {
        switch condition {
        case .not(let inner): return try predicate(inner, among: all, in: &scope)
        case .any(let parts):
            var result: [SQLExpression] = []
            for part in parts { result.append(try negated(part, among: all, in: &scope)) }
            return .all(result)
        case .related: return .not(try predicate(condition, among: all, in: &scope))
        case .isTrue(let column):
            let plain = try predicate(condition, among: all, in: &scope)
            guard try scope.isNullable(column) else { return .not(plain) }
            return .isNotTrue(plain)
        case .oneOf(let column, _), .text(let column, _, _):
            if let way = try wayToMany(condition, from: scope.base) { throw unclear(condition, from: scope.base, way) }
            let isNullable = try scope.isNullable(column)
            let value = try scope.column(column)
            switch try predicate(condition, among: all, in: &scope) {
            case .binary(let left, .equal, let right):
                return .binary(left, isNullable ? .isDistinct : .notEqual, right)
            case .binary(let left, .matches, let right):
                let rest = SQLExpression.binary(left, .matchesNot, right)
                return isNullable ? .any([rest, .isNull(value)]) : rest
            case .among(let values, let left, false):
                let rest = SQLExpression.among(values, left, isNegated: true)
                return isNullable ? .any([rest, .isNull(value)]) : rest
            case let other: return isNullable ? .isNotTrue(other) : .not(other)
            }
        default:
            if let way = try wayToMany(condition, from: scope.base) { throw unclear(condition, from: scope.base, way) }
            switch try predicate(condition, among: all, in: &scope) {
            case .isNull(let value): return .isNotNull(value)
            case let other: return .not(other)
            }
        }
    }

    // MARK: - Other tables' rows

    /// The steps up to the last one that leads to many rows; nil where every column is one value.
    private func wayToMany(_ condition: Condition, from base: TableID) throws(CompileError) -> [JoinEdge]? {
        var longest: [JoinEdge]?
        for column in condition.columns {
            guard let path = try schema.path(from: base, to: column.table, role: column.role) else {
                throw CompileError("No declared key connects \(base.name) with \(column.table.name).")
            }
            guard let last = path.edges.lastIndex(where: { !$0.isToOne }) else { continue }
            let way = Array(path.edges[...last])
            if way.count > longest?.count ?? 0 { longest = way }
        }
        return longest
    }

    private func exists(
        _ way: [JoinEdge], _ conditions: [Condition], in scope: Scope
    ) throws(CompileError) -> SQLExpression {
        way.isEmpty ? .boolean(true) : .exists(try select(way, conditions, in: scope))
    }

    /// The rows at the end of the way that meet the conditions: that they are there, or how many they are.
    private func select(
        _ way: [JoinEdge], _ conditions: [Condition], counting distinct: ColumnID?? = nil, in scope: Scope
    ) throws(CompileError) -> SQLSelect {
        guard let first = way.first, let last = way.last else {
            throw CompileError("Nothing leads from \(scope.base.name) to the rows that are meant.")
        }
        var inner = try Scope(last.to, schema: schema, notes: notes, outer: scope.visibleNames)
        // Back to the first step's table, from which the outer row is seen.
        let back = way.dropFirst().reversed().map(\.reversed)
        let near = back.isEmpty ? inner.name : inner.force(JoinPath(edges: Array(back)))
        let link = zip(first.fromColumns, first.toColumns).map { pair in
            SQLExpression.binary(.column(near, pair.1), .equal, .column(scope.name, pair.0))
        }
        let local = conditions.map { condition in
            condition.mapColumns { column in
                guard let role = column.role else { return column }
                let isKnown = schema.graph.paths(from: last.to, to: column.table).contains { $0.hasRole(role) }
                return isKnown && column.table != last.to ? column : ColumnID(column.table, column.name)
            }
        }
        let predicates = try predicates(local, in: &inner)
        if let many = way.lastIndex(where: { !$0.isForward }), way[..<many].contains(where: \.isForward) {
            let names = way[..<many].map(\.to.name).joined(separator: ", ")
            notes.warn("Rows of \(last.to.name) are matched to \(scope.base.name) through \(names).")
        }
        let item: SQLExpression
        switch distinct {
        case nil: item = .number(1)
        case .some(nil): item = .countRows(filter: nil)
        case .some(.some(let column)):
            item = .aggregate("count", [try inner.column(column)], isDistinct: true, filter: nil)
        }
        return SQLSelect(items: [.init(item)], from: inner.source, joins: inner.joins, conditions: link + predicates)
    }

    private func related(
        _ table: TableID, _ conditions: [Condition], role: String?, in scope: Scope
    ) throws(CompileError) -> SQLExpression {
        try exists(try way(to: table, role: role, in: scope), conditions, in: scope)
    }

    private func way(to table: TableID, role: String?, in scope: Scope) throws(CompileError) -> [JoinEdge] {
        if table == scope.base {
            // Rows of the same table whose key leads to this one.
            let own = schema.graph.edges(from: table).filter {
                $0.to == table && !$0.isForward && (role == nil || $0.role == role)
            }
            guard let edge = own.first, own.count == 1 else {
                throw CompileError("How rows of \(table.name) belong to each other is not said.")
            }
            return [edge]
        }
        guard let path = try schema.path(from: scope.base, to: table, role: role) else {
            throw CompileError("No declared key connects \(scope.base.name) with \(table.name).")
        }
        return path.edges
    }

    private func unclear(_ condition: Condition, from base: TableID, _ way: [JoinEdge]) -> CompileError {
        let other = way.last?.to.name ?? "another table"
        return CompileError(
            "A row of \(base.name) has several of \(other): whether none of them or not all of them may meet the "
                + "condition is not said.")
    }

    /// An aggregate over the rows that meet all the other conditions.
    private func average(
        of column: ColumnID, _ aggregate: Measure.Aggregate, among all: [Condition],
        within links: [(ColumnID, SQLExpression)] = [], in scope: Scope
    ) throws(CompileError) -> SQLExpression {
        let isOwn = column.table == scope.base || column.role != nil
        var inner = try Scope(
            isOwn ? scope.base : column.table, schema: schema, notes: notes, outer: scope.visibleNames)
        let others = isOwn ? all.filter { !$0.isBeyond } : []
        var predicates = try predicates(others, in: &inner)
        for (column, outer) in links {
            let isSure = try !inner.isNullable(column)
            predicates.append(.binary(try inner.column(column), isSure ? .equal : .isNotDistinct, outer))
        }
        let value = try inner.column(isOwn ? column : ColumnID(column.table, column.name))
        let type = try schema.type(column)
        let function = try AggregateWriter.aggregate(aggregate, value, type, of: column.name, filter: nil)
        return .scalar(
            SQLSelect(items: [.init(function)], from: inner.source, joins: inner.joins, conditions: predicates))
    }
}

extension JoinEdge {
    /// The same key seen from the other side.
    var reversed: JoinEdge {
        JoinEdge(
            from: to, to: from, fromColumns: toColumns, toColumns: fromColumns, isForward: !isForward,
            isToOne: !isForward, isOptional: false, isEnforced: isEnforced)
    }
}

/// The relations of one SELECT: a table whose rows count and what is joined to it, never more than one row each.
struct Scope {
    private struct Joined {
        var name: String
        var table: TableID
        var edges: [JoinEdge]
        var source: TableID
        /// Columns as the joined relation calls them, where it is hidden behind a subquery.
        var isWrapped: Bool
        var exposed: [String] = []
        var on: [(left: SQLExpression, column: String)]
        var kind: SQLJoin.Kind
    }

    let schema: CompileSchema
    let notes: CompileNotes
    let base: TableID
    /// What the base goes by.
    let name: String
    private var joined: [Joined] = []
    private var names: Set<String>
    /// Words of curated SQL in this SELECT: they must go on meaning the base's columns.
    private let fragmentWords: Set<String>

    /// - Parameter outer: names of the statement around, which stay visible inside.
    init(
        _ base: TableID, schema: CompileSchema, notes: CompileNotes, fragmentWords: Set<String> = [],
        outer: Set<String> = []
    ) throws(CompileError) {
        _ = try schema.table(base)
        self.schema = schema
        self.notes = notes
        self.base = base
        self.fragmentWords = fragmentWords
        names = outer
        name = Self.free(base.name, &names)
        notes.read(base)
    }

    var visibleNames: Set<String> { names }

    var source: SQLSource { .table(base, isQualified: schema.isQualified(base), name: name) }

    var joins: [SQLJoin] {
        joined.map { join in
            let table = SQLSource.table(
                join.table, isQualified: schema.isQualified(join.table),
                name: join.isWrapped ? join.table.name : join.name)
            let source: SQLSource
            if join.isWrapped {
                let needed = (join.on.map(\.column) + join.exposed).reduce(into: [String]()) {
                    if !$0.contains($1) { $0.append($1) }
                }
                let items = needed.map { column in
                    SQLSelect.Item(.column(join.table.name, column), Self.hidden(column, in: join.name))
                }
                source = .select(SQLSelect(items: items, from: table), name: join.name)
            } else {
                source = table
            }
            return SQLJoin(
                kind: join.kind, source: source,
                match: .on(
                    join.on.map { on in
                        .binary(
                            .column(join.name, join.isWrapped ? Self.hidden(on.column, in: join.name) : on.column),
                            .equal, on.left)
                    }))
        }
    }

    /// A column of the base, or of a table of which its row has at most one.
    mutating func column(_ id: ColumnID) throws(CompileError) -> SQLExpression {
        _ = try schema.column(id)
        guard let path = try schema.path(from: base, to: id.table, role: id.role) else {
            throw CompileError("No declared key connects \(base.name) with \(id.table.name).")
        }
        guard path.isToOne else {
            throw CompileError("A row of \(base.name) has several of \(id.table.name), so \(id.name) is not one value.")
        }
        return column(id.name, along: path)
    }

    /// Whether there may be nothing where the column is asked for.
    func isNullable(_ id: ColumnID) throws(CompileError) -> Bool {
        let path = try schema.path(from: base, to: id.table, role: id.role)
        return try schema.column(id).isNullable || (path?.isOptional ?? true)
    }

    /// Joins the tables on the path, however many rows that gives, and returns what the last one goes by.
    mutating func force(_ path: JoinPath) -> String { relation(after: path.edges, kind: .inner) }

    private mutating func column(_ column: String, along path: JoinPath) -> SQLExpression {
        guard let last = path.edges.last else { return .column(name, column) }
        // The key of what a foreign key names is in the foreign key already, if there is such a row; where nothing holds
        // it to one, a value that goes by the same name is the row's own.
        if last.isForward, let index = last.toColumns.firstIndex(of: column),
            last.isEnforced || last.fromColumns[index] == column
        {
            return self.column(last.fromColumns[index], along: JoinPath(edges: path.edges.dropLast()))
        }
        let relation = relation(after: path.edges, kind: nil)
        return exposed(column, of: relation)
    }

    private mutating func exposed(_ column: String, of relation: String) -> SQLExpression {
        guard let index = joined.firstIndex(where: { $0.name == relation }), joined[index].isWrapped else {
            return .column(relation, column)
        }
        if !joined[index].exposed.contains(column) { joined[index].exposed.append(column) }
        return .column(relation, Self.hidden(column, in: relation))
    }

    private mutating func relation(after edges: [JoinEdge], kind: SQLJoin.Kind?) -> String {
        guard let last = edges.last else { return name }
        if let known = joined.first(where: { $0.edges == edges }) { return known.name }
        let before = Array(edges.dropLast())
        let previous = relation(after: before, kind: kind)
        let on = zip(last.fromColumns, last.toColumns).map { (left: exposed($0.0, of: previous), column: $0.1) }
        let isOptional = edges.contains(where: \.isOptional)
        let columns = Set((schema.tables[last.to]?.columns ?? []).map { $0.name.lowercased() })
        notes.read(last.to)
        let alias = Self.free(last.to.name, &names)
        joined.append(
            Joined(
                name: alias, table: last.to, edges: edges, source: last.from,
                isWrapped: !columns.isDisjoint(with: fragmentWords), on: on,
                kind: kind ?? (isOptional ? .left : .inner)))
        return alias
    }

    private static func hidden(_ column: String, in relation: String) -> String { "\(relation)_\(column)" }

    private static func free(_ name: String, _ taken: inout Set<String>) -> String {
        var candidate = name
        var number = 2
        while !taken.insert(candidate).inserted {
            candidate = "\(name)_\(number)"
            number += 1
        }
        return candidate
    }
}

import ServiceRuntime

/// What the compiler looks up while it writes a statement.
struct CompileSchema: Sendable {
    let tables: [TableID: SemanticSource.Table]
    let metrics: [String: SemanticSource.Metric]
    let graph: JoinGraph
    let calendar: CalendarRules
    private let sharedNames: Set<String>

    init(_ source: SemanticSource, graph: JoinGraph) {
        tables = Dictionary(source.tables.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        metrics = Dictionary(
            source.metrics.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
        self.graph = graph
        calendar = source.calendar
        var seen: Set<String> = []
        sharedNames = Set(source.tables.map(\.name).filter { !seen.insert($0).inserted })
    }

    func table(_ id: TableID) throws(CompileError) -> SemanticSource.Table {
        guard let table = tables[id] else { throw CompileError("There is no table \(id).") }
        return table
    }

    func column(_ id: ColumnID) throws(CompileError) -> SemanticSource.Column {
        guard let column = try table(id.table).columns.first(where: { $0.name == id.name }) else {
            throw CompileError("Table \(id.table.name) has no column \(id.name).")
        }
        return column
    }

    func type(_ id: ColumnID) throws(CompileError) -> SQLType { SQLType(try column(id).type) }

    func metric(_ name: String) throws(CompileError) -> SemanticSource.Metric {
        guard let metric = metrics[name.lowercased()] else { throw CompileError("There is no metric \"\(name)\".") }
        return metric
    }

    /// Whether a table must be written with its schema.
    func isQualified(_ id: TableID) -> Bool { id.schema != "public" || sharedNames.contains(id.name) }

    /// The column that says when a row of the table happened.
    func timeColumn(of id: TableID) throws(CompileError) -> ColumnID {
        let table = try table(id)
        if let name = table.timeColumn { return ColumnID(id, name) }
        let candidates = table.columns.filter { SQLType($0.type).isTemporal }
        guard let only = candidates.first else {
            throw CompileError("Rows of \(table.name) have no date, so they belong to no period.")
        }
        guard candidates.count == 1 else {
            let names = candidates.map(\.name).joined(separator: ", ")
            throw CompileError("Rows of \(table.name) have several dates (\(names)); which one counts is not said.")
        }
        return ColumnID(id, only.name)
    }

    /// The columns that tell rows of a table apart.
    func key(of id: TableID) throws(CompileError) -> [ColumnID] {
        guard let key = try identities(of: id).first else {
            throw CompileError("Table \(id.name) declares no primary key, so its rows cannot be told apart.")
        }
        return key.map { ColumnID(id, $0) }
    }

    /// Sets of columns each of which tells the rows apart: the declared ones, else what other tables refer to.
    func identities(of id: TableID) throws(CompileError) -> [[String]] {
        let table = try table(id)
        let declared = ([table.primaryKey] + table.uniqueKeys).filter { !$0.isEmpty }
        if !declared.isEmpty { return declared }
        var named: [[String]] = []
        for key in tables.values.flatMap(\.foreignKeys) where key.table == id {
            let columns = key.referencedColumns.sorted()
            // A name that happens to be referred to need not be the row's own.
            guard columns.count == 1,
                ["id", "key", "code", "no", "number"].contains(where: columns[0].lowercased().hasSuffix)
            else { continue }
            if !columns.isEmpty, !named.contains(columns) { named.append(columns) }
        }
        return named.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// The one way between two tables; nil where there is none.
    func path(from start: TableID, to end: TableID, role: String?) throws(CompileError) -> JoinPath? {
        switch graph.route(from: start, to: end, role: role) {
        case .path(let path): return path
        case .unreachable: return nil
        case .ambiguous(let paths):
            let ways = paths.map { path in path.edges.map(\.role).joined(separator: " → ") }.joined(separator: ", ")
            throw CompileError("From \(start.name) to \(end.name) lead several ways (\(ways)); which one is not said.")
        }
    }

    /// When a row that the atom counts happened.
    func time(of atom: Atom) throws(CompileError) -> ColumnID {
        if let time = atom.time { return time }
        if case .fragment(_, let metric) = atom.function { throw Self.noPeriod(of: metric) }
        return try timeColumn(of: atom.base)
    }

    /// The table's own date would put a second period on top of the one that the definition fixes.
    static func noPeriod(of metric: String) -> CompileError {
        CompileError(
            "The definition of \(metric) fixes its period itself or has none, so it is not computed for another one.")
    }

    /// Whether a row of the table has at most one value of each column.
    func hasOne(ofEach columns: [ColumnID], from table: TableID) throws(CompileError) -> Bool {
        for column in columns where try !hasOne(column, from: table) { return false }
        return true
    }

    /// Whether a row of the table has at most one value of the column.
    func hasOne(_ column: ColumnID, from table: TableID) throws(CompileError) -> Bool {
        try path(from: table, to: column.table, role: column.role)?.isToOne ?? false
    }
}

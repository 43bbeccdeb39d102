/// The groups that exist whether or not something happened in them.
struct EmptyGroups {
    let tools: CompileTools
    let query: GroupQuery

    func select(_ groupings: [Grouping]) throws(CompileError) -> SQLSelect {
        let columns = groupings.compactMap { grouping -> ColumnID? in
            if case .column(let column) = grouping.kind { column } else { nil }
        }
        guard columns.count == groupings.count, let first = columns.first else {
            throw CompileError("Which groups there are without rows is known for columns only.")
        }
        guard let table = try home(of: columns) else {
            throw CompileError(
                "The groups come from several tables, so which combinations exist without rows is not known.")
        }
        var scope = try Scope(table, schema: tools.schema, notes: tools.notes)
        var select = SQLSelect(isDistinct: true)
        for (grouping, column) in zip(groupings, columns) {
            let own = column.role == nil || column.table != table ? column : ColumnID(column.table, column.name)
            select.items.append(.init(try scope.column(own), grouping.names[0]))
        }
        // Conditions on the groups themselves hold for empty ones too.
        let role = first.role
        let local = query.conditions.filter { condition in
            let used = condition.columns
            guard !used.isEmpty, used.allSatisfy({ $0.role == role }) else { return false }
            return used.allSatisfy { (try? tools.schema.hasOne(ColumnID($0.table, $0.name), from: table)) == true }
        }.map { condition in condition.mapColumns { ColumnID($0.table, $0.name) } }
        select.conditions = try tools.conditions.predicates(local, in: &scope).flatMap(\.conjuncts)
        select.from = scope.source
        select.joins = scope.joins
        return select
    }

    /// The table of which each group is a row or a value.
    private func home(of columns: [ColumnID]) throws(CompileError) -> TableID? {
        for candidate in columns.map(\.table) {
            let others = columns.filter { $0.table != candidate }
            if try tools.schema.hasOne(ofEach: others, from: candidate) { return candidate }
        }
        return nil
    }
}

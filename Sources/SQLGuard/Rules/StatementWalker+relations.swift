/// What may be read, and what may be changed.
extension StatementWalker {
    /// The views of the standard that show each role only what it may use.
    private static let schemaViews: Set<String> = ["tables", "columns", "views"]

    mutating func checkRelation(_ node: TreeObject) throws(GuardRefusal) {
        let name = node["relname"]?.string ?? ""
        let schema = node["schemaname"]?.string
        if schema == nil, node["catalogname"] == nil, commonTables[name] != nil { return }
        try checkReadable(schema: schema, name: name, node)
        note(StatementSummary.Relation(schema: schema, name: name, access: .reads))
    }

    private func checkReadable(schema: String?, name: String, _ node: TreeObject) throws(GuardRefusal) {
        var shown: String { RefusalText.name(schema, name) }
        guard node["catalogname"] == nil else {
            throw GuardRefusal(
                .relation, "table \(shown) of a named database", because: "only this database can be read",
                instead: "Write schema.table.", position: position(node))
        }
        guard let schema else { return try checkUnqualified(name, node) }
        if schema == "information_schema" {
            guard Self.schemaViews.contains(name) else {
                throw GuardRefusal(
                    .relation, "view \(shown)", because: "it does not describe tables",
                    instead: "Use information_schema.tables, columns or views.", position: position(node))
            }
            return
        }
        guard schema == GuardPolicy.ownSchema || policy.dataSchemas.contains(schema) else {
            let isCatalog = schema.hasPrefix("pg_")
            throw GuardRefusal(
                .relation, "table \(shown)",
                because: isCatalog
                    ? "the server's catalogs may not be read"
                    : "schema \(RefusalText.name(schema)) is not company data",
                instead: isCatalog
                    ? "Use introspect_schema, or information_schema.tables and columns."
                    : "Read tables of \(readableSchemas).",
                position: position(node))
        }
        guard schema == GuardPolicy.ownSchema || isAllowed(schema, name) else {
            throw notListed(shown, node)
        }
    }

    /// The server looks into `pg_catalog` first, then along the path.
    private func checkUnqualified(_ name: String, _ node: TreeObject) throws(GuardRefusal) {
        guard !name.hasPrefix("pg_") else {
            throw GuardRefusal(
                .relation, "table \(RefusalText.name(name))", because: "the server's catalogs may not be read",
                instead: "Use introspect_schema, or information_schema.tables and columns.", position: position(node))
        }
        // Which schema has it is not known here: a table of this name in the first one is what the server takes.
        guard policy.allowedTables == nil || policy.dataSchemas.first.map({ isAllowed($0, name) }) ?? false else {
            throw notListed(RefusalText.name(name), node)
        }
    }

    private func isAllowed(_ schema: String, _ name: String) -> Bool {
        policy.allowedTables?.contains(QualifiedName(schema, name)) ?? true
    }

    private func notListed(_ shown: String, _ node: TreeObject) -> GuardRefusal {
        GuardRefusal(
            .relation, "table \(shown)", because: "it is not on the list of tables that may be read",
            instead: "Use a table that introspect_schema shows, written with its schema.", position: position(node))
    }

    var readableSchemas: String {
        (policy.dataSchemas + [GuardPolicy.ownSchema]).map { RefusalText.name($0) }.joined(separator: ", ")
    }

    mutating func note(_ relation: StatementSummary.Relation) {
        if seenRelations.insert(relation).inserted { summary.relations.append(relation) }
    }

    mutating func noteWriting(_ name: String) {
        note(StatementSummary.Relation(schema: GuardPolicy.ownSchema, name: name, access: .writes))
    }

    // MARK: - Changes

    /// INSERT, UPDATE, DELETE and MERGE, as the statement or as a common table expression.
    mutating func checkChange(_ kind: TreeName, _ node: TreeObject) throws(GuardRefusal) {
        guard !mustOnlyRead else {
            throw GuardRefusal(
                .changes, RefusalText.statement(kind),
                because: "EXPLAIN and the query of a view or table may only read",
                instead: "Run the change as a statement of its own.", position: position(node))
        }
        summary.changes = true
        // The row that ON CONFLICT could not insert.
        if kind == "InsertStmt" { fieldCalls.addRow("excluded") }
    }

    /// One table, or the list of TRUNCATE.
    mutating func checkTargets(_ value: TreeValue) throws(GuardRefusal) {
        if let elements = value.array {
            for element in elements { try checkTarget(element.node("RangeVar")) }
        } else {
            try checkTarget(value.object)
        }
    }

    private mutating func checkTarget(_ target: TreeObject?) throws(GuardRefusal) {
        guard let target else { throw unknown("the name of the object to change", at: nil) }
        try checkOwn(target)
        addRow(target)
        noteWriting(target["relname"]?.string ?? "")
    }

    /// What is changed or made must say `dash.`, so that no search path decides where it is.
    func checkOwn(_ target: TreeObject) throws(GuardRefusal) {
        let schema = target["schemaname"]?.string
        let name = target["relname"]?.string ?? ""
        try checkOwn(schema, name, position(target), hasCatalog: target["catalogname"] != nil)
        if let persistence = target["relpersistence"]?.string, persistence != "p" {
            throw GuardRefusal(
                .option, persistence == "t" ? "TEMPORARY" : "UNLOGGED",
                because: persistence == "t"
                    ? "a temporary table takes the place of the real one for the rest of the session"
                    : "its rows would be lost in a crash of the server",
                instead: "Leave it out; use WITH for steps in between.", position: position(target))
        }
    }

    func checkOwn(_ schema: String?, _ name: String, _ position: Int?, hasCatalog: Bool = false) throws(GuardRefusal) {
        guard schema == GuardPolicy.ownSchema, !hasCatalog else {
            throw GuardRefusal(
                .target, "changing \(RefusalText.name(schema, name))",
                because:
                    "only objects in schema dash may be created or changed, and their names must include the schema",
                instead: "Write dash.\(RefusalText.name(name)) if it is one of them; company tables are read-only.",
                position: position)
        }
    }

    mutating func checkCreated(_ value: TreeValue) throws(GuardRefusal) {
        guard let target = value.object else { throw unknown("the name of the object to create", at: nil) }
        try checkOwn(target)
        let name = target["relname"]?.string ?? ""
        try checkNewName(name, position(target))
        addRow(target)
        noteWriting(name)
    }
}

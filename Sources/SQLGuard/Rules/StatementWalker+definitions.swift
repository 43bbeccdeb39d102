/// The engineer's statements about objects of schema `dash`, and EXPLAIN.
extension StatementWalker {
    /// What the root of a statement is; nil for what the role may not send.
    func statementKind(_ kind: TreeName, _ node: TreeObject) -> StatementSummary.Kind? {
        switch kind {
        case "SelectStmt": return .select
        case "ExplainStmt": return .explain
        default: break
        }
        guard policy.role == .engineer else { return nil }
        return switch kind {
        case "InsertStmt": .insert
        case "UpdateStmt": .update
        case "DeleteStmt": .delete
        case "MergeStmt": .merge
        case "TruncateStmt": .truncate
        case "CreateStmt": .createTable
        case "CreateTableAsStmt":
            node["objtype"]?.string == "OBJECT_MATVIEW" ? .createMaterializedView : .createTableAs
        case "ViewStmt": .createView
        case "IndexStmt": .createIndex
        case "AlterTableStmt": .alter
        case "RenameStmt": .rename
        case "DropStmt": .drop
        case "CommentStmt": .comment
        case "RefreshMatViewStmt": .refresh
        default: nil
        }
    }

    mutating func checkExplain(_ node: TreeObject) throws(GuardRefusal) {
        try requireQuery(node["query"], of: "EXPLAIN")
        for option in node.elements("options") where option.node("DefElem")?["defname"]?.string == "analyze" {
            throw GuardRefusal(
                .option, "EXPLAIN ANALYZE", because: "it runs the statement",
                instead: "Leave ANALYZE out: EXPLAIN alone shows the plan.")
        }
        try checkOptions(node["options"], among: GuardPolicy.explainOptions)
    }

    mutating func inspectDefinition(_ kind: TreeName, _ node: TreeObject) throws(GuardRefusal) {
        switch kind {
        case "CreateStmt": try checkOptions(node["options"], among: DefinitionOptions.table)
        case "CreateTableAsStmt": try requireQuery(node["query"], of: "CREATE TABLE AS")
        case "ViewStmt":
            try requireQuery(node["query"], of: "CREATE VIEW")
            try checkOptions(node["options"], among: DefinitionOptions.view)
        case "IndexStmt": try checkIndex(node)
        case "AlterTableStmt":
            guard isSupported(node["objtype"]) else { throw objectRefusal("ALTER", node["objtype"]) }
        case "RenameStmt": try checkRename(node)
        case "DropStmt": try checkDrop(node)
        case "CommentStmt": try checkComment(node)
        default: break
        }
    }

    mutating func inspectPart(_ kind: TreeName, _ node: TreeObject) throws(GuardRefusal) {
        switch kind {
        case "Constraint": try checkConstraint(node)
        case "AlterTableCmd": try checkAlteration(node)
        default: try checkOptions(node["options"], among: DefinitionOptions.table)
        }
    }

    // MARK: - Each statement

    /// The body is a query, and only that: nothing in it changes anything.
    private mutating func requireQuery(_ value: TreeValue?, of command: String) throws(GuardRefusal) {
        guard let kind = value?.node?.kind, kind == "SelectStmt" else {
            throw GuardRefusal(
                .statement, "\(command) of \(RefusalText.statement(value?.node?.kind ?? ""))",
                because: "only a query can stand there", instead: "Write \(command) with a SELECT.")
        }
        mustOnlyRead = true
    }

    private func checkIndex(_ node: TreeObject) throws(GuardRefusal) {
        let method = node["accessMethod"]?.string ?? "btree"
        guard DefinitionOptions.indexMethods.contains(method) else {
            throw GuardRefusal(
                .option, "an index of method \(RefusalText.name(method))", because: "it is not built in",
                instead: "Leave USING out, or use btree, hash, gin, gist, spgist or brin.")
        }
        try checkOptions(node["options"], among: DefinitionOptions.index)
        guard let name = node["idxname"]?.string else { return }
        try checkNewName(name, position(node))
    }

    private func checkRename(_ node: TreeObject) throws(GuardRefusal) {
        let kind = node["renameType"]
        if ["OBJECT_COLUMN", "OBJECT_TABCONSTRAINT"].contains(kind?.string) {
            guard isSupported(node["relationType"]) || kind?.string == "OBJECT_TABCONSTRAINT" else {
                throw objectRefusal("ALTER", node["relationType"])
            }
            return
        }
        guard isSupported(kind) else { throw objectRefusal("ALTER", kind) }
        try checkNewName(node["newname"]?.string ?? "", nil)
    }

    private mutating func checkDrop(_ node: TreeObject) throws(GuardRefusal) {
        guard isSupported(node["removeType"]) else { throw objectRefusal("DROP", node["removeType"]) }
        for object in node.elements("objects") {
            let parts = object.names ?? []
            try checkOwn(
                parts.dropLast().last, parts.last ?? "", nil, hasCatalog: parts.count > 2 || parts.isEmpty)
            noteWriting(parts.last ?? "")
        }
    }

    private mutating func checkComment(_ node: TreeObject) throws(GuardRefusal) {
        let isColumn = node["objtype"]?.string == "OBJECT_COLUMN"
        guard isColumn || isSupported(node["objtype"]) else { throw objectRefusal("COMMENT ON", node["objtype"]) }
        let parts = node["object"]?.names ?? []
        let table = isColumn ? Array(parts.dropLast()) : parts
        try checkOwn(table.dropLast().last, table.last ?? "", nil, hasCatalog: table.count > 2 || table.isEmpty)
        noteWriting(table.last ?? "")
    }

    private mutating func checkConstraint(_ node: TreeObject) throws(GuardRefusal) {
        let kind = node["contype"]?.string ?? ""
        guard DefinitionOptions.constraints.contains(kind) else {
            throw GuardRefusal(
                .option, "a constraint of this kind", because: "tables in dash cannot have one",
                instead: "Use NOT NULL, DEFAULT, CHECK, UNIQUE, PRIMARY KEY, GENERATED or REFERENCES dash.name.",
                position: position(node))
        }
        try checkOptions(node["options"], among: kind == "CONSTR_IDENTITY" ? DefinitionOptions.identity : [])
        // The index behind it gets its name, in the same schema as tables.
        if let name = node["conname"]?.string, ["CONSTR_PRIMARY", "CONSTR_UNIQUE"].contains(kind) {
            try checkNewName(name, position(node))
        }
        guard let table = node["pktable"] else { return }
        guard let target = table.object else { throw unknown("the name after REFERENCES", at: position(node)) }
        let name = target["relname"]?.string ?? ""
        guard target["schemaname"]?.string == GuardPolicy.ownSchema, target["catalogname"] == nil else {
            throw GuardRefusal(
                .reference, "REFERENCES \(RefusalText.name(target["schemaname"]?.string, name))",
                because: "a foreign key would keep company rows from being deleted",
                instead: "Leave it out, or reference a table written dash.name.", position: position(target))
        }
        note(StatementSummary.Relation(schema: GuardPolicy.ownSchema, name: name, access: .reads))
    }

    private mutating func checkAlteration(_ node: TreeObject) throws(GuardRefusal) {
        let kind = node["subtype"]?.string ?? ""
        guard DefinitionOptions.alterations.contains(kind) else {
            throw GuardRefusal(
                .option, "ALTER … \(RefusalText.words(kind.dropFirst(3)))",
                because: "this change is not supported for objects in dash",
                instead: "Add, drop, rename or change columns and constraints; or create the object anew.")
        }
        guard let definition = node["def"] else { return }
        if kind == "AT_SetRelOptions" || kind == "AT_ResetRelOptions" {
            let options = definition.node("List")?["items"] ?? definition
            let all = DefinitionOptions.table.union(DefinitionOptions.view).union(DefinitionOptions.index)
            return try checkOptions(options, among: all)
        }
        try visit(definition)
    }

    // MARK: - Parts

    /// Names and plain values of options; what they are about is decided by the list.
    private func checkOptions(_ value: TreeValue?, among known: Set<String>) throws(GuardRefusal) {
        guard let value else { return }
        guard let elements = value.array else {
            throw GuardRefusal(
                .option, "these options", because: "the guard cannot analyse them", instead: "Leave them out.")
        }
        for element in elements {
            let option = element.node("DefElem")
            let name = option?["defname"]?.string ?? ""
            let argument = option?["arg"]?.node?.kind
            guard let option, option["defnamespace"] == nil, known.contains(name),
                argument.map({ ["String", "Integer", "Float", "Boolean"].contains($0) }) ?? true
            else {
                let hint = known.isEmpty ? "" : " Known ones: \(known.sorted().joined(separator: ", "))."
                throw GuardRefusal(
                    .option, "the option \(RefusalText.name(name))",
                    because: "it is not supported here", instead: "Leave it out.\(hint)",
                    position: option.flatMap { position($0) })
            }
        }
    }

    private func isSupported(_ object: TreeValue?) -> Bool {
        ["OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_INDEX"].contains(object?.string)
    }

    private func objectRefusal(_ command: String, _ object: TreeValue?) -> GuardRefusal {
        let kind = (object?.string ?? "").split(separator: "_").dropFirst().joined(separator: " ")
        return GuardRefusal(
            .statement, "\(command) \(kind)",
            because: "only tables, views, materialized views and indexes are supported",
            instead: "Use one of those, written dash.name.")
    }

    /// What is made must not be taken for a company table, a type or a part of SQL.
    func checkNewName(_ name: String, _ position: Int?) throws(GuardRefusal) {
        let isPlain = name.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "_")
        }
        let reason: String? =
            if !isPlain || name.utf8.first.map({ $0 < UInt8(ascii: "a") }) ?? true {
                "it may contain only a to z, digits and _, and must begin with a letter"
            } else if name.hasPrefix("pg_") {
                "names that begin with pg_ belong to the server"
            } else if policy.companyRelations.contains(name) {
                "a company table has this name, and the two would be confused"
            } else if AllowedTypes.contains(name) || DefinitionOptions.reservedWords.contains(name) {
                "it is a keyword of SQL or a type"
            } else {
                nil
            }
        guard let reason else { return }
        throw GuardRefusal(
            .objectName, "the name \(RefusalText.name(name))", because: reason, instead: "Choose another name.",
            position: position)
    }
}

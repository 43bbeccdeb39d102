/// Functions, types and names that the server looks up.
extension StatementWalker {
    mutating func checkFunction(_ node: TreeObject) throws(GuardRefusal) {
        guard let parts = node["funcname"]?.names, let name = parts.last else {
            throw GuardRefusal(
                .function, "this function call", because: "its name cannot be read", instead: "Write name(arguments).",
                position: position(node))
        }
        guard parts.count == 1 || parts.count == 2 && parts[0] == "pg_catalog" else {
            throw GuardRefusal(
                .function, "function \(parts.map { RefusalText.name($0) }.joined(separator: "."))",
                because: "only PostgreSQL's built-in functions may be called",
                instead: "Use a built-in function, or write the expression itself.", position: position(node))
        }
        if let (reason, advice) = functions.objection(to: name, isQualified: parts.count == 2) {
            throw GuardRefusal(
                .function, "function \(RefusalText.name(name))", because: reason, instead: advice,
                position: position(node))
        }
        guard !types.refusesCast(by: name) else { throw typeRefusal(name, RefusalText.name(name), node) }
        guard isCastToText || !DeniedFunctions.onlyAsText.contains(name) else {
            throw GuardRefusal(
                .function, "function \(RefusalText.name(name))",
                because: "what it gives can be turned into names of the server's catalogs",
                instead: "Write \(RefusalText.name(name))(value)::text, or use information_schema.columns.",
                position: position(node))
        }
        isCastToText = false
        if seenFunctions.insert(name).inserted { summary.functions.append(name) }
    }

    /// `pg_typeof(value)::text` and the like.
    func castsToText(_ node: TreeObject) -> Bool {
        guard let name = node["arg"]?.node("FuncCall")?["funcname"]?.names?.last,
            DeniedFunctions.onlyAsText.contains(name), let type = node["typeName"]?.object
        else { return false }
        return type["names"]?.names?.last == "text" && type["typmods"] == nil && type["arrayBounds"] == nil
    }

    func checkSampling(_ node: TreeObject) throws(GuardRefusal) {
        let parts = node["method"]?.names ?? []
        guard ["bernoulli", "system"].contains(parts.last), parts.dropLast().allSatisfy({ $0 == "pg_catalog" }) else {
            throw GuardRefusal(
                .construct, "this TABLESAMPLE method", because: "only BERNOULLI and SYSTEM are supported",
                instead: "Use TABLESAMPLE BERNOULLI (percent).", position: position(node))
        }
    }

    // MARK: - Columns

    /// `owner.name`, which may turn out to be a call, see `FieldCalls`.
    mutating func checkColumn(_ node: TreeObject) throws(GuardRefusal) {
        var count = 0
        var owner: TreeValue?
        var last: TreeValue?
        for field in node.elements("fields") {
            count += 1
            (owner, last) = (last, field)
            guard field.node("String") != nil || field.node("A_Star") != nil else {
                throw GuardRefusal(
                    .construct, "this column name", because: "it cannot be read", instead: "Write table.column.",
                    position: position(node))
            }
        }
        guard count > 1, let name = last?.node("String")?["sval"]?.string else { return }
        guard !functions.refusesField(name, onRow: true) else { throw fieldCall(name, position(node)) }
        // Before schema.table.column stands a table, whatever else has its name.
        guard count == 2, isCall(name) else { return }
        fieldCalls.add(
            FieldCalls.Mention(
                owner: owner?.node("String")?["sval"]?.string ?? "", column: name, position: position(node)))
    }

    /// `(value).name` calls a function of that name on any value, or casts it to a type of that name.
    func checkFields(_ node: TreeObject) throws(GuardRefusal) {
        for element in node.elements("indirection") {
            guard let name = element.node("String")?["sval"]?.string, isCall(name) else { continue }
            throw fieldCall(name, position(node))
        }
    }

    /// When all of FROM is known.
    func checkFieldCalls() throws(GuardRefusal) {
        for mention in fieldCalls.mentions where !fieldCalls.isRow(mention.owner) {
            throw fieldCall(mention.column, mention.position)
        }
    }

    /// Of a table or a subquery, by its alias or its own name.
    mutating func addRow(_ node: TreeObject) {
        fieldCalls.addRow(node["alias"]?.object?["aliasname"]?.string ?? node["relname"]?.string)
        fieldCalls.addRow(node["join_using_alias"]?.object?["aliasname"]?.string)
    }

    private func isCall(_ name: String) -> Bool {
        functions.refusesField(name, onRow: false) || types.refusesCast(by: name)
    }

    private func fieldCall(_ name: String, _ position: Int?) -> GuardRefusal {
        GuardRefusal(
            .fieldCall, "field \(RefusalText.name(name))",
            because: "a function or type has this name, and the server would call it if there is no such column",
            instead: "Write the column without the name before it, or give it another name in a subquery.",
            position: position)
    }

    // MARK: - Types and operators

    func checkType(_ node: TreeObject) throws(GuardRefusal) {
        let parts = node["names"]?.names ?? []
        var shown: String { parts.map { RefusalText.name($0) }.joined(separator: ".") }
        guard node["setof"] == nil, node["pct_type"] == nil, node["typeOid"] == nil, let name = parts.last else {
            throw GuardRefusal(
                .type, "type \(shown)", because: "SETOF and %TYPE are not supported in queries",
                instead: "Name the type itself.", position: position(node))
        }
        let isAllowed =
            switch parts.count {
            case 1: types.allows(name, in: nil)
            case 2: types.allows(name, in: parts[0])
            default: false
            }
        guard isAllowed else { throw typeRefusal(name, shown, node) }
    }

    private func typeRefusal(_ name: String, _ shown: String, _ node: TreeObject) -> GuardRefusal {
        let looksUp = name.hasPrefix("reg") || name.hasPrefix("_reg") || name == "oid"
        return GuardRefusal(
            .type, "type \(shown)",
            because: looksUp
                ? "it looks names up in the server's catalogs"
                : "it is neither a usual built-in type nor an enum or domain of the company",
            instead: looksUp
                ? "Use introspect_schema, or information_schema.columns."
                : "Use text, integer, bigint, numeric, boolean, date, timestamptz, interval, uuid, jsonb or an array of one.",
            position: position(node))
    }

    /// An operator, collation or operator class that is written with a schema.
    func checkBuiltIn(_ value: TreeValue, of node: TreeObject) throws(GuardRefusal) {
        guard let parts = value.names, parts.count == 1 || parts.count == 2 && parts[0] == "pg_catalog" else {
            let shown = (value.names ?? []).map { RefusalText.name($0) }.joined(separator: ".")
            throw GuardRefusal(
                .operator, "operator or collation \(shown)", because: "only built-in ones may be written with a schema",
                instead: "Write it without a schema.", position: position(node))
        }
    }
}

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
                .function, "function \(parts.map { Shown.name($0) }.joined(separator: "."))",
                because: "only functions that PostgreSQL brings along are called",
                instead: "Use a built-in function, or write the expression itself.", position: position(node))
        }
        if let (reason, advice) = functions.objection(to: name, isQualified: parts.count == 2) {
            throw GuardRefusal(
                .function, "function \(Shown.name(name))", because: reason, instead: advice, position: position(node))
        }
        if seenFunctions.insert(name).inserted { verdict.functions.append(name) }
    }

    /// `alias.name` calls a function of that name where there is no such column: on the row, or on the value itself when
    /// the alias is that of a function in FROM.
    func checkColumn(_ node: TreeObject) throws(GuardRefusal) {
        var count = 0
        var last: TreeValue?
        for field in node.elements("fields") {
            count += 1
            last = field
            guard field.node("String") != nil || field.node("A_Star") != nil else {
                throw GuardRefusal(
                    .construct, "this column name", because: "it cannot be read", instead: "Write table.column.",
                    position: position(node))
            }
        }
        guard count > 1, let name = last?.node("String")?["sval"]?.string, functions.isCalledAsField(name) else {
            return
        }
        throw fieldCall(name, node)
    }

    /// `(value).name` calls a function of that name on any value.
    func checkFields(_ node: TreeObject) throws(GuardRefusal) {
        for element in node.elements("indirection") {
            guard let name = element.node("String")?["sval"]?.string, functions.isCalledAsField(name) else { continue }
            throw fieldCall(name, node)
        }
    }

    private func fieldCall(_ name: String, _ node: TreeObject) -> GuardRefusal {
        GuardRefusal(
            .fieldCall, "field \(Shown.name(name))",
            because: "there is a function of this name, which would be called where no such column is",
            instead: "Write the column without the table's name, or give it another name in a subquery.",
            position: position(node))
    }

    func checkType(_ node: TreeObject) throws(GuardRefusal) {
        let parts = node["names"]?.names ?? []
        var shown: String { parts.map { Shown.name($0) }.joined(separator: ".") }
        guard node["setof"] == nil, node["pct_type"] == nil, node["typeOid"] == nil, let name = parts.last else {
            throw GuardRefusal(
                .type, "type \(shown)", because: "SETOF and %TYPE are not used in queries",
                instead: "Name the type itself.", position: position(node))
        }
        let isAllowed =
            switch parts.count {
            case 1:
                AllowedTypes.contains(name)
                    || policy.unqualifiedSchemas.contains { policy.types.contains(QualifiedName($0, name)) }
            case 2 where parts[0] == "pg_catalog": AllowedTypes.contains(name)
            case 2: policy.types.contains(QualifiedName(parts[0], name))
            default: false
            }
        guard !isAllowed else { return }
        let looksUp = name.hasPrefix("reg") || name == "oid"
        throw GuardRefusal(
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
            let shown = (value.names ?? []).map { Shown.name($0) }.joined(separator: ".")
            throw GuardRefusal(
                .operator, "operator or collation \(shown)", because: "only built-in ones are named with a schema",
                instead: "Write it without a schema.", position: position(node))
        }
    }

    func checkSampling(_ node: TreeObject) throws(GuardRefusal) {
        let parts = node["method"]?.names ?? []
        guard ["bernoulli", "system"].contains(parts.last), parts.dropLast().allSatisfy({ $0 == "pg_catalog" }) else {
            throw GuardRefusal(
                .construct, "this TABLESAMPLE method", because: "only BERNOULLI and SYSTEM are built in",
                instead: "Use TABLESAMPLE BERNOULLI (percent).", position: position(node))
        }
    }
}

/// Words for what is on no list.
extension StatementWalker {
    static func statementRefusal(_ kind: TreeName, role: SQLRole) -> GuardRefusal {
        let advice =
            switch (kind, role) {
            case ("VariableShowStmt", _): "Use introspect_schema, or information_schema.tables and columns."
            case (_, .analyst): "Send one SELECT, WITH … SELECT, VALUES or EXPLAIN SELECT."
            case (_, .engineer):
                "Send SELECT or EXPLAIN; or CREATE TABLE, VIEW, MATERIALIZED VIEW or INDEX, ALTER, DROP, COMMENT, "
                    + "REFRESH, INSERT, UPDATE, DELETE, MERGE or TRUNCATE on objects written dash.name."
            }
        return GuardRefusal(
            .statement, kind == "" ? "this statement" : RefusalText.statement(kind),
            because: role == .analyst
                ? "only queries may be run here" : "it is neither a query nor a command that builds in dash",
            instead: advice)
    }

    func constructRefusal(_ kind: TreeName, _ node: TreeObject) -> GuardRefusal {
        switch kind {
        case "ParamRef":
            GuardRefusal(
                .parameters, "a parameter such as $1", because: "no value can be given for it",
                instead: "Write the value as a literal.", position: position(node))
        case "XmlExpr", "XmlSerialize", "RangeTableFunc":
            GuardRefusal(
                .construct, "XML", because: "some of its functions run text as SQL or read more than tables",
                instead: "Use jsonb functions.", position: position(node))
        case "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt":
            GuardRefusal(
                .changes, RefusalText.statement(kind), because: "only queries may be run here, also inside WITH",
                instead: "Send a SELECT.", position: position(node))
        case "TableLikeClause":
            GuardRefusal(
                .construct, "LIKE", because: "it copies defaults and settings that have not been checked",
                instead: "List the columns, or use CREATE TABLE dash.name AS SELECT … WITH NO DATA.",
                position: position(node))
        default:
            GuardRefusal(
                .construct, RefusalText.statement(kind), because: "this part of SQL is not supported here",
                instead: "Write it in plain SQL: joins, subqueries, aggregates, window functions, CASE.",
                position: position(node))
        }
    }

    func fieldRefusal(_ name: TreeName, of kind: TreeName, _ node: TreeObject) -> GuardRefusal {
        let field = name.description
        return switch field {
        case "lockingClause":
            GuardRefusal(
                .locks, "FOR UPDATE or FOR SHARE", because: "it locks rows that others need", instead: "Leave it out.",
                position: position(node))
        case "intoClause":
            GuardRefusal(
                .changes, "SELECT … INTO", because: "it creates a table",
                instead: policy.role == .engineer ? "Use CREATE TABLE dash.name AS SELECT …" : "Leave INTO out.",
                position: position(node))
        default:
            GuardRefusal(
                .option, Self.words[field] ?? "the part \(RefusalText.name(field)) of \(RefusalText.statement(kind))",
                because: Self.reasons[field] ?? "this part of SQL is not supported here",
                instead: "Leave it out.", position: position(node))
        }
    }

    private static let words = [
        "inhRelations": "INHERITS", "partspec": "PARTITION BY", "partbound": "PARTITION OF",
        "ofTypename": "OF type", "tablespacename": "TABLESPACE", "tableSpace": "TABLESPACE",
        "tableSpaceName": "TABLESPACE", "indexspace": "USING INDEX TABLESPACE", "accessMethod": "USING method",
        "access_method": "USING method", "compression": "COMPRESSION", "storage": "STORAGE",
        "exclusions": "EXCLUDE", "concurrent": "CONCURRENTLY", "opclassopts": "options of an operator class",
        "fdwoptions": "OPTIONS", "newowner": "OWNER TO", "is_select_into": "SELECT INTO",
    ]
    private static let reasons = [
        "inhRelations": "the table would become part of the parent, and its rows would show up there",
        "partbound": "the table would become part of the parent, and its rows would show up there",
        "concurrent": "every change runs in a transaction, in which this cannot be done",
        "newowner": "objects stay with the role that builds them",
    ]
}

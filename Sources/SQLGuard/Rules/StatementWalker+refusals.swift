/// Words for what is on no list.
extension StatementWalker {
    static func statementRefusal(_ kind: TreeName, role: GuardPolicy.Role) -> GuardRefusal {
        GuardRefusal(
            .statement, kind == "" ? "this statement" : Shown.statement(kind),
            because: role == .analyst ? "only reading is done here" : "it is none of the commands that build in dash",
            instead: role == .analyst
                ? "Send one SELECT, WITH … SELECT, VALUES or EXPLAIN SELECT."
                : "Send SELECT or EXPLAIN; or CREATE TABLE, VIEW, MATERIALIZED VIEW or INDEX, ALTER, DROP, COMMENT, "
                    + "REFRESH, INSERT, UPDATE, DELETE, MERGE or TRUNCATE on objects written dash.name.")
    }

    func constructRefusal(_ kind: TreeName, _ node: TreeObject) -> GuardRefusal {
        switch kind {
        case "ParamRef":
            GuardRefusal(
                .parameters, "a parameter such as $1", because: "nothing is bound to it",
                instead: "Write the value as a literal.", position: position(node))
        case "XmlExpr", "XmlSerialize", "RangeTableFunc":
            GuardRefusal(
                .construct, "XML", because: "its functions run text as SQL and read other things than tables",
                instead: "Use jsonb functions.", position: position(node))
        case "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt":
            GuardRefusal(
                .changes, Shown.statement(kind), because: "only reading is done here, also inside WITH",
                instead: "Send a SELECT.", position: position(node))
        case "TableLikeClause":
            GuardRefusal(
                .construct, "LIKE", because: "it copies defaults and settings that nobody has looked at",
                instead: "List the columns, or use CREATE TABLE dash.name AS SELECT … WITH NO DATA.",
                position: position(node))
        default:
            GuardRefusal(
                .construct, Shown.statement(kind), because: "it is not part of the SQL that is run here",
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
                .option, Self.words[field] ?? "the part \(Shown.name(field)) of \(Shown.statement(kind))",
                because: Self.reasons[field] ?? "it is not part of the SQL that is run here",
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

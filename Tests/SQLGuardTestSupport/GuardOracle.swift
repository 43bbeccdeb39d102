import CPgQuery
import SQLGuard

/// What holds of the guard's decision about any text whatever, found out without the guard's own reading of the tree.
package enum GuardOracle {
    /// What is wrong with what both roles' guards decide; nil when nothing is.
    ///
    /// Needs `SQLGuard.stackBytes` of stack.
    package static func complaint(about bytes: [UInt8]) -> String? {
        let analyst = decision(GuardCorpus.analyst, bytes)
        let engineer = decision(GuardCorpus.engineer, bytes)
        if analyst != decision(GuardCorpus.analyst, bytes) || engineer != decision(GuardCorpus.engineer, bytes) {
            return "two decisions about the same text"
        }
        if case .success(let summary) = analyst {
            guard summary.kind == .select || summary.kind == .explain, !summary.changes else {
                return "the analyst changes something"
            }
            if engineer != analyst { return "the analyst may what the engineer may not" }
        }
        return complaint(analyst, of: .analyst, about: bytes) ?? complaint(engineer, of: .engineer, about: bytes)
    }

    private static func decision(_ sqlGuard: SQLGuard, _ bytes: [UInt8]) -> Result<StatementSummary, GuardRefusal> {
        Result { () throws(GuardRefusal) in try sqlGuard.checkOnThisThread(bytes) }
    }

    private static func complaint(
        _ decision: Result<StatementSummary, GuardRefusal>, of role: SQLRole, about bytes: [UInt8]
    ) -> String? {
        switch decision {
        case .failure(let refusal):
            if refusal.refused.isEmpty || refusal.reason.isEmpty || refusal.advice.isEmpty {
                return "a refusal without words"
            }
            if refusal.description.utf8.count > 2_000 { return "a long refusal" }
            if let position = refusal.position, !(1...bytes.count + 1).contains(position) {
                return "a refusal at \(position) of \(bytes.count) bytes"
            }
            return nil
        case .success(let summary): return complaint(summary, of: role, about: String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func complaint(_ summary: StatementSummary, of role: SQLRole, about sql: String) -> String? {
        let split = sql.withCString { pg_query_split_with_parser($0) }
        defer { pg_query_free_split_result(split) }
        guard split.error == nil, split.n_stmts == 1 else { return "\(split.n_stmts) statements run as one" }
        guard let tree = RawTree(sql) else { return nil }
        if let kind = tree.kinds.first(where: { isForbidden($0, to: role) }) { return "\(kind) runs as the \(role)" }
        for function in tree.functions where !summary.functions.contains(function) {
            return "function \(function) is called and not named"
        }
        for function in tree.functions where forbiddenFunctions.contains(where: { function.hasPrefix($0) }) {
            return "function \(function) is called"
        }
        let known = Set(summary.relations.map(\.name)).union(tree.commonTables)
        for relation in tree.relations {
            if let schema = relation.schema, !["public", "dash", "information_schema"].contains(schema) {
                return "schema \(schema) is reached"
            }
            if !known.contains(relation.name) { return "relation \(relation.name) is used and not named" }
        }
        for relation in summary.relations where relation.access == .writes && relation.schema != "dash" {
            return "relation \(relation.name) is written"
        }
        return complaint(aboutFormOf: sql, summary, of: role)
    }

    /// What follows the statement and means nothing changes nothing.
    private static func complaint(aboutFormOf sql: String, _ summary: StatementSummary, of role: SQLRole)
        -> String?
    {
        let longer = Array("\(sql)\n; -- end".utf8)
        guard longer.count <= GuardPolicy.longestStatement else { return nil }
        let again = decision(GuardCorpus.sqlGuard(role), longer)
        return again == .success(summary) ? nil : "another decision with a semicolon behind it"
    }

    private static func isForbidden(_ kind: String, to role: SQLRole) -> Bool {
        let writing: Set<String> = [
            "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "TruncateStmt", "CreateStmt", "CreateTableAsStmt",
            "ViewStmt", "IndexStmt", "AlterTableStmt", "RenameStmt", "DropStmt", "CommentStmt", "RefreshMatViewStmt",
        ]
        if ["ParamRef", "XmlExpr", "XmlSerialize", "RangeTableFunc", "lockingClause", "intoClause"].contains(kind) {
            return true
        }
        guard kind.hasSuffix("Stmt"), kind.first?.isUppercase == true, kind != "SelectStmt", kind != "ExplainStmt"
        else { return false }
        return role == .analyst || !writing.contains(kind)
    }

    private static let forbiddenFunctions = [
        "pg_sleep", "pg_read_", "pg_ls_", "pg_terminate_", "pg_cancel_", "pg_advisory_", "set_config",
        "current_setting", "lo_", "dblink", "query_to_xml", "table_to_xml", "nextval", "setval", "pg_logical_",
    ]
}

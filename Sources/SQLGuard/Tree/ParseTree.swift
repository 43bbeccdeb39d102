import CPgQuery

/// What libpg_query makes of a text.
enum ParseTree {
    /// Calls `body` with the only statement's node. Nothing of the tree may leave it: the tree ends with it.
    static func withRoot<Result>(
        of text: StatementText, _ body: (TreeValue) throws(GuardRefusal) -> Result
    ) throws(GuardRefusal) -> Result {
        let result = text.sql.withCString { pg_query_parse($0) }
        defer { pg_query_free_parse_result(result) }
        if let error = result.error { throw SyntaxFailure.refusal(error.pointee, of: text.sql) }
        guard let json = result.parse_tree, let entries = TreeReader.read(json) else {
            throw SyntaxFailure.tooDeep(at: nil)
        }
        return try entries.withUnsafeBufferPointer { entries throws(GuardRefusal) in
            guard let document = entries.baseAddress else { throw SyntaxFailure.tooDeep(at: nil) }
            return try body(try onlyStatement(of: TreeValue(document)))
        }
    }

    private static func onlyStatement(of document: TreeValue) throws(GuardRefusal) -> TreeValue {
        guard let statements = document.object?["stmts"]?.array, !statements.isEmpty else {
            throw GuardRefusal(
                .empty, "an empty statement", because: "there is nothing to run", instead: "Send one SELECT statement.")
        }
        guard let statement = statements.only else {
            throw GuardRefusal(
                .oneStatement, "a text of \(statements.reduce(0) { count, _ in count + 1 }) statements",
                because: "only one can be run at a time",
                instead: "Send them one after the other, or join them with WITH or UNION ALL.")
        }
        guard let root = statement.object?["stmt"] else {
            throw GuardRefusal(
                .statement, "this statement", because: "the guard cannot analyse it",
                instead: "Send one SELECT statement.")
        }
        return root
    }
}

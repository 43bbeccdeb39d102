/// The kinds of commands that the Engineer's work consists of.
///
/// What they may touch is the server's business. This keeps out commands whose effects lie outside schema `dash` and that
/// every role may give: changing its own password or settings, notifying other sessions, ending the transaction.
enum EngineerCommand {
    private static let commands: Set<String> = [
        "alter", "comment", "create", "delete", "drop", "explain", "insert", "merge", "refresh", "select", "show",
        "truncate",
        "update", "values", "with",
    ]
    /// What ALTER, COMMENT ON, CREATE and DROP may be about; modifiers such as OR REPLACE stand before it.
    private static let objects: Set<String> = [
        "aggregate", "column", "constraint", "domain", "function", "index", "materialized", "procedure", "routine",
        "sequence", "statistics", "table", "trigger", "type", "view",
    ]
    private static let modifiers: Set<String> = ["on", "or", "recursive", "replace", "unique", "unlogged"]

    /// Throws `SQLFailure` of class `refused` for any other command.
    static func check(_ sql: String) throws(SQLFailure) {
        let words = SQLToken.scan(sql).drop { $0 == .symbol("(") }.prefix(8).map {
            if case .word(let word, isQuoted: false) = $0 { word } else { "" }
        }
        // The server says what is wrong with a text that begins with no word.
        guard let command = words.first, !command.isEmpty else { return }
        guard commands.contains(command) else { throw refusal(command) }
        guard ["alter", "comment", "create", "drop"].contains(command) else { return }
        guard let object = words.dropFirst().first(where: { !modifiers.contains($0) }) else { return }
        guard objects.contains(object) else { throw refusal("\(command) \(object)") }
    }

    private static func refusal(_ words: String) -> SQLFailure {
        SQLFailure(
            .refused, message: "\(words.uppercased()) is nothing that can be done here",
            hint: "Views, tables and other objects in schema dash are created, altered, filled, refreshed and dropped.")
    }
}

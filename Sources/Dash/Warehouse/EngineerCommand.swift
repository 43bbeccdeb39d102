/// The kinds of commands that the Engineer's work consists of.
///
/// What they may touch is the server's business. This keeps out commands whose effects lie outside schema `dash` and that
/// every role may give: changing its own password or settings, notifying other sessions, ending the transaction.
enum EngineerCommand {
    private static let commands: Set<String> = [
        "alter", "comment", "create", "delete", "drop", "insert", "merge", "refresh", "select", "show", "truncate",
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
        guard command != "explain" else {
            // As a query it has been tried; as a change it would run what it explains.
            throw SQLFailure(
                .refused, message: "EXPLAIN with options cannot be run here",
                hint: "EXPLAIN is followed by the statement; it takes no options here and never runs it.")
        }
        guard commands.contains(command) else { throw refusal(command) }
        guard ["alter", "comment", "create", "drop"].contains(command) else { return }
        guard let object = words.dropFirst().first(where: { !modifiers.contains($0) }) else { return }
        guard objects.contains(object) else { throw refusal("\(command) \(object)") }
    }

    /// Whether a statement that has run may have changed schema `dash`.
    static func isChange(_ sql: String) -> Bool {
        let tokens = SQLToken.scan(sql)
        guard case .word(let first, isQuoted: false) = tokens.first(where: { $0 != .symbol("(") }) else { return false }
        if ["alter", "comment", "create", "drop", "refresh", "truncate"].contains(first) { return true }
        guard ["delete", "insert", "merge", "select", "update", "values", "with"].contains(first) else { return false }
        var depth = 0
        for (index, token) in tokens.enumerated() {
            switch token {
            case .symbol("("): depth += 1
            case .symbol(")"): depth -= 1
            // SELECT … INTO; INSERT and MERGE are found by their own words.
            case .word("into", isQuoted: false) where depth == 0: return true
            case .word(let word, isQuoted: false) where writes(word, before: tokens.dropFirst(index + 1)):
                // At the start, in WITH x AS (…), or behind the last of those.
                let previous = index > 0 ? tokens[index - 1] : nil
                if previous == nil || previous == .symbol("(") || previous == .symbol(")") { return true }
            default: break
            }
        }
        return false
    }

    private static func writes(_ word: String, before rest: ArraySlice<SQLToken>) -> Bool {
        switch word {
        case "insert", "merge": return rest.first?.isWord("into") == true
        case "delete": return rest.first?.isWord("from") == true
        case "update": return rest.contains { $0.isWord("set") }
        default: return false
        }
    }

    /// The relations of schema `dash` that a DROP names.
    static func dropped(_ sql: String) -> [String] {
        let tokens = SQLToken.scan(sql)
        guard tokens.first?.isWord("drop") == true else { return [] }
        return tokens.indices.compactMap { index in
            guard index + 2 < tokens.count, case .word("dash", _) = tokens[index], tokens[index + 1] == .symbol("."),
                case .word(let name, _) = tokens[index + 2]
            else { return nil }
            return "dash." + name
        }
    }

    private static func refusal(_ words: String) -> SQLFailure {
        SQLFailure(
            .refused, message: "\(words.uppercased()) is nothing that can be done here",
            hint: "Views, tables and other objects in schema dash are created, altered, filled, refreshed and dropped.")
    }
}

import Planner

/// Forms in which questions and statements are compared.
package enum NormalisedText {
    /// Lower case, words only, one space between: punctuation, quotes and white space make no difference.
    package static func question(_ text: String) -> String {
        text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "%" || $0 == "_") }.joined(separator: " ")
    }

    /// One space for any white space and comment between tokens, no semicolon at the end. Case stays: names in quotes have
    /// it.
    package static func sql(_ text: String) -> String {
        var lexemes = SQLScan(text).lexemes[...]
        while lexemes.last?.token == .symbol(";") { lexemes.removeLast() }
        var result = ""
        var end: String.Index?
        for lexeme in lexemes {
            if let end, end != lexeme.range.lowerBound { result += " " }
            result += text[lexeme.range]
            end = lexeme.range.upperBound
        }
        return result
    }

    /// The statement as it may be shared: comments say for whom and why somebody asked. Without any it stays as it is.
    static func withoutComments(sql text: String) -> String {
        SQLScan(text).hasComment ? sql(text) : text
    }

    /// Whether a text names a person or an account by address or number, or speaks of its writer, and so must not become
    /// shared knowledge.
    package static func namesSomebody(_ text: String) -> Bool {
        if hasAddress(text) { return true }
        let words = Set(question(text).split(separator: " "))
        return !words.isDisjoint(with: ["i", "me", "my", "mine"])
    }

    /// The same of a statement, by what it compares with: an address or a long number, or a text in a column that holds
    /// people's names or addresses.
    package static func namesSomebody(sql: String) -> Bool {
        let hasAddress = SQLToken.scan(sql).contains { token in
            if case .string(let text) = token { Self.hasAddress(text) } else { false }
        }
        return hasAddress || SQLComparison.all(in: sql).contains { $0.column.map(holdsNames) ?? false }
    }

    private static func holdsNames(_ column: String) -> Bool {
        let words = Set(Words.plain(column))
        if !words.isDisjoint(with: ["email", "mail", "phone", "mobile", "surname", "firstname", "lastname", "fullname"])
        {
            return true
        }
        let owners: Set<String> = [
            "first", "last", "full", "middle", "given", "family", "display", "user", "contact", "person", "employee",
            "patient", "client", "customer", "owner", "manager", "agent", "author", "member",
        ]
        return words == ["name"] || words == ["username"]
            || (words.contains("name") && !words.isDisjoint(with: owners))
    }

    private static func hasAddress(_ text: String) -> Bool {
        var digits = 0
        for character in text {
            if character == "@" { return true }
            digits = character.isNumber ? digits + 1 : 0
            if digits >= 7 { return true }
        }
        return false
    }
}

/// Forms in which questions and statements are compared.
package enum NormalisedText {
    /// Lower case, words only, one space between: punctuation, quotes and white space make no difference.
    package static func question(_ text: String) -> String {
        text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "%" || $0 == "_") }.joined(separator: " ")
    }

    /// One space for any white space outside of quotes, no semicolon at the end. Case stays: names in quotes have it.
    package static func sql(_ text: String) -> String {
        var result = ""
        var quote: Character?
        var isSpace = false
        for character in text {
            if let open = quote {
                result.append(character)
                if character == open { quote = nil }
                continue
            }
            if character.isWhitespace {
                isSpace = true
                continue
            }
            if isSpace, !result.isEmpty { result.append(" ") }
            isSpace = false
            if character == "'" || character == "\"" { quote = character }
            result.append(character)
        }
        while result.last == ";" || result.last == " " { result.removeLast() }
        return result
    }

    /// Whether a question names a person or an account by address or number, which must not become shared knowledge.
    package static func namesSomebody(_ text: String) -> Bool {
        if hasAddress(text) { return true }
        let words = Set(question(text).split(separator: " "))
        return !words.isDisjoint(with: ["i", "me", "my", "mine"])
    }

    /// The same of a statement, by what it compares with.
    package static func namesSomebody(sql: String) -> Bool {
        SQLToken.scan(sql).contains { token in
            if case .string(let text) = token { hasAddress(text) } else { false }
        }
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

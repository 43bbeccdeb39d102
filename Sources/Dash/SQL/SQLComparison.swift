/// A text that a statement compares a column with.
struct SQLComparison: Sendable, Equatable {
    /// The column's name without its table, lower case unless quoted; nil where something else is compared.
    var column: String?
    var value: String
    /// `<>`, `!=`, `NOT IN`, `NOT LIKE`.
    var isExcluded = false

    /// All of a statement, in order: operators, LIKE and the members of IN lists.
    static func all(in sql: String) -> [SQLComparison] {
        let tokens = SQLToken.scan(sql)
        return tokens.indices.compactMap { index in
            guard case .string(let value) = tokens[index], !value.isEmpty else { return nil }
            return comparison(with: value, at: index, tokens)
        }
    }

    private static func comparison(with value: String, at index: Int, _ tokens: [SQLToken]) -> SQLComparison? {
        var start = index - 1
        func token(_ offset: Int = 0) -> SQLToken? {
            tokens.indices.contains(start + offset) ? tokens[start + offset] : nil
        }
        // E'…' and DATE '…'.
        if case .word(let word, isQuoted: false) = token(),
            ["e", "n", "u", "date", "timestamp", "timestamptz"].contains(word)
        {
            start -= 1
        }
        var isExcluded = false
        if let list = listStart(before: start, tokens) {
            start = list
            guard token()?.isWord("in") == true else { return nil }
            start -= 1
        } else if token()?.isWord("like") == true || token()?.isWord("ilike") == true {
            start -= 1
        } else {
            guard let sign = token(), [.symbol("="), .symbol("<"), .symbol(">")].contains(sign) else { return nil }
            while let sign = token(), [.symbol("="), .symbol("<"), .symbol(">"), .symbol("!")].contains(sign) {
                if sign == .symbol("!") || (sign == .symbol("<") && tokens[start + 1] == .symbol(">")) {
                    isExcluded = true
                }
                start -= 1
            }
        }
        if token()?.isWord("not") == true {
            isExcluded = true
            start -= 1
        }
        // lower(name) = '…'
        while token() == .symbol(")") { start -= 1 }
        var column: String?
        if case .word(let name, _) = token() { column = name }
        return SQLComparison(column: column, value: value, isExcluded: isExcluded)
    }

    /// The place before the parenthesis of a list of literals that ends at `end`.
    private static func listStart(before end: Int, _ tokens: [SQLToken]) -> Int? {
        var index = end
        while index >= 0 {
            switch tokens[index] {
            case .symbol("("): return index - 1
            case .symbol(","), .string, .number: index -= 1
            default: return nil
            }
        }
        return nil
    }
}

import SQLGuard

/// EXPLAIN as it may reach the server: with options that only change what is shown, and told last not to run anything.
///
/// It is no query, so that no cursor holds it back.
struct ExplainedStatement {
    let sql: String
    /// How many characters further right the explained statement stands in `sql` than in the text that was read.
    let offset: Int

    /// Nil for what is no EXPLAIN. Other options stay where they are, which is an error of syntax there.
    init?(_ text: String) {
        var rest = SQLScan(text).lexemes[...]
        guard rest.popFirst()?.token.isWord("explain") == true else { return nil }
        let options = Self.takeOptions(from: &rest) + ["ANALYZE FALSE"]
        let start = rest.first?.range.lowerBound ?? text.endIndex
        let head = "EXPLAIN (\(options.joined(separator: ", "))) "
        sql = head + text[start...]
        offset = head.unicodeScalars.count - text[..<start].unicodeScalars.count
    }

    private static func takeOptions(from lexemes: inout ArraySlice<SQLScan.Lexeme>) -> [String] {
        var rest = lexemes
        guard let first = rest.popFirst()?.token else { return [] }
        guard first == .symbol("(") else {
            guard first.isWord("verbose") else { return [] }
            lexemes = rest
            return ["VERBOSE"]
        }
        var options: [String] = []
        repeat {
            guard case .word(let name, isQuoted: false)? = rest.popFirst()?.token,
                GuardPolicy.explainOptions.contains(name)
            else { return [] }
            let value = rest.first.flatMap { plainValue($0.token) }
            if value != nil { rest.removeFirst() }
            options.append(value.map { "\(name) \($0)" } ?? name)
            guard let next = rest.popFirst()?.token else { return [] }
            guard next != .symbol(")") else {
                lexemes = rest
                return options
            }
            guard next == .symbol(",") else { return [] }
        } while true
    }

    /// `off`, `json`, `'json'`, `1`.
    private static func plainValue(_ token: SQLToken) -> String? {
        switch token {
        case .word(let text, _), .string(let text), .number(let text):
            !text.isEmpty && text.utf8.allSatisfy { Character(Unicode.Scalar($0)).isASCIIAlphanumeric } ? text : nil
        case .symbol: nil
        }
    }
}

extension Character {
    fileprivate var isASCIIAlphanumeric: Bool { isASCII && (isLetter || isNumber) }
}

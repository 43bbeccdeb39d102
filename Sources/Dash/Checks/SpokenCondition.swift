import Planner

/// A condition of a statement as people say it: "town is “Cork”", "weight kg is under 1"; nil for what is no plain
/// comparison of one column.
struct SpokenCondition {
    let text: String

    init?(_ sql: String) {
        var tokens = SQLToken.scan(sql)
        while tokens.first == .symbol("("), tokens.last == .symbol(")"), tokens.count > 2 {
            tokens = Array(tokens.dropFirst().dropLast())
        }
        guard let (subject, length) = Self.subject(tokens), let rest = Self.predicate(Array(tokens[length...])) else {
            return nil
        }
        text = "\(subject) \(rest)"
    }

    /// The column, without the table that it is of, or the number of rows.
    private static func subject(_ tokens: [SQLToken]) -> (text: String, length: Int)? {
        guard case .word(let first, _)? = tokens.first else { return nil }
        if first == "count", tokens.starts(with: [.word("count", isQuoted: false), .symbol("("), .symbol("*")]) {
            return tokens.count > 4 ? ("their number", 4) : nil
        }
        var name = first
        var length = 1
        while tokens.count > length + 1, tokens[length] == .symbol("."), case .word(let next, _) = tokens[length + 1] {
            name = next
            length += 2
        }
        guard tokens.count > length, tokens[length] != .symbol("(") else { return nil }
        return (Words.plain(name).joined(separator: " "), length)
    }

    private static func predicate(_ tokens: [SQLToken]) -> String? {
        guard let first = tokens.first else { return nil }
        if case .symbol(let sign) = first {
            // Some signs are two symbols.
            var sign = sign
            var rest = Array(tokens.dropFirst())
            if case .symbol(let next)? = rest.first, ["=", ">"].contains(next) {
                sign += next
                rest.removeFirst()
            }
            guard let words = signs[sign], let value = value(rest) else { return nil }
            return "\(words) \(value)"
        }
        guard case .word(let word, isQuoted: false) = first else { return nil }
        let rest = Array(tokens.dropFirst())
        switch word {
        case "is":
            if rest == [.word("null", isQuoted: false)] { return "is empty" }
            let isFilled = rest == [.word("not", isQuoted: false), .word("null", isQuoted: false)]
            return isFilled ? "is not empty" : nil
        case "in":
            guard rest.first == .symbol("("), rest.last == .symbol(")") else { return nil }
            let values = rest.dropFirst().dropLast().split(separator: .symbol(",")).map { value(Array($0)) }
            let known = values.compactMap(\.self)
            guard known.count == values.count, (1...6).contains(known.count) else { return nil }
            return "is \(known.joined(separator: " or "))"
        default: return nil
        }
    }

    /// One literal, whatever type is written at it.
    private static func value(_ tokens: [SQLToken]) -> String? {
        var tokens = tokens
        if case .word(let type, isQuoted: false)? = tokens.first, ["date", "timestamp", "timestamptz"].contains(type) {
            tokens.removeFirst()
        }
        let isNegative = tokens.first == .symbol("-")
        if isNegative { tokens.removeFirst() }
        guard let literal = tokens.first else { return nil }
        // A cast says nothing that a person wants to hear.
        guard tokens.count == 1 || tokens[1] == .symbol("::") || tokens[1] == .symbol(":") else { return nil }
        switch literal {
        case .number(let number): return isNegative ? "-\(number)" : number
        case .string(let text) where !isNegative: return "“\(text.prefix(60))”"
        default: return nil
        }
    }

    private static let signs = [
        "=": "is", "<>": "is not", "!=": "is not", "<": "is under", "<=": "is at most", ">": "is over",
        ">=": "is at least",
    ]
}

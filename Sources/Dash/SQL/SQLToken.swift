/// A lexical unit of SQL, as far as outlines need it.
enum SQLToken: Sendable, Equatable {
    /// An identifier or keyword; lower case unless quoted.
    case word(String, isQuoted: Bool)
    case string(String)
    case number(String)
    case symbol(String)

    /// What tells tokens apart to the server, to which canonically equivalent texts are different ones.
    var utf8: String.UTF8View {
        switch self {
        case .word(let text, _), .string(let text), .number(let text), .symbol(let text): text.utf8
        }
    }

    func isWord(_ keyword: String) -> Bool { self == .word(keyword, isQuoted: false) }

    /// All tokens, without white space and comments. Never fails: what it does not know becomes a symbol.
    static func scan(_ sql: String) -> [SQLToken] { SQLScan(sql).lexemes.map(\.token) }
}

/// The lexical structure of SQL, for everything that reads statements without running them.
struct SQLScan: Sendable {
    struct Lexeme: Sendable {
        var token: SQLToken
        /// Where it stands, quotes included.
        var range: Range<String.Index>
    }

    /// Without white space and comments. Nothing fails: what is not known becomes a symbol.
    private(set) var lexemes: [Lexeme] = []
    private(set) var hasComment = false
    /// False where a quote or a comment does not end.
    private(set) var isClosed = true

    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ sql: String) {
        scalars = Array(sql.unicodeScalars)
        let places = Array(sql.unicodeScalars.indices) + [sql.endIndex]
        while let scalar = at(0) {
            let start = index
            if let token = token(from: scalar) {
                index = min(index, scalars.count)
                lexemes.append(Lexeme(token: token, range: places[start]..<places[index]))
            }
        }
    }

    private func at(_ offset: Int) -> Unicode.Scalar? {
        scalars.indices.contains(index + offset) ? scalars[index + offset] : nil
    }

    private func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    /// Moves over one token, white space or comment; nil for the latter two.
    private mutating func token(from scalar: Unicode.Scalar) -> SQLToken? {
        let start = index
        switch scalar {
        case _ where scalar.properties.isWhitespace:
            index += 1
            return nil
        case "-" where at(1) == "-":
            hasComment = true
            while let next = at(0), next != "\n", next != "\r" { index += 1 }
            return nil
        case "/" where at(1) == "*":
            hasComment = true
            skipComment()
            return nil
        case "'": return .string(quoted(by: "'", escapes: followsEscapeLetter))
        case "\"": return .word(quoted(by: "\"", escapes: false), isQuoted: true)
        case "$":
            if let string = dollarQuoted() { return .string(string) }
            index += 1
            return .symbol("$")
        case "0"..."9":
            while let next = at(0), ("0"..."9").contains(next) || next == "." { index += 1 }
            return .number(text(start..<index))
        case _ where Self.startsWord(scalar):
            while let next = at(0), Self.startsWord(next) || next == "$" || ("0"..."9").contains(next) { index += 1 }
            return .word(text(start..<index).lowercased(), isQuoted: false)
        default:
            index += 1
            return .symbol(String(Character(scalar)))
        }
    }

    private static func startsWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar == "_"
    }

    /// `E'…'`, in which a backslash takes the meaning from what follows it.
    private var followsEscapeLetter: Bool {
        guard lexemes.last?.token.isWord("e") == true, index > 0 else { return false }
        return scalars[index - 1] == "e" || scalars[index - 1] == "E"
    }

    /// Comments nest, as the server reads them.
    private mutating func skipComment() {
        var depth = 0
        repeat {
            switch (at(0), at(1)) {
            case ("/", "*"): (depth, index) = (depth + 1, index + 2)
            case ("*", "/"): (depth, index) = (depth - 1, index + 2)
            default: index += 1
            }
        } while depth > 0 && index < scalars.count
        if depth > 0 { isClosed = false }
    }

    private mutating func quoted(by quote: Unicode.Scalar, escapes: Bool) -> String {
        var view = String.UnicodeScalarView()
        index += 1
        while let scalar = at(0) {
            index += 1
            if escapes, scalar == "\\", let next = at(0) {
                view.append(next)
                index += 1
            } else if scalar != quote {
                view.append(scalar)
            } else if at(0) == quote {
                view.append(quote)
                index += 1
            } else {
                return String(view)
            }
        }
        isClosed = false
        return String(view)
    }

    /// `$$…$$` and `$tag$…$tag$`; nil, unmoved, for a `$` that opens neither.
    private mutating func dollarQuoted() -> String? {
        var end = index + 1
        while end < scalars.count,
            Self.startsWord(scalars[end]) || (end > index + 1 && ("0"..."9").contains(scalars[end]))
        {
            end += 1
        }
        guard end < scalars.count, scalars[end] == "$" else { return nil }
        let tag = scalars[index...end]
        let start = end + 1
        var close = start
        while close + tag.count <= scalars.count {
            if scalars[close] == "$", scalars[close..<close + tag.count].elementsEqual(tag) {
                index = close + tag.count
                return text(start..<close)
            }
            close += 1
        }
        isClosed = false
        index = scalars.count
        return text(start..<scalars.count)
    }
}

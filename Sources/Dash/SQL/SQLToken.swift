/// A lexical unit of SQL, as far as outlines need it.
enum SQLToken: Sendable, Equatable {
    /// An identifier or keyword; lower case unless quoted.
    case word(String, isQuoted: Bool)
    case string(String)
    case number(String)
    case symbol(String)

    func isWord(_ keyword: String) -> Bool { self == .word(keyword, isQuoted: false) }

    /// All tokens, without white space and comments. Never fails: what it does not know becomes a symbol.
    static func scan(_ sql: String) -> [SQLToken] {
        var tokens: [SQLToken] = []
        let characters = Array(sql.unicodeScalars)
        var index = 0
        func at(_ offset: Int) -> Unicode.Scalar? {
            characters.indices.contains(index + offset) ? characters[index + offset] : nil
        }
        func text(_ start: Int, _ end: Int) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: characters[start..<min(end, characters.count)])
            return String(view)
        }
        while let scalar = at(0) {
            let start = index
            switch scalar {
            case _ where scalar.properties.isWhitespace:
                index += 1
            case "-" where at(1) == "-":
                while let next = at(0), next != "\n", next != "\r" { index += 1 }
            case "/" where at(1) == "*":
                skipComment(characters, &index)
            case "'":
                tokens.append(.string(quoted(by: "'", characters, &index)))
            case "\"":
                tokens.append(.word(quoted(by: "\"", characters, &index), isQuoted: true))
            case "$" where at(1) == "$":
                index += 2
                while index < characters.count, !(at(0) == "$" && at(1) == "$") { index += 1 }
                tokens.append(.string(text(start + 2, index)))
                index += 2
            case "0"..."9":
                while let next = at(0), ("0"..."9").contains(next) || next == "." { index += 1 }
                tokens.append(.number(text(start, index)))
            case _ where scalar.properties.isAlphabetic || scalar == "_":
                while let next = at(0),
                    next.properties.isAlphabetic || next == "_" || next == "$" || ("0"..."9").contains(next)
                {
                    index += 1
                }
                tokens.append(.word(text(start, index).lowercased(), isQuoted: false))
            default:
                tokens.append(.symbol(String(Character(scalar))))
                index += 1
            }
        }
        return tokens
    }

    /// Comments nest, as the server reads them.
    private static func skipComment(_ characters: [Unicode.Scalar], _ index: inout Int) {
        var depth = 0
        repeat {
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            switch (characters[index], next) {
            case ("/", "*"): (depth, index) = (depth + 1, index + 2)
            case ("*", "/"): (depth, index) = (depth - 1, index + 2)
            default: index += 1
            }
        } while depth > 0 && index < characters.count
    }

    private static func quoted(by quote: Unicode.Scalar, _ characters: [Unicode.Scalar], _ index: inout Int) -> String {
        var view = String.UnicodeScalarView()
        index += 1
        while index < characters.count {
            if characters[index] == quote {
                if index + 1 < characters.count, characters[index + 1] == quote {
                    view.append(quote)
                    index += 2
                    continue
                }
                index += 1
                break
            }
            view.append(characters[index])
            index += 1
        }
        return String(view)
    }
}

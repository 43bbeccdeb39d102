/// A statement cut where its letters or its spaces may change.
package struct SQLPiece {
    package enum Kind {
        case word, space, other
    }

    package let kind: Kind
    package let text: String

    package static func split(_ sql: String) -> [SQLPiece] {
        var pieces: [SQLPiece] = []
        var rest = Substring(sql)
        while let first = rest.first {
            let end: Substring.Index
            var kind = Kind.other
            if first == "'" || first == "\"" {
                end = quoted(rest, by: first)
            } else if rest.hasPrefix("--") || rest.hasPrefix("/*") || first == "$" || first == "\\" {
                // Comments and dollar quotes: all that follows stays as it is.
                end = rest.endIndex
            } else if first.isLetter || first == "_" {
                end = rest.firstIndex { !($0.isLetter || $0.isNumber || $0 == "_") } ?? rest.endIndex
                // A prefix of a literal belongs to it, as does U& to its name.
                let isPrefix = end < rest.endIndex && (rest[end] == "'" || rest[end...].hasPrefix("&"))
                kind = isPrefix ? .other : .word
                if isPrefix {
                    pieces.append(SQLPiece(kind: .other, text: String(rest)))
                    return pieces
                }
            } else if first.isWhitespace {
                end = rest.firstIndex { !$0.isWhitespace } ?? rest.endIndex
                kind = .space
            } else {
                end = rest.index(after: rest.startIndex)
            }
            pieces.append(SQLPiece(kind: kind, text: String(rest[..<end])))
            rest = rest[end...]
        }
        return pieces
    }

    private static func quoted(_ text: Substring, by quote: Character) -> Substring.Index {
        text.dropFirst().firstIndex(of: quote).map { text.index(after: $0) } ?? text.endIndex
    }
}

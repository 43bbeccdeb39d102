import CPgQuery

/// The parser's own words, without what it quotes of the text unless that is a word or a sign.
enum SyntaxFailure {
    static func refusal(_ error: PgQueryError, of sql: String) -> GuardRefusal {
        let message = error.message.map { String(cString: $0) } ?? "syntax error"
        let position = error.cursorpos > 0 ? Int(error.cursorpos) : nil
        if message.hasPrefix("memory exhausted") { return tooDeep(at: position) }
        var said = message
        if let quote = message.utf8.firstIndex(of: UInt8(ascii: "\"")) {
            let near = message[quote...].dropFirst().dropLast()
            if !isHarmless(near) {
                said = String(message[..<quote])
                for ending in [" at or near ", " "] where said.hasSuffix(ending) { said.removeLast(ending.count) }
            }
        }
        return GuardRefusal(
            .syntax, "this text", because: said,
            instead: OtherDialects.advice(onErrorAt: position, in: sql)
                ?? "Correct the SQL; it is read as PostgreSQL reads it.",
            position: position)
    }

    /// The parser keeps ten thousand open parentheses and the like, the reader fewer levels of the tree.
    static func tooDeep(at position: Int?) -> GuardRefusal {
        GuardRefusal(
            .nesting, "a statement nested this deeply", because: "the guard cannot analyse it",
            instead: "Nest less: use IN lists, common table expressions, or several statements.", position: position)
    }

    /// A keyword, a name or an operator: nothing that could be someone's data.
    private static func isHarmless(_ near: Substring) -> Bool {
        guard let first = near.unicodeScalars.first, near.utf8.count <= 63 else { return false }
        if near.utf8.count <= 3, near.utf8.allSatisfy({ "()[]<>=+-*/,;.:%^|&!?~#@".utf8.contains($0) }) { return true }
        let isWord = near.unicodeScalars.allSatisfy {
            $0 == "_" || $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        }
        return isWord && first.properties.numericType == nil
    }
}

/// Words that are texts because of what stands before them: "starts with J".
enum Texts {
    static func marked(_ pieces: [Piece]) -> [Piece] {
        var pieces = pieces
        for index in pieces.indices {
            guard case .matches? = pieces[index].grammar else { continue }
            var next = index + 1
            while next < pieces.count, isLetterWord(pieces[next]) { next += 1 }
            guard next < pieces.count else { continue }
            switch pieces[next].kind {
            case .unknown, .term, .filler, .quantity:
                pieces[next].kind = .quoted(pieces[next].text)
                pieces[next].isQuoted = true
            default: break
            }
        }
        return pieces
    }

    /// "the letter", "the word" before the text itself.
    private static func isLetterWord(_ piece: Piece) -> Bool {
        if case .filler = piece.kind, ["the", "a", "an"].contains(piece.words.first ?? "") { return true }
        return ["letter", "word", "text", "string", "letters"].contains(piece.words.first ?? "")
    }
}

/// Words that are texts because of what stands before them: "starts with J".
enum Texts {
    static func marked(_ pieces: [Piece]) -> [Piece] {
        var pieces = SpokenComparisons.settled(withoutRemarks(pieces))
        for index in pieces.indices {
            guard case .matches? = pieces[index].grammar else { continue }
            var next = index + 1
            while next < pieces.count, isLetterWord(pieces[next]) { next += 1 }
            guard next < pieces.count else { continue }
            if holdsThings(pieces, index, next) {
                pieces[index].kind = .relation(isWeak: false)
                continue
            }
            switch pieces[next].kind {
            case .unknown, .term, .filler, .quantity:
                pieces[next].kind = .quoted(pieces[next].text)
                pieces[next].isQuoted = true
            default: break
            }
        }
        return pieces
    }

    /// "playlists that contain more than 8 tracks": no text is looked for in another one.
    private static func holdsThings(_ pieces: [Piece], _ index: Int, _ next: Int) -> Bool {
        guard ["contain", "contains", "containing"].contains(pieces[index].words.joined(separator: " ")) else {
            return false
        }
        var before = index - 1
        while before >= 0, pieces[before].isPassedOver { before -= 1 }
        guard before >= 0, case .table? = pieces[before].entries.first?.sense else { return false }
        if case .compare? = pieces[next].quantity?.meaning { return true }
        guard !pieces[next].isQuoted, let best = pieces[next].entries.first else { return false }
        switch best.sense {
        case .table: return best.quality >= 0.9
        case .value: return best.quality >= 0.97
        default: return false
        }
    }

    /// "Match the class case-insensitively." is what happens anyway.
    private static func withoutRemarks(_ pieces: [Piece]) -> [Piece] {
        var pieces = pieces
        var start = 0
        for end in pieces.indices where pieces[end].grammar == .sentence || end == pieces.count - 1 {
            let words = pieces[start...end].flatMap(\.words)
            let isAboutCase =
                words.contains { ["insensitive", "insensitively", "insensitivity"].contains($0) }
                || words.contains("ignore") && words.contains("case")
            if isAboutCase, let first = words.first,
                ["match", "compare", "ignore", "treat", "search", "use", "matching", "do", "filter"].contains(first)
            {
                for index in start...end where pieces[index].grammar != .sentence { pieces[index].kind = .filler }
            }
            start = end + 1
        }
        return pieces
    }

    /// "the letter", "the word" before the text itself.
    private static func isLetterWord(_ piece: Piece) -> Bool {
        if case .filler = piece.kind, ["the", "a", "an"].contains(piece.words.first ?? "") { return true }
        return ["letter", "word", "text", "string", "letters"].contains(piece.words.first ?? "")
    }
}

/// Texts without a beginning of their own: after an answer they go on from it, or are declined.
extension EditText {
    private static let prepositions: Set<String> = [
        "for", "in", "on", "of", "from", "through", "via", "among", "amongst", "across", "using", "under", "at",
        "within", "inside", "during", "since", "between", "to", "before", "after", "until", "over", "about",
        "regarding", "concerning", "by", "per", "whose", "having", "that", "within", "against",
    ]
    private static let pointing: Set<String> = ["that", "those", "these", "this", "them", "it"]

    private static let changes: Set<String> = [
        "change", "changes", "growth", "difference", "delta", "increase", "decrease",
    ]

    var isElliptic: Bool {
        guard let first = words.first else { return false }
        if pointsAtAnswer || isBareWhich || isBareNames { return true }
        if Self.changes.contains(first), !pieces.contains(where: Self.isNumber) { return true }
        if first == "the", !pieces.contains(where: Self.isNumber) { return true }
        let isClause =
            first == "who" && words.count > 2 && ["have", "are", "were"].contains(words[1]) && words[2] != "the"
        guard isClause || Self.prepositions.contains(first) else { return false }
        return !hasOwnQuestion
    }

    /// "by that amount", "for those customers": what is meant stands in the answer before.
    private var pointsAtAnswer: Bool {
        pieces.indices.dropFirst().contains { index in
            guard pieces[index].time == nil, let word = pieces[index].words.first, Self.pointing.contains(word),
                pieces[index].words.count == 1, !isNamed(before: index)
            else { return false }
            switch pieces[index - 1].grammar {
            case .by?, .of?, .within?, .from?, .on?, .to?, .with?, .group?, .versus?: return true
            default: return false
            }
        }
    }

    /// "customers in Germany and the fees of those": what is meant stands in the question itself.
    private func isNamed(before index: Int) -> Bool {
        let before = pieces[..<index]
        if before.contains(where: { $0.grammar == .sentence }) { return true }
        let isBare = pieces.count == index + 1 || pieces[index + 1].entries.isEmpty
        return isBare && before.contains(where: Self.isNumber)
    }

    /// "which channels?", "through which channels?".
    var isBareWhich: Bool {
        guard let which = pieces.firstIndex(where: Self.isWhich), which <= 1,
            which == 0 || Self.prepositions.contains(words[0])
        else { return false }
        return isBareNoun(behind: which)
    }

    private static func isNumber(_ piece: Piece) -> Bool {
        switch piece.grammar {
        case .howMany?, .total?, .aggregate?: return true
        default: break
        }
        return piece.entries.contains { entry in
            switch entry.sense {
            case .metric, .table: entry.quality >= 0.9
            case .column, .value, .event, .flag, .duration: false
            }
        }
    }

    /// "category and priority": names, and nothing about them.
    var isBareNames: Bool {
        pieces.contains { !$0.entries.isEmpty }
            && pieces.allSatisfy { piece in
                switch piece.kind {
                case .term(let entries):
                    if case .column? = entries.first?.sense {
                        entries.first.map { $0.quality >= 0.9 } == true
                    } else {
                        false
                    }
                case .filler, .grammar(.and), .grammar(.comma), .grammar(.sentence): true
                default: false
                }
            }
    }

    /// "which one is the highest?", "who had the most?", "best month?".
    var asksForFirst: Bool {
        words.count <= 7
            && pieces.contains { if case .superlative(_, nil)? = $0.grammar { true } else { false } }
            && ["which", "who", "what", "whats", "best", "worst", "biggest", "largest", "smallest"].contains(words[0])
    }

    /// "in which" is one piece.
    private static func isWhich(_ piece: Piece) -> Bool {
        piece.grammar == .which || piece.grammar == .with && piece.words.last == "which"
    }

    /// Whether nothing but a name stands behind the piece.
    func isBareNoun(behind which: Int) -> Bool {
        guard ["which", "what"].contains(pieces[which].words.last), pieces[which].words.count < 3 else { return false }
        let rest = pieces[(which + 1)...]
        return rest.contains { !$0.entries.isEmpty }
            && rest.allSatisfy { piece in
                switch piece.kind {
                case .term(let entries):
                    switch entries.first?.sense {
                    case .column?, .table?: true
                    default: false
                    }
                case .filler, .grammar(.sentence): true
                default: false
                }
            }
    }

    /// "in 2025, how many …", "in which countries do we have …": a whole question behind a preposition.
    private var hasOwnQuestion: Bool {
        if let which = pieces.firstIndex(where: Self.isWhich) {
            return pieces[which...].contains { piece in
                switch piece.kind {
                case .relation, .grammar(.be), .grammar(.have): true
                case .grammar(.remark): piece.words.contains("have")
                default: false
                }
            }
        }
        var isOpened = false
        for piece in pieces {
            switch piece.kind {
            case .grammar(.comma), .time: isOpened = true
            case .grammar(.howMany), .grammar(.howMuch), .grammar(.howLong), .grammar(.show), .grammar(.total):
                if isOpened || piece.words.first == "how" { return true }
            case .term(let entries):
                if isOpened, let best = entries.first, case .metric = best.sense, best.quality >= 0.9 { return true }
            default: break
            }
        }
        return false
    }
}

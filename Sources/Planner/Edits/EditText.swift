/// Whether a question reads like the rest of a sentence whose beginning is the question before.
struct EditText {
    let pieces: [Piece]
    let words: [String]

    init(_ pieces: [Piece]) {
        self.pieces = pieces
        words = pieces.flatMap(\.words)
    }

    private static let openings = dependent.union(leaning).union([
        "about", "above", "across", "add", "after", "against", "all", "altogether", "among", "amongst", "annually",
        "at", "average", "before", "below", "between", "biggest", "break", "broken", "chart", "compare", "compared",
        "concerning", "cumulative", "cumulatively", "daily", "draw", "during", "everything", "explain", "fewer",
        "first", "flip", "for", "from", "greater", "group", "grouped", "having", "hide", "highest", "how", "in",
        "include", "including", "inside", "largest", "latest", "leave", "leaving", "less", "lowest", "make",
        "maximum", "mean", "median", "minimum", "month", "monthly", "more", "newest", "next", "now", "of", "oldest",
        "omit", "on", "order", "ordered", "over", "overall", "plot", "quarterly", "regarding", "show", "since",
        "skip", "smallest", "split", "sum", "tabulate", "the", "then", "these", "those", "through", "to", "total",
        "under", "until", "using", "via", "weekly", "what", "whose", "why", "within", "year", "yearly",
    ])
    /// No question of its own begins with these.
    private static let dependent: Set<String> = [
        "only", "just", "and", "or", "but", "same", "also", "instead", "remove", "solely", "exclusively", "clear",
        "forget", "plus", "with", "sort", "sorted", "reverse", "alphabetically", "reset", "undo", "lift", "discard",
    ]
    /// With these only where something to compute is named behind.
    private static let leaning: Set<String> = [
        "by", "per", "without", "excluding", "exclude", "except", "not", "no", "top", "bottom", "vs", "versus", "as",
        "drop",
    ]

    /// A few words that begin like the rest of a sentence, or say "instead".
    var isFragment: Bool {
        guard words.count <= 14, let first = words.first else { return false }
        if words.contains("instead") || EditPhrases.meaning(words) != nil || !opening.isEmpty { return true }
        if countedReference != nil || ownedReference != nil || isSame || countsNamed || asksForTotal || asksOfShown {
            return true
        }
        if ["what", "how", "whats"].contains(first) {
            return isAbout || words.count <= 6 && isExplaining || words.count <= 8 && namesAggregate
        }
        if first == "list", pieces.count <= 5 { return true }
        if ["show", "the", "make", "plot", "chart", "all", "those", "these", "draw"].contains(first) {
            let isPointing = pieces.indices.contains { index in
                guard ["it", "that", "them", "this"].contains(pieces[index].words.last ?? ""),
                    pieces[index].words.count == 1
                else { return false }
                // "tickets that are open" points at nothing.
                let next = pieces.indices.contains(index + 1) ? pieces[index + 1].grammar : nil
                return next != .be && next != .have
            }
            return !namesNumber || isPointing || first == "show" && words.contains("the") && pieces.count <= 5
        }
        if Self.openings.contains(first) || isBareWhich || isBareNames || asksForFirst { return true }
        return pieces.allSatisfy { piece in
            switch piece.kind {
            case .time, .filler: true
            case .term(let entries):
                piece.isNegated || entries.first.map { if case .value = $0.sense { true } else { false } } ?? false
            case .grammar(let grammar):
                [.sentence, .comma, .within, .chart, .table, .overTime, .remark, .and, .or, .versus].contains(grammar)
            case .quantity: words.count <= 5 && !namesNumber
            default: false
            }
        }
    }

    /// Whether it may be a question of its own where it is no edit.
    var mayStandAlone: Bool {
        guard let first = words.first else { return true }
        if !opening.isEmpty || EditPhrases.meaning(words) != nil || reference != nil || isElliptic { return false }
        if countsNamed { return false }
        if pieces.contains(where: asks) { return true }
        if Self.dependent.contains(first) || isAbout || isSame || words.contains("too") { return false }
        // "why did it rise?" has nothing to stand on.
        if isExplaining, words.contains(where: Self.pointing.contains) { return false }
        if Self.leaning.contains(first) { return namesNumber }
        return true
    }

    /// "and which species …": a question behind a little word.
    private func asks(_ piece: Piece) -> Bool {
        switch piece.grammar {
        case .howMany?: piece.words.contains("how")
        case .howMuch?, .howLong?: true
        case .which?: ["and", "but", "then", "now", "or"].contains(words.first ?? "")
        default: false
        }
    }

    /// "how does that compare to" of "how does that compare to March?".
    var opening: Range<Int> {
        guard let first = words.first, ["how", "what"].contains(first),
            let place = pieces.firstIndex(where: { $0.words.contains(where: Self.comparing.contains) }), place > 0
        else { return 0..<0 }
        let before = pieces[..<place].flatMap(\.words)
        guard before.contains(where: Self.pointing.contains),
            before.allSatisfy({ Self.pointing.contains($0) || Self.auxiliary.contains($0) })
        else { return 0..<0 }
        // "compared to last month" is a time already.
        if pieces[place].time != nil { return 0..<place }
        let end = pieces[(place + 1)...].firstIndex { !["to", "with", "against"].contains($0.words.last ?? "") }
        return 0..<(end ?? pieces.count)
    }

    private static let comparing: Set<String> = ["compare", "compares", "compared", "comparing"]
    private static let pointing: Set<String> = ["that", "this", "it", "they", "these", "those"]
    private static let auxiliary: Set<String> = [
        "how", "what", "does", "do", "did", "is", "are", "was", "were", "number", "s",
    ]

    var isAbout: Bool { pieces.first.map { $0.grammar == .show && $0.words.last == "about" } ?? false }

    /// "same for …", "the same in …": all but what is named stays.
    var isSame: Bool { words.first == "same" || words.starts(with: ["the", "same"]) }

    var isExplaining: Bool { pieces.contains { $0.grammar == .explain || $0.grammar == .define } }

    /// "what's the total amount?" may be of the rows that were listed.
    private var namesAggregate: Bool {
        pieces.contains { piece in
            switch piece.grammar {
            case .total?, .aggregate?: true
            case .superlative(_, nil)?: words.first != "how"
            default: piece.words.first == "total" && !piece.entries.isEmpty
            }
        }
    }

    /// Whether it names something to compute, or asks for it in so many words.
    var asksByItself: Bool {
        namesNumber || pieces.contains(where: asks) || ["what", "whats", "how", "list"].contains(words.first ?? "")
    }

    private var namesNumber: Bool {
        pieces.contains { piece in
            if [.howMany, .total].contains(piece.grammar) { return true }
            return piece.entries.first.map {
                if case .metric = $0.sense { true } else if case .table = $0.sense { true } else { false }
            } ?? false
        }
    }
}

/// What somebody is told to do, which no answer does: "please cancel the subscription of Acme".
enum DeedWords {
    /// Verbs as they stand in an order; none of them asks to be shown something, or changes what is shown.
    private static let deeds: Set<String> = [
        "approve", "archive", "assign", "block", "book", "cancel", "charge", "close", "create", "deactivate",
        "delete", "disable", "downgrade", "email", "enable", "fix", "insert", "invite", "notify", "pause", "pay",
        "refund", "reject", "remind", "rename", "renew", "reopen", "resolve", "resume", "send", "ship", "suspend",
        "terminate", "update", "upgrade",
    ]

    private static let articles: Set<String> = [
        "the", "a", "an", "this", "that", "these", "those", "my", "our", "his", "her", "their", "all", "every", "any",
    ]

    private static let courtesy: Set<String> = [
        "please", "kindly", "can", "could", "would", "will", "you", "dash", "hey", "hi", "hello", "now", "then", "and",
    ]

    /// Verbs that put something into another state, which is said behind them: "set … to paid", "mark … as read".
    private static let settings: [String: Set<String>] = [
        "set": ["to", "as"], "mark": ["as"], "flag": ["as"], "reset": ["to"], "rename": ["to"], "update": ["to"],
        "raise": ["to", "by"], "lower": ["to", "by"], "increase": ["to", "by"], "reduce": ["to", "by"],
        "move": ["to"], "switch": ["to"], "assign": ["to"], "convert": ["to", "into"], "upgrade": ["to"],
        "downgrade": ["to"],
    ]

    private static func isSetting(at index: Int, in tokens: [Token]) -> Bool {
        guard let links = settings[tokens[index].word], index + 2 < tokens.count else { return false }
        return tokens[(index + 2)...].prefix(6).contains { links.contains($0.word) }
    }

    /// Whether the sentence asks what will be, which no data tells: "will sales rise next year?".
    static func asksAhead(at index: Int, in tokens: [Token]) -> Bool {
        guard index == 0, tokens.count > 2, tokens[0].word == "will" else { return false }
        return tokens[1].word != "you"
    }

    /// "Ban every player": where an order has its verb stands a word of which only a state has the name.
    static func marked(_ pieces: [Piece]) -> [Piece] {
        guard let first = pieces.firstIndex(where: { !$0.words.allSatisfy(courtesy.contains) }),
            first + 1 < pieces.count,
            let next = pieces[first + 1].words.first, articles.contains(next) || next == "each",
            !pieces[first].isQuoted, !pieces[first].entries.isEmpty, pieces[first].entries.allSatisfy(isLikeState)
        else { return pieces }
        var pieces = pieces
        pieces[first].kind = .grammar(.unsupported)
        return pieces
    }

    private static func isLikeState(_ entry: Lexicon.Entry) -> Bool {
        if case .value = entry.sense { entry.quality < 0.97 } else { false }
    }

    /// Whether the word begins the sentence as an order, with what it is to be done to behind it.
    static func isDemanded(at index: Int, in tokens: [Token]) -> Bool {
        let isDeed =
            deeds.contains(tokens[index].word) && index + 1 < tokens.count && articles.contains(tokens[index + 1].word)
        guard isDeed || isSetting(at: index, in: tokens) else { return false }
        let before = tokens[..<index].reversed().prefix { !$0.isMark || $0.text == "," }
        return before.allSatisfy { courtesy.contains($0.word) || $0.isMark }
    }
}

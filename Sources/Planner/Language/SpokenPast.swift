/// "How many tickets did they open?": a verb that is written as a state is.
enum SpokenPast {
    /// With the form that only the verb has.
    static func marked(_ tokens: [Token]) -> [Token] {
        guard let did = tokens.firstIndex(where: { $0.word == "did" && $0.isWord }) else { return tokens }
        var marked = tokens
        for index in tokens.indices where index > did + 1 && tokens[index].isWord {
            guard let past = pasts[tokens[index].word],
                !tokens[(did + 1)..<index].contains(where: { others.contains($0.word) || $0.isMark }),
                endsClause(tokens, behind: index) || index == did + 2
            else { continue }
            marked[index].text = past
            marked[index].word = past
            marked[index].parts = [past]
        }
        return marked
    }

    private static let pasts = ["open": "opened", "close": "closed"]

    /// Verbs that what is open can be the object of.
    private static let others: Set<String> = [
        "have", "has", "had", "be", "keep", "leave", "stay", "remain", "get", "see", "own", "hold", "find", "lie",
        "stand", "count", "resolve", "show", "handle", "that", "who", "which", "were", "was", "are", "still",
    ]

    private static func endsClause(_ tokens: [Token], behind index: Int) -> Bool {
        guard index + 1 < tokens.count else { return true }
        let next = tokens[index + 1]
        return next.isMark || next.isNumber || ends.contains(next.word)
    }

    private static let ends: Set<String> = [
        "in", "on", "during", "since", "between", "at", "within", "from", "by", "per", "each", "every", "over",
        "before", "after", "until", "last", "this", "today", "yesterday", "for", "with", "and", "through", "via",
        "about", "regarding", "then", "there", "q1", "q2", "q3", "q4",
    ]
}

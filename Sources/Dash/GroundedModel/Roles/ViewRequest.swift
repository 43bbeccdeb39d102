/// What "Create a view for monthly MRR by plan" asks to be built.
struct ViewRequest: Sendable, Equatable {
    /// The words that say what it holds; nil where there are none.
    var subject: String?
    /// The object's name, without schema.
    var name: String?
    var isMaterialized = false

    private static let frame: Set<String> = [
        "please", "can", "could", "would", "you", "dash", "create", "build", "make", "add", "materialize", "set", "up",
        "prepare", "generate",
        "save", "store", "a", "an", "the", "me", "us", "new", "view", "views", "summary", "table", "materialized",
        "for", "of", "with", "that",
        "which", "shows", "showing", "show", "containing", "contains", "has", "holds", "holding", "to", "our", "on",
        "and", "as", "from", "in", "about", "s",
    ]

    init(_ text: String) {
        var words = Words.plain(text)
        isMaterialized = words.contains("materialized") || words.contains("materialize")
        var given: String?
        if let index = words.lastIndex(where: { ["called", "named"].contains($0) }), index + 1 < words.count {
            let tail = Array(words[(index + 1)...])
            // "called monthly_mrr that shows …" or the name at the end.
            let end = tail.firstIndex { Self.frame.contains($0) } ?? tail.count
            given = Words.slug(Array(tail[..<end]).filter { $0 != "dash" })
            words.removeSubrange(index..<(index + 1 + end))
        }
        let start = words.firstIndex { !Self.frame.contains($0) } ?? words.count
        var rest = Array(words[start...])
        // "a monthly MRR view"
        while let last = rest.last, Self.frame.contains(last) { rest.removeLast() }
        rest.removeAll { ["view", "views", "please"].contains($0) }
        let kept = rest.filter { !["the", "our", "a", "an", "of", "for", "me", "s", "that", "shows"].contains($0) }
        subject = rest.isEmpty ? given.map { Words.plain($0).joined(separator: " ") } : rest.joined(separator: " ")
        name = given ?? Words.slug(kept)
    }
}

import Planner

/// What "Create a view for monthly MRR by plan" asks to be built.
struct ViewRequest: Sendable, Equatable {
    /// The words that say what it holds; nil where there are none.
    var subject: String?
    /// The object's name, without schema.
    var name: String?
    var isMaterialized = false
    /// Whether an object of that name is to be made anew.
    var replaces = false

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
        let order = words.first { !["please", "can", "could", "would", "you", "dash"].contains($0) } ?? ""
        if ["replace", "recreate", "redefine"].contains(order) {
            replaces = true
            // "replace the view dash.stays by monthly stays by ward"
            let tokens = SQLToken.scan(text)
            if given == nil, let start = tokens.indices.first(where: { tokens[$0].isWord("dash") }),
                start + 2 < tokens.count, tokens[start + 1] == .symbol("."),
                case .word(let object, _) = tokens[start + 2]
            {
                given = object
                let named = Words.plain(object)
                if let place = words.indices.first(where: { words[$0...].starts(with: named) }) {
                    words.removeSubrange(words.startIndex..<(place + named.count))
                }
                words = Array(words.drop { ["by", "with", "to", "as"].contains($0) })
            }
            words.removeAll { $0 == order }
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

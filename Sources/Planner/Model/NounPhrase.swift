/// The head of a plain noun phrase: "alarms" of "alarms raised by machines".
struct NounPhrase {
    /// The words up to the one that everything else belongs to.
    var head: [String]
    /// Behind "of".
    var tail: [String]?
    /// Behind "per".
    var per: [String]?
    /// What was done to it, at the end: "quantity moved".
    var deed: String?
    /// Only some of what the head names: "goods sent back".
    var isRestricted = false
    /// Two things: "suppliers and carriers".
    var isJoined = false
    /// None of its words is a participle: "stock movements", not "borrowed copies".
    var isNouns: Bool

    /// Nil for whatever is none.
    init?(_ words: [String]) {
        guard !words.isEmpty, words.count <= 16, !words.contains(where: Self.isVerb) else { return nil }
        guard let head = Self.phrase(words[...]), !head.isEmpty else { return nil }
        self.head = head
        isNouns = head.allSatisfy { !WordFamily.isDeed($0) || $0.hasSuffix("ing") }
        let next = head.count < words.count ? words[head.count] : nil
        isJoined = next == "and" && !["their", "its"].contains(words.dropFirst(head.count + 1).first) || next == "or"
        isRestricted = next.map { !Self.stops.contains($0) || Self.restrictions.contains($0) } ?? false
        if head.count + 1 == words.count, let next, !Self.stops.contains(next) { deed = next }
        let rest = words.dropFirst(head.count + 1)
        let inner = DescribedText.undetermined(Array(rest))
        if next == "of", let tail = Self.phrase(inner[...]), (1...2).contains(tail.count) {
            let behind = tail.count < inner.count ? inner[tail.count] : ""
            if behind != "and", behind != "or" { self.tail = tail }
        }
        if next == "per", let per = Self.phrase(inner[...]), per.count == 1, inner.count == 1 { self.per = per }
    }

    /// Nouns and what stands before them, up to where something else begins.
    private static func phrase(_ words: ArraySlice<String>) -> [String]? {
        var head: [String] = []
        for (place, word) in words.enumerated() {
            if stops.contains(word) { break }
            guard word.allSatisfy(\.isLetter) else { return nil }
            let next = words.dropFirst(place + 1).first
            if place > 0, WordFamily.isDeed(word) || irregular.contains(word) {
                if word.hasSuffix("ing") {
                    // "reading of", but "working in".
                    if let next, !["of", "per", "and", "or", "for", "from"].contains(next), stops.contains(next) {
                        break
                    }
                } else if next.map(stops.contains) ?? true {
                    break
                }
            }
            head.append(word)
        }
        guard let last = head.last, last.utf8.count >= 3 || head.count > 1 else { return nil }
        return head
    }

    private static let restrictions: Set<String> = [
        "that", "which", "who", "whose", "where", "when", "without", "with", "not", "out", "off", "under", "over",
        "excluding", "after", "before",
    ]

    private static let irregular: Set<String> = ["taken", "left", "owed", "due", "made", "kept", "used", "brought"]

    private static func isVerb(_ word: String) -> Bool { verbs.contains(word) }

    private static let verbs: Set<String> = [
        "is", "are", "was", "were", "has", "have", "had", "can", "may", "must", "should", "will", "would", "do", "does",
        "did", "contains", "contain", "not", "cannot", "shall", "never", "unless", "if",
    ]

    private static let stops: Set<String> = [
        "of", "by", "in", "on", "for", "from", "with", "at", "to", "per", "that", "which", "who", "whose", "where",
        "when", "and", "or", "as", "under", "over", "into", "within", "without", "until", "since", "after", "before",
        "between", "against", "during", "through", "via", "about", "than", "it", "they", "we", "the", "a", "an", "its",
        "their", "each", "every", "so", "still", "currently", "now", "only", "out", "up", "off", "back", "excluding",
        "including", "incl", "excl", "across", "plus", "via", "around",
    ]

    /// Heads that say how a table is kept.
    static let generic: Set<String> = [
        "data", "information", "table", "list", "row", "entry", "detail", "fact", "log", "history", "summary",
        "snapshot",
        "view", "thing", "value", "set", "kind", "type", "number", "status", "state", "name", "result", "line", "item",
        "position", "dimension", "lookup", "mapping", "link", "relation", "assignment", "record", "master", "total",
    ]

    /// Heads that say nothing of a column.
    static let empty: Set<String> = [
        "id", "identifier", "key", "reference", "value", "flag", "indicator", "field", "column", "link", "pointer",
        "data", "information", "text", "string", "thing", "foreign", "primary", "one", "other", "row", "part", "kind",
    ]
}

/// What happened at a column's time, of "time the alarm was raised", "when it was issued", "date of purchase".
enum DescribedEvent {
    /// "raised", "checked out"; nil where the description tells no such thing.
    static func event(_ text: String) -> [String]? {
        let words = DescribedText.words(text).prefix { $0 != Words.boundary }
        guard let first = words.first else { return nil }
        var rest = words
        if ["the", "a"].contains(first) { rest = rest.dropFirst() }
        guard let kind = rest.first, kinds.contains(kind) else { return nil }
        rest = rest.dropFirst()
        if let next = rest.first, next == "and", rest.count > 2 { rest = rest.dropFirst(2) }
        while let next = rest.first, ["at", "on", "which", "that", "when", "in"].contains(next) {
            rest = rest.dropFirst()
        }
        if kind != "when", rest.first == "of" { return noun(rest.dropFirst()) }
        return deed(Array(rest))
    }

    private static let kinds: Set<String> = ["when", "time", "date", "day", "moment", "timestamp", "datetime"]

    /// "of hire", "of the last inspection".
    private static func noun(_ words: ArraySlice<String>) -> [String]? {
        let words = DescribedText.undetermined(Array(words))
        guard let phrase = NounPhrase(words), phrase.head.count <= 2,
            phrase.head.count == words.count || phrase.tail != nil
        else { return nil }
        return phrase.head
    }

    /// "the alarm was raised", "the member joined".
    private static func deed(_ words: [String]) -> [String]? {
        let words = DescribedText.undetermined(words)
        // Somebody or something does it, in a word or two.
        guard let place = words.indices.dropFirst().first(where: { isDeed(words[$0], at: $0, in: words) }), place <= 5
        else { return nil }
        let before = words[..<place]
        guard !before.contains(where: { ["next", "not", "will", "should", "must", "can", "may", "no"].contains($0) })
        else { return nil }
        var deed = [words[place]]
        let behind = place + 1 < words.count ? words[place + 1] : nil
        if let behind, ["out", "back", "in", "up", "off"].contains(behind), place + 2 == words.count {
            deed.append(behind)
        }
        // "was last inspected"
        if let last = before.last, last == "last" || last == "first" { deed.insert(last, at: 0) }
        return deed
    }

    private static func isDeed(_ word: String, at place: Int, in words: [String]) -> Bool {
        guard !word.hasSuffix("ing") else { return false }
        let next = place + 1 < words.count ? words[place + 1] : nil
        let isEnd = next.map(ends.contains) ?? true
        guard isEnd, !FillerWords.weakVerbs.contains(word) else { return false }
        if WordFamily.isDeed(word), !WordFamily.isPresent(word) { return true }
        if more.contains(word) { return true }
        let auxiliary = words[place - 1]
        return ["is", "was"].contains(auxiliary) && word == "due"
    }

    private static let more: Set<String> = [
        "began", "left", "sold", "paid", "brought", "ended", "died",
    ]

    private static let ends: Set<String> = [
        "by", "at", "in", "on", "from", "to", "for", "with", "out", "back", "up", "off", "and", "or", "into", "through",
        "again", "first", "the", "a", "an", "us",
    ]
}

/// Whether a piece of a name is short for words: "mach" for machine, "rdg" for reading, "wo" for work order.
///
/// Strict enough that a match within a name's own description is no accident; without a description it proves nothing.
enum Abbreviation {
    struct Match: Sendable, Hashable {
        var words: [String]
        /// From 0.6 to 1.
        var score: Double
    }

    /// The words that the piece is short for, among words that describe it; boundaries are not crossed.
    static func best(_ short: String, in text: [String]) -> Match? {
        guard isShort(short) else { return nil }
        let bases = text.map(NameWords.base)
        guard !bases.contains(NameWords.base(short)) else { return nil }
        var best: Match?
        func offer(_ words: [String], _ score: Double, _ place: Int) {
            let score = score - min(0.2, 0.02 * Double(place))
            if score >= 0.6, score > best?.score ?? 0 { best = Match(words: words, score: score) }
        }
        for (place, word) in bases.enumerated() where !functionWords.contains(word) {
            if let score = score(short, word) { offer([word], score, place) }
            if let words = initials(short, Array(bases[place...])) {
                offer(words, short.utf8.count > 2 ? 0.97 : 0.93, place)
            } else if place + 1 < bases.count, !functionWords.contains(bases[place + 1]),
                isPieced(short, word, bases[place + 1])
            {
                offer([word, bases[place + 1]], 0.85, place)
            }
        }
        return best
    }

    /// How well it stands for the one word; nil where it does not.
    static func score(_ short: String, _ long: String) -> Double? {
        guard isShort(short), isPlain(long), long.utf8.count >= short.utf8.count + 1, long.utf8.count >= 4 else {
            return nil
        }
        if long.hasPrefix(short) {
            // "open" is no short form of "opened".
            if Stemmer.variants(of: long).contains(short) { return nil }
            return short.utf8.count > 2 ? 1 : 0.8
        }
        return skeleton(short, long)
    }

    /// Without vowels, as far as it goes: what nobody takes for a word.
    static func isSkeleton(_ short: String) -> Bool {
        short.utf8.count >= 3 && isPlain(short) && !short.dropFirst().contains(where: isVowel)
    }

    /// The first letter and consonants of the word in their order, none of its first ones left out.
    private static func skeleton(_ short: String, _ long: String) -> Double? {
        let letters = Array(short)
        let word = Array(long)
        guard letters[0] == word[0] else { return nil }
        let consonants = word.indices.dropFirst().filter { !isVowel(word[$0]) }
        var place = 0
        var matched = 0
        var isRun = true
        for letter in letters.dropFirst() {
            // Vowels only within the part that is written out: "descr".
            if isRun, place + 1 < word.count, word[place + 1] == letter {
                place += 1
                if !isVowel(letter) { matched += 1 }
                continue
            }
            isRun = false
            guard !isVowel(letter), let found = word[(place + 1)...].firstIndex(of: letter) else { return nil }
            if matched == 0, letters.count > 2, consonants.prefix(2).allSatisfy({ $0 != found }) { return nil }
            place = found
            matched += 1
        }
        guard !consonants.isEmpty, matched > 0 else { return nil }
        let isLast = place == consonants.last
        if letters.count == 2 { return isLast && word.count <= 8 ? 0.75 : place == consonants.first ? 0.72 : nil }
        let share = Double(matched) / Double(consonants.count)
        guard isLast || share >= 0.5 || matched >= 3 || consonants.prefix(3).contains(place) else { return nil }
        return min(0.95, 0.7 + 0.2 * share + (isLast ? 0.05 : 0))
    }

    /// The first letters of as many words, little words between them left out or not.
    private static func initials(_ short: String, _ text: [String]) -> [String]? {
        for skips in short.utf8.count > 2 ? [false, true] : [false] {
            var words: [String] = []
            var rest = Substring(short)
            for word in text {
                guard let letter = rest.first else { break }
                if word == Words.boundary || words.isEmpty && functionWords.contains(word) { break }
                if skips, functionWords.contains(word) {
                    words.append(word)
                    continue
                }
                guard word.first == letter else { break }
                words.append(word)
                rest = rest.dropFirst()
            }
            if rest.isEmpty, words.count >= 2, words.count <= 4 { return words }
        }
        return nil
    }

    /// A letter or two of the first word, then a short form of the second: "fnm" for first name.
    private static func isPieced(_ short: String, _ first: String, _ second: String) -> Bool {
        guard short.utf8.count >= 3, isPlain(second), isPlain(first) else { return false }
        return (1...2).contains { length in
            let head = short.prefix(length)
            let tail = String(short.dropFirst(length))
            guard first.hasPrefix(head), tail.utf8.count >= 2 else { return false }
            return second.hasPrefix(tail) && tail.utf8.count >= 3 || skeleton(tail, second) != nil
        }
    }

    static let functionWords: Set<String> = [
        "of", "the", "a", "an", "on", "in", "for", "and", "or", "to", "by", "at", "per", "with", "from", "is", "it",
        "|",
    ]

    private static func isShort(_ word: String) -> Bool {
        (2...7).contains(word.utf8.count) && isPlain(word) && !wholeWords.contains(word)
            && !functionWords.contains(word)
    }

    private static func isPlain(_ word: String) -> Bool { word.utf8.allSatisfy { (0x61...0x7A).contains($0) } }

    private static func isVowel(_ letter: Character) -> Bool { "aeiou".contains(letter) }

    /// Short words of names that are words already.
    static let wholeWords: Set<String> = [
        "id", "ids", "name", "date", "time", "type", "code", "day", "days", "plan", "part", "parts", "port", "rate",
        "unit", "city", "sex", "age", "cost", "fee", "tax", "note", "notes", "role", "size", "rank", "list", "line",
        "lines", "item", "items", "user", "users", "team", "year", "week", "month", "start", "end", "due", "paid",
        "open", "price", "total", "state", "status", "email", "phone", "title", "label", "key", "kind", "class", "page",
        "area", "zone", "site", "shop", "store", "stock", "order", "sale", "sales", "card", "bank", "bill", "case",
        "file", "form", "game", "goal", "home", "host", "lead", "loan", "model", "owner", "place", "plant", "pool",
        "post", "race", "region", "road", "room", "route", "score", "seat", "shift", "ship", "song", "stage", "step",
        "stop", "story", "style", "tag", "task", "term", "test", "tour", "town", "track", "trip", "truck", "url",
        "value", "visit", "vote", "wage", "ward", "year", "brand", "level", "limit", "mail", "make", "mark", "mode",
        "car", "bus", "van", "pet", "dog", "box", "lot", "job", "hour", "hours", "gate", "fund", "food", "drug", "dose",
        "crew", "club", "clip", "chat", "cash", "cart", "call", "book", "body", "blog", "bed", "base", "asset", "agent",
        "actor", "act", "net", "gross", "paper", "photo", "speed", "width", "depth", "count", "event", "first", "last",
        "high", "low", "max", "min", "new", "old", "is", "has", "was", "sold", "sent", "read", "back", "left", "right",
        "top", "per", "day", "pay", "rent", "risk", "rule", "sign", "skill", "spot", "staff", "tool", "zip",
    ]
}

/// Verbs with which money changes hands.
enum MoneyDeeds {
    static func isPaying(_ word: String) -> Bool {
        takesIn(word) || !WordFamily.keys(of: word).isDisjoint(with: paying)
    }

    static func isSelling(_ word: String) -> Bool { ["sell", "sold", "sells"].contains(word) }

    /// Says nothing of what it was paid for, so that anything may be meant that there is one of.
    static func isGeneric(_ word: String) -> Bool {
        takesIn(word) || !WordFamily.keys(of: word).isDisjoint(with: generic)
    }

    /// "bring in", "take in".
    static func takesIn(_ word: String) -> Bool {
        ["bring", "brings", "brought", "take", "takes", "took"].contains(word)
    }

    /// Whether rows are called as that is which the verb leaves behind.
    static func isPaid(_ word: String, by verb: String) -> Bool {
        let gifts: Set<String> = ["donation", "pledge", "contribution", "gift"]
        let isGiven = !WordFamily.keys(of: verb).isDisjoint(with: keys(["give", "donate", "contribute"]))
        return (isGiven ? gifts : ["payment", "pay", "receipt"]).contains(NameWords.base(word))
    }

    private static let generic = keys([
        "pay", "spend", "bring", "raise", "earn", "generate", "give", "take", "donate", "contribute",
    ])
    private static let paying = generic.union(keys(["pledge", "invest", "collect"]))

    private static func keys(_ words: [String]) -> Set<String> {
        Set(words.flatMap { WordFamily.keys(of: $0) }).union(words)
    }
}

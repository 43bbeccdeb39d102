import ServiceRuntime

/// Words that are no English, the same for one seed: names of tables and columns, and what values are made of.
struct GeneratedWords {
    private static let syllables = [
        "ba", "cor", "dal", "fi", "gul", "hen", "ka", "len", "mo", "nir", "pe", "rus", "sa", "tev", "vo", "zim", "lor",
        "mun", "tik", "wa",
    ]

    let words: [String]
    private var bits: SplitMix64

    init(seed: UInt64, count: Int) {
        var bits = SplitMix64(seed: seed)
        var words: [String] = []
        var known: Set<String> = []
        while words.count < count {
            let length = 2 + Int(bits.next() % 3)
            let word = (0..<length).map { _ in Self.syllables[Int(bits.next() % UInt64(Self.syllables.count))] }
                .joined()
            if known.insert(word).inserted { words.append(word) }
        }
        self.words = words
        self.bits = bits
    }

    mutating func number(below limit: Int) -> Int { Int(bits.next() % UInt64(limit)) }

    mutating func word() -> String { words[number(below: words.count)] }

    /// Common words come up far more often than rare ones, as they do in text.
    mutating func commonWord() -> String {
        let share = Double(bits.next() >> 11) / Double(1 << 53)
        return words[min(words.count - 1, Int(share * share * share * Double(words.count)))]
    }
}

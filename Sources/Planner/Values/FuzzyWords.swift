/// Words of letters, to be found although one letter is wrong, missing, too many, or in its neighbour's place.
///
/// Every word is entered under itself and under each of its forms with one letter less; two words that are one edit apart
/// share such a form.
struct FuzzyWords: Sendable {
    static let lengths = 5...24
    static let limit = 300_000

    private(set) var words = FlatTexts()
    private var known: HashSlots
    private var forms: HashSlots

    /// - Parameter texts: words with blanks between them.
    init(of texts: FlatTexts) {
        var words = FlatTexts()
        var known = HashSlots(capacity: 1 << 12)
        var capacity = 1 << 12
        for index in 0..<texts.count {
            for word in texts[index].split(separator: UInt8(ascii: " ")) where Self.isFuzzy(word) {
                let hash = flatHash(word)
                guard words.count < Self.limit, known.first(hash: hash, where: { words.equals($0, word) }) == nil else {
                    continue
                }
                if words.count == capacity {
                    capacity *= 2
                    known = HashSlots(capacity: capacity)
                    for index in 0..<words.count { known.insert(index, hash: flatHash(words[index])) }
                }
                known.insert(words.count, hash: hash)
                words.append(word)
            }
        }
        words.shrink()
        var forms = HashSlots(capacity: words.bytes.count + words.count)
        for index in 0..<words.count {
            let word = words[index]
            forms.insert(index, hash: flatHash(word))
            for place in word.indices where place == word.startIndex || word[place] != word[place - 1] {
                forms.insert(index, hash: Self.hash(of: word, without: place))
            }
        }
        self.words = words
        self.known = known
        self.forms = forms
    }

    var memory: Int { words.memory + known.memory + forms.memory }

    static func isFuzzy(_ word: ArraySlice<UInt8>) -> Bool {
        lengths.contains(word.count) && word.allSatisfy { (0x61...0x7A).contains($0) }
    }

    private func isPlain(_ word: ArraySlice<UInt8>) -> Bool { word.allSatisfy { (0x61...0x7A).contains($0) } }

    /// Words one edit away, in the order they came; none for a word that is known itself.
    ///
    /// - Parameter isPart: more words stand beside it, so that a letter less than in a word by itself is enough.
    func near(_ word: ArraySlice<UInt8>, limit: Int, isPart: Bool = false) -> [ArraySlice<UInt8>] {
        guard words.count > 0,
            Self.isFuzzy(word) || isPart && word.count + 1 == Self.lengths.lowerBound && isPlain(word),
            known.first(hash: flatHash(word), where: { words.equals($0, word) }) == nil
        else { return [] }
        var found: Set<Int> = []
        func collect(_ hash: UInt64) {
            forms.forEach(hash: hash) { index in
                if !found.contains(index), Self.areOneEditApart(words[index], word) { found.insert(index) }
            }
        }
        collect(flatHash(word))
        for place in word.indices where place == word.startIndex || word[place] != word[place - 1] {
            collect(Self.hash(of: word, without: place))
        }
        return found.sorted().prefix(limit).map { words[$0] }
    }

    private static func hash(of word: ArraySlice<UInt8>, without place: Int) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in word.indices where index != place { hash = (hash ^ UInt64(word[index])) &* 0x100_0000_01B3 }
        hash ^= hash >> 32
        return hash &* 0x9E37_79B9_7F4A_7C15
    }

    /// One letter replaced, inserted or removed, or two neighbours exchanged.
    static func areOneEditApart(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        guard abs(left.count - right.count) <= 1 else { return false }
        var (first, second) = (left, right)
        while let a = first.first, let b = second.first, a == b {
            first.removeFirst()
            second.removeFirst()
        }
        while let a = first.last, let b = second.last, a == b {
            first.removeLast()
            second.removeLast()
        }
        if first.count <= 1, second.count <= 1 { return !(first.isEmpty && second.isEmpty) }
        return first.count == 2 && second.count == 2 && first.first == second.last && first.last == second.first
    }
}

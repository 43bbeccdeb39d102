/// The words that the schema's names are made of, found from how people write them.
struct Vocabulary: Sendable {
    struct Match: Sendable {
        var word: Int32
        var quality: Double
        /// By the family of the word only: "treated" for "treatment".
        var isKin = false
    }

    /// Stands for "of" inside a phrase.
    static let of: Int32 = 0

    private var ids: [String: Int32] = ["\u{1}of": 0]
    /// Every form of every word that a form of a question's word is looked up in.
    private var forms: [String: [Match]] = [:]
    /// Words with one letter left out, for words of five letters and more.
    private var gaps: [String: [Int32]] = [:]
    private var words: [String] = ["\u{1}of"]
    /// Words by the families they belong to, and by what those called so do.
    private var families: [String: [Int32]] = [:]
    private var deeds: [String: [Int32]] = [:]

    /// Words that are codes, by their first letters; three letters are found in any word.
    private var codes: [Character: [String]] = [:]

    mutating func insert(code: String) {
        guard code.utf8.count >= 4, let first = code.first, codes[first]?.contains(code) != true else { return }
        codes[first, default: []].append(code)
    }

    /// The one code that a word is written out of: CRIT for "critical".
    func shortened(_ word: String) -> [Match] {
        // "unused" denies something, whatever its letters are.
        guard !["un", "non", "in", "dis"].contains(where: word.hasPrefix), let first = word.first,
            let codes = codes[first]
        else { return [] }
        let base = NameWords.base(word)
        let found = codes.filter { (Abbreviation.score($0, base) ?? 0) >= 0.8 }.compactMap { ids[$0] }
        return found.count == 1 ? found.map { Match(word: $0, quality: 0.74, isKin: true) } : []
    }

    mutating func id(_ word: String) -> Int32 {
        let base = NameWords.base(word)
        if let id = ids[base] { return id }
        let id = Int32(words.count)
        ids[base] = id
        words.append(base)
        add(form: word, id, 1)
        for (rank, form) in Stemmer.variants(of: word).enumerated() { add(form: form, id, rank == 0 ? 1 : 0.93) }
        for other in Thesaurus.equivalents(of: base) {
            for form in Stemmer.variants(of: other) { add(form: form, id, 0.88) }
        }
        for key in WordFamily.keys(of: base).union(WordFamily.keys(of: word)) { families[key, default: []].append(id) }
        for key in WordFamily.deeds(of: base) { deeds[key, default: []].append(id) }
        if base.utf8.count >= 5, base.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) {
            for gap in Self.gaps(of: base) { gaps[gap, default: []].append(id) }
        }
        return id
    }

    private mutating func add(form: String, _ id: Int32, _ quality: Double) {
        if let known = forms[form]?.firstIndex(where: { $0.word == id }) {
            if let old = forms[form]?[known].quality, old < quality { forms[form]?[known].quality = quality }
            return
        }
        forms[form, default: []].append(Match(word: id, quality: quality))
    }

    /// What the word of a question may stand for, best first.
    func matches(_ word: String) -> [Match] {
        var found: [Int32: Double] = [:]
        for (rank, form) in ([word] + Stemmer.variants(of: word)).enumerated() {
            for match in forms[form] ?? [] {
                let quality = match.quality * (rank < 2 ? 1 : 0.93)
                if found[match.word].map({ $0 < quality }) ?? true { found[match.word] = quality }
            }
        }
        return found.map { Match(word: $0.key, quality: $0.value) }
            .sorted { ($1.quality, $0.word) < ($0.quality, $1.word) }
    }

    /// Words of the same family, for a word that is nothing else; an irregular one may be of none.
    func kin(_ word: String) -> [Match] {
        Set(WordFamily.keys(of: word).flatMap { families[$0] ?? [] }).sorted()
            .map { Match(word: $0, quality: 0.8, isKin: true) }
    }

    /// Another word for it, where the schema has exactly one such word.
    func loose(_ word: String) -> [Match] {
        let base = NameWords.base(word)
        let known = Set(Thesaurus.loose(base).compactMap { ids[$0] })
        return known.count == 1 ? known.map { Match(word: $0, quality: 0.74, isKin: true) } : []
    }

    /// What those are called who do so: the director of "directed".
    func agents(_ word: String) -> [Match] {
        guard WordFamily.isDeed(word) else { return [] }
        return Set(WordFamily.keys(of: word).flatMap { deeds[$0] ?? [] }).sorted()
            .map { Match(word: $0, quality: 0.8, isKin: true) }
    }

    /// Words that differ by one letter, for a word that is nothing else; never its first letter, never a number.
    func nearMatches(_ word: String) -> [Match] {
        guard word.utf8.count >= 5, word.utf8.count <= 40, word.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
        else { return [] }
        var found: Set<Int32> = []
        for form in Set([word, NameWords.base(word)]) where form.utf8.count >= 5 {
            for gap in Self.gaps(of: form) {
                for id in gaps[gap] ?? [] where Self.isNear(form, words[Int(id)]) { found.insert(id) }
            }
        }
        return found.sorted().map { Match(word: $0, quality: 0.7) }
    }

    func text(_ id: Int32) -> String { words[Int(id)] }

    private static func gaps(of word: String) -> [String] {
        var gaps = [word]
        let letters = Array(word)
        for index in letters.indices.dropFirst() {
            gaps.append(String(letters[..<index] + letters[(index + 1)...]))
        }
        return gaps
    }

    /// One letter more, less or different, or two neighbours swapped; the first letters are the same.
    private static func isNear(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard left.first == right.first, abs(left.count - right.count) <= 1 else { return false }
        var prefix = 0
        while prefix < min(left.count, right.count), left[prefix] == right[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < min(left.count, right.count) - prefix,
            left[left.count - 1 - suffix] == right[right.count - 1 - suffix]
        { suffix += 1 }
        let restLeft = left.count - prefix - suffix
        let restRight = right.count - prefix - suffix
        if restLeft <= 1, restRight <= 1 { return true }
        return restLeft == 2 && restRight == 2 && left[prefix] == right[prefix + 1] && left[prefix + 1] == right[prefix]
    }
}

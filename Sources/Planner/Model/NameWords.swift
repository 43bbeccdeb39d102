/// Takes names of tables and columns apart.
enum NameWords {
    /// `hrEmpName` gives hr, emp, name; `address1` gives address, 1.
    static func split(_ name: String) -> [String] {
        var words: [String] = []
        for word in Words.plain(name) {
            let letters = word.prefix { !$0.isNumber }
            if letters.count >= 3, letters.count < word.count, word.count - letters.count <= 2 {
                words += [String(letters), String(word.dropFirst(letters.count))]
            } else {
                words.append(word)
            }
        }
        return words
    }

    /// The name as somebody wrote it with its words apart, where the database has folded it.
    static func spelling(of name: String, synonyms: [String]) -> String {
        let folded = fold(name)
        return synonyms.first { fold($0) == folded && $0 != name && split($0).count > split(name).count } ?? name
    }

    /// The synonyms that are other names, not other spellings.
    static func names(among synonyms: [String], of name: String) -> [String] {
        let folded = fold(name)
        return synonyms.filter { fold($0) != folded }
    }

    static func fold(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// One base form for singular and plural.
    static func base(_ word: String) -> String { Stemmer.variants(of: word).first ?? word }

    /// Whether the short word may stand for the long one: same first letter, its letters in order.
    static func abbreviates(_ short: String, _ long: String) -> Bool {
        guard short.utf8.count >= 2, short.utf8.count <= long.utf8.count, short.first == long.first else {
            return false
        }
        var rest = Substring(long)
        for letter in short {
            guard let found = rest.firstIndex(of: letter) else { return false }
            rest = rest[rest.index(after: found)...]
        }
        return true
    }

    /// Whether the word abbreviates these words together, by a piece of each: `dp` for daily price, `txn` for transaction.
    static func abbreviates(_ short: String, words: [String]) -> Bool {
        if words.contains(where: { abbreviates(short, $0) }) { return true }
        if words.contains(where: { Thesaurus.abbreviations[short]?.contains($0) == true }) { return true }
        return words.count > 1 && abbreviates(short, words.joined())
    }
}

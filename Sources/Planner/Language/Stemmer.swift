/// Base forms of English words: plural, -ing, -ed and -ation, without a dictionary.
///
/// Several candidates rather than one truncated stem, so that different words ("plan", "plane") never fall together.
package enum Stemmer {
    package static func variants(of word: String) -> [String] {
        guard word.utf8.count > 3, word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else {
            return word.utf8.count == 3 && word.hasSuffix("s") && !word.hasSuffix("ss")
                ? [word, String(word.dropLast())] : [word]
        }
        let base = singular(word)
        var forms = base == word ? [word] : [base]
        for suffix in ["ing", "ed"] {
            if let root = root(of: base, without: suffix) { forms += [root, root + "e"] + undoubled(root) }
        }
        if base.hasSuffix("ied"), base.utf8.count > 4 { forms.append(base.dropLast(3) + "y") }
        if base.hasSuffix("ation"), base.utf8.count >= 10 {
            let root = String(base.dropLast(5))
            forms += [root, root + "e"] + undoubled(root)
        }
        return forms
    }

    private static func singular(_ word: String) -> String {
        if word.hasSuffix("ies"), word.utf8.count > 4 { return word.dropLast(3) + "y" }
        for ending in ["sses", "shes", "ches", "xes", "zzes", "tzes"] where word.hasSuffix(ending) {
            return String(word.dropLast(2))
        }
        guard word.hasSuffix("s"), !["ss", "us", "is"].contains(where: word.hasSuffix) else { return word }
        return String(word.dropLast())
    }

    private static func root(of word: String, without suffix: String) -> String? {
        guard word.hasSuffix(suffix), !word.hasSuffix("eed") else { return nil }
        let root = String(word.dropLast(suffix.utf8.count))
        return root.utf8.count >= 3 && root.contains(where: { "aeiouy".contains($0) }) ? root : nil
    }

    private static func undoubled(_ root: String) -> [String] {
        let tail = root.suffix(2)
        guard tail.count == 2, tail.first == tail.last, let last = tail.last, !"aeious".contains(last) else {
            return []
        }
        return [String(root.dropLast())]
    }
}

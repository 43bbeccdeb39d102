/// Puts the many ways of saying that something does not count into those that `SaidSentence` knows.
enum ExclusionWords {
    /// "tickets should leave out resolved ones": tickets should exclude resolved ones.
    static func plain(_ words: [String]) -> [String] {
        if let order = leavingOut(words) { return order }
        var plain: [String] = []
        var index = 0
        while index < words.count {
            let (word, next) = (words[index], index + 1 < words.count ? words[index + 1] : "")
            let isRuled = ["should", "must", "always"].contains(plain.last ?? "")
            if let verb = leaving[word], next == "out" {
                plain.append(verb)
                index += 2
            } else if index > 0, ["means", "mean", "is", "are"].contains(word), ["only", "just"].contains(next) {
                plain += ["counts", "only"]
                index += 2
            } else if index > 0, ["ignores", "omits", "skips"].contains(word) {
                plain.append("excludes")
                index += 1
            } else if isRuled, ["ignore", "omit", "skip"].contains(word) {
                plain.append("exclude")
                index += 1
            } else if index > 0, ["is", "are", "be"].contains(word), next == "without" {
                plain.append(word == "be" ? "exclude" : "excludes")
                index += 2
            } else {
                plain.append(word)
                index += 1
            }
        }
        return plain
    }

    private static let leaving = ["leave": "exclude", "leaves": "excludes", "leaving": "exclude"]

    /// "leave trials out of churn": exclude trials from churn.
    private static func leavingOut(_ words: [String]) -> [String]? {
        guard let verb = words.firstIndex(where: { $0 != "please" && $0 != "always" }), words[verb] == "leave",
            let out = words.firstIndex(of: "out"), out > verb + 1, out + 2 < words.count, words[out + 1] == "of"
        else { return nil }
        return Array(words[..<verb]) + ["exclude"] + words[(verb + 1)..<out] + ["from"] + words[(out + 2)...]
    }
}

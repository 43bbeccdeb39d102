/// Cuts text into the words that knowledge is indexed and searched by.
///
/// Names in snake_case and camelCase fall into their words: `sbDailyPrice` is `sb daily price`, `monthly_mrr` is
/// `monthly mrr`. The same cut is used for entries and for questions.
package enum SearchWords {
    /// The words in order, in lower case: letters and digits only, none longer than 40 characters.
    package static func words(in text: some StringProtocol) -> [String] {
        var words: [String] = []
        for token in tokens(in: text) { words += parts(of: token).map { $0.lowercased() } }
        return words.filter { $0.count <= 40 }
    }

    /// Names of several words, written as one: `plan_changes` and `planChanges` are `planchanges`.
    package static func squeezedNames(in text: some StringProtocol) -> [String] {
        tokens(in: text).filter { parts(of: $0).count > 1 }
            .map { $0.filter { $0 != "_" }.lowercased() }.filter { $0.count <= 60 }
    }

    /// Runs of letters, digits and underscores.
    private static func tokens(in text: some StringProtocol) -> [Substring] {
        Substring(text).split { !($0.isLetter || $0.isNumber || $0 == "_") }
    }

    private static func parts(of token: Substring) -> [Substring] {
        var parts: [Substring] = []
        for piece in token.split(separator: "_") {
            var start = piece.startIndex
            var index = piece.startIndex
            while index < piece.endIndex {
                let next = piece.index(after: index)
                if next < piece.endIndex, isBoundary(piece, index, next) {
                    parts.append(piece[start..<next])
                    start = next
                }
                index = next
            }
            parts.append(piece[start...])
        }
        return parts
    }

    /// Between `y` and `P` of `dailyPrice`, and between `R` and `By` of `MRRByPlan`; not inside `MRRs`.
    private static func isBoundary(_ text: Substring, _ index: String.Index, _ next: String.Index) -> Bool {
        guard text[next].isUppercase else { return false }
        if text[index].isLowercase || text[index].isNumber { return true }
        let after = text.index(after: next)
        guard text[index].isUppercase, after < text.endIndex, text[after].isLowercase else { return false }
        let afterThat = text.index(after: after)
        return afterThat < text.endIndex || text[after] != "s"
    }
}

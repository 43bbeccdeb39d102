extension PieceFinder {
    /// "first and last name": the word shares what stands behind the other.
    mutating func findShared(_ matches: [[Vocabulary.Match]]) {
        let none = Array(repeating: false, count: 8)
        for index in tokens.indices
        where index > 0 && index + 2 < tokens.count && ["and", "or"].contains(tokens[index].word) {
            let ranges = terms.keys.filter { $0.lowerBound == index + 1 && $0.count >= 2 }
            for range in ranges.sorted(by: { $0.count < $1.count }) {
                let words = [matches[index - 1]] + range.dropFirst().map { matches[$0] }
                let hits = model.lexicon.hits(at: 0, matches: words, isOf: none, isArticle: none, isBreak: none)
                if let whole = hits.last, whole.range.count == words.count {
                    record(
                        index - 1..<index,
                        whole.entries.map { entry in
                            var entry = entry
                            entry.quality = min(1.2, entry.quality + 0.15)
                            return entry
                        })
                    shareBefore(index - 1, range, matches)
                }
            }
        }
    }

    /// "first, middle and last name": what stands before the comma shares it too.
    private mutating func shareBefore(_ index: Int, _ range: Range<Int>, _ matches: [[Vocabulary.Match]]) {
        guard index >= 2, tokens[index - 1].text == "," else { return }
        let none = Array(repeating: false, count: 8)
        let words = [matches[index - 2]] + range.dropFirst().map { matches[$0] }
        let hits = model.lexicon.hits(at: 0, matches: words, isOf: none, isArticle: none, isBreak: none)
        if let whole = hits.last, whole.range.count == words.count { record(index - 2..<index - 1, whole.entries) }
    }
}

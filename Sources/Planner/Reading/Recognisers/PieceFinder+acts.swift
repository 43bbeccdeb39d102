/// "Who have adopted a cat", "never been adopted": an act that left a row, although a state is called alike.
extension PieceFinder {
    mutating func findActs() {
        for (index, token) in tokens.enumerated() where token.isWord && WordFamily.isDeed(token.word) {
            guard let entries = terms[index..<index + 1], entries.contains(where: isValue), isAct(index) else {
                continue
            }
            let kin = model.lexicon.vocabulary.kin(token.word)
            guard !kin.isEmpty else { continue }
            let hits = model.lexicon.hits(at: 0, matches: [kin], isOf: [false], isArticle: [false], isBreak: [false])
            let tables = (hits.first?.entries ?? []).filter {
                if case .table = $0.sense { return $0.quality >= 0.7 }
                return false
            }
            guard !tables.isEmpty else { continue }
            kinTokens.insert(index)
            replace(index..<index + 1, tables)
        }
    }

    private func isValue(_ entry: Lexicon.Entry) -> Bool {
        if case .value = entry.sense { true } else { false }
    }

    /// Something stands behind that it was done to, or it is denied for all times.
    private func isAct(_ index: Int) -> Bool {
        let before = tokens[..<index].suffix(2).map(\.word)
        if before.contains("never") { return true }
        guard index + 1 < tokens.count else { return false }
        return ["a", "an", "the", "more", "at", "any", "less", "fewer", "both", "two", "three"].contains(
            tokens[index + 1].word) && before.contains(where: ["have", "has", "had", "who", "and", "that"].contains)
    }
}

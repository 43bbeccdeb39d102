/// "annual contracts", "billed monthly": words for a span of time that are values of a column.
extension PieceFinder {
    private static let cycles: [String: Set<String>] = {
        var cycles: [String: Set<String>] = [:]
        for group in [
            ["annual", "annually", "yearly"], ["monthly"], ["weekly"], ["daily"], ["quarterly"],
        ] as [Set<String>] {
            for word in group { cycles[word] = group }
        }
        return cycles
    }()

    /// Another word of the same span: "yearly" where the data says annual.
    mutating func findCycles() {
        for (start, token) in tokens.enumerated() where token.isWord {
            guard let words = Self.cycles[token.word] else { continue }
            var values: [Lexicon.Entry] = []
            for word in words {
                let matches = [model.lexicon.vocabulary.matches(word)]
                let hits = model.lexicon.hits(
                    at: 0, matches: matches, isOf: [false], isArticle: [false], isBreak: [false])
                for entry in hits.first?.entries ?? [] where entry.quality >= 0.95 {
                    if case .value = entry.sense { values.append(entry) }
                }
            }
            guard !values.isEmpty else { continue }
            record(start..<start + 1, values)
            if start > 0, token.word.hasSuffix("ly") {
                let told = values.filter { isTold($0, by: tokens[start - 1].word) }
                if !told.isEmpty { record(start - 1..<start + 1, told) }
            }
        }
    }

    /// "billed annually" of a billing cycle.
    private func isTold(_ entry: Lexicon.Entry, by verb: String) -> Bool {
        guard case .value(let column, _) = entry.sense, WordFamily.isDeed(verb) || verb == "pay" else { return false }
        let family = WordFamily.keys(of: verb)
        let words = model.columns[column].words
        if words.contains(where: { !family.isDisjoint(with: WordFamily.keys(of: $0)) }) { return true }
        return ["pay", "paid", "paying", "charged", "billed", "invoiced"].contains(verb)
            && words.contains { ["billing", "payment", "bill", "invoicing"].contains($0) }
    }

    /// Whether the word is a value here: what stands behind it is a thing that has it.
    func isCycleValue(_ index: Int) -> Bool {
        guard Self.cycles[tokens[index].word] != nil else { return false }
        let columns = valueColumns(index)
        guard !columns.isEmpty else { return false }
        if index > 1, ["is", "are", "was", "were"].contains(tokens[index - 1].word) { return true }
        guard index + 1 < tokens.count else { return false }
        let isOpening = index == 0 || GrammarWords.meaning([tokens[index - 1].word]) == .show
        for (range, entries) in terms where range.lowerBound == index + 1 {
            for entry in entries where entry.quality >= 0.93 {
                if case .column(let column) = entry.sense, columns.contains(column) { return true }
                guard case .table(let table) = entry.sense else { continue }
                for column in columns {
                    let owner = model.columns[column].table
                    if owner == table { return true }
                    if !isOpening, model.relations.stepsUp(from: owner, to: table) == 1 { return true }
                }
            }
        }
        return false
    }
}

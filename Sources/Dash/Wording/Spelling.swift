import Planner

/// Slips of the keyboard: words that nothing knows and that are one small slip away from exactly one known word.
///
/// Names, codes and numbers are never touched: what looks like a name (a capital inside a sentence) may be one.
struct Spelling: Sendable {
    private let known: Set<String>
    private let surfaces: [String]

    init(_ knowledge: KnowledgeView) {
        var words = EnglishWords.stop.union(EnglishWords.asking).union(EnglishWords.soft).union(EnglishWords.units)
            .union(EnglishWords.highest).union(EnglishWords.lowest).union(EnglishWords.greetings)
            .union(EnglishWords.negators).union(EnglishWords.current).union(EnglishWords.canonical.keys)
            .union(EnglishWords.months.keys).union(["last", "past", "previous", "next", "today", "yesterday", "best"])
        for table in knowledge.tables {
            var texts = [Phrasebook.unqualified(table.name)] + table.synonyms
            for column in table.columns { texts += [column.name] + column.synonyms + column.values }
            words.formUnion(texts.flatMap(Words.plain))
        }
        words.formUnion(knowledge.metrics.flatMap { $0.names }.flatMap(Words.plain))
        for query in knowledge.queries.map(\.query) {
            words.formUnion(
                ([Phrasebook.unqualified(query.name)] + query.questions + query.columns).flatMap(Words.plain))
        }
        surfaces = words.filter { $0.count > 2 }.sorted()
        known = Set(words.flatMap { Term($0).variants }).union(words)
    }

    /// Whether anything that is known has the word, in any of its forms.
    func knows(_ word: String) -> Bool { Term(word).variants.contains(where: known.contains) }

    /// The text with its slips put right; nil where there are none.
    func corrected(_ text: String) -> String? {
        var result = ""
        var word = ""
        var isChanged = false
        func flush() {
            guard !word.isEmpty else { return }
            let isName =
                word.dropFirst().contains(where: \.isUppercase) || (word.first?.isUppercase == true && !result.isEmpty)
            if !isName, word.allSatisfy(\.isLetter), let better = correction(word.lowercased()) {
                result += better
                isChanged = true
            } else {
                result += word
            }
            word = ""
        }
        for character in text {
            if character.isLetter || character.isNumber || character == "_" || character == "'" || character == "’" {
                word.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return isChanged ? result : nil
    }

    private func correction(_ word: String) -> String? {
        guard (3...24).contains(word.count), !Term(word).variants.contains(where: known.contains) else { return nil }
        var best: (cost: Int, words: [String]) = (Int.max, [])
        for other in surfaces where abs(other.count - word.count) <= 2 {
            guard let cost = slip(from: word, to: other) else { continue }
            if cost < best.cost {
                best = (cost, [other])
            } else if cost == best.cost {
                best.words.append(other)
            }
        }
        // "customer" and "customers" are one word.
        guard let first = best.words.first, best.words.allSatisfy({ Term($0).sharesForm(with: Term(first)) }) else {
            return nil
        }
        return best.words.min { abs($0.count - word.count) < abs($1.count - word.count) }
    }

    /// How unlikely the slip is; nil where it is none. A longer or shorter ending makes another word, not a slip.
    private func slip(from word: String, to other: String) -> Int? {
        guard !word.hasPrefix(other), !other.hasPrefix(word) else { return nil }
        let distance = Self.distance(Array(word), Array(other))
        if distance == 1, word.count == other.count {
            return word.sorted() == other.sorted() ? 1 : (word.count >= 6 ? 3 : nil)
        }
        if distance == 1 { return word.count >= 5 || EnglishWords.stop.contains(other) && word.count >= 4 ? 2 : nil }
        return distance == 2 && word.count >= 8 && word.first == other.first ? 4 : nil
    }

    /// Edits between two words, where exchanged neighbours are one edit.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var rows = [Array(0...right.count)]
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                var cost = min(
                    row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, rows[i - 1][j - 1] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}

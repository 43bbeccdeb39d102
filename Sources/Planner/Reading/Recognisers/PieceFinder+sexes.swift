/// Women and men, whatever letter or word the data keeps for them.
extension PieceFinder {
    mutating func findSexes() {
        for (start, token) in tokens.enumerated() where token.isWord {
            guard let kept = Self.sexes.first(where: { $0.said.contains(token.word) })?.kept else { continue }
            let found = kept.flatMap { text in values.lookup(tokens: Tokenizer.tokens(of: "\"\(text)\"")) }
                .flatMap(\.candidates).filter { $0.match == .exact }
            var entries: [Lexicon.Entry] = []
            for candidate in found {
                guard let column = model.column(candidate.column), column.kind == .text,
                    column.words.contains(where: { ["sex", "gender"].contains($0) })
                else { continue }
                entries.append(.init(sense: .value(column.index, [candidate.value]), quality: 0.98))
            }
            // A column that writes them in two ways would need both.
            let columns = Set(entries.map(\.sense))
            if !entries.isEmpty, columns.count == entries.count { record(start..<start + 1, entries) }
        }
    }

    private static let sexes: [(said: Set<String>, kept: [String])] = [
        (["female", "females", "woman", "women"], ["female", "f", "woman", "w"]),
        (["male", "males", "man", "men"], ["male", "m", "man"]),
    ]
}

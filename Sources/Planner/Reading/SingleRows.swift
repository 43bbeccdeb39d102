/// "customers with an open ticket": rows that have to be there, although how many there are has a name.
struct SingleRows {
    let model: SemanticModel
    let tokens: [Token]

    /// Names of numbers of rows that one of them was called by, as ranges of tokens.
    func ranges(in pieces: [Piece]) -> Set<Range<Int>> {
        Set(pieces.filter(isOne).map(\.range))
    }

    private func isOne(_ piece: Piece) -> Bool {
        guard piece.range.count > 1, piece.range.lowerBound > 0, let last = piece.words.last,
            ["a", "an"].contains(tokens[piece.range.lowerBound - 1].word), NameWords.base(last) == last
        else { return false }
        return piece.entries.contains { entry in
            guard case .metric(let index) = entry.sense else { return false }
            let metric = model.source.metrics[index]
            return ([metric.name] + metric.synonyms).contains { name in
                Words.plain(name).last.map { $0 != last && NameWords.base($0) == last } ?? false
            }
        }
    }
}

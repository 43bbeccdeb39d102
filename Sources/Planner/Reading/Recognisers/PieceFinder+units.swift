/// Units behind a number, or behind "in".
extension PieceFinder {
    mutating func findUnits() {
        for start in tokens.indices where tokens[start].isWord && start > 0 {
            let before = tokens[start - 1]
            for end in (start + 1...min(tokens.count, start + UnitWords.longest)).reversed() {
                let slice = tokens[start..<end]
                guard slice.allSatisfy(\.isWord),
                    let unit = UnitWords.unit(slice.map(\.word).joined(separator: " ")), unit.dimension != .time,
                    isOwnUnit(unit, before: start)
                        || !slice.contains(where: { token in
                            token.word.utf8.count > 2
                                && model.lexicon.vocabulary.matches(token.word).contains { $0.quality >= 0.93 }
                        })
                else { continue }
                if before.isNumber {
                    add(start..<end, .grammar(.measured(unit)), weight: 1.1 * Double(slice.count))
                } else if before.word == "in", slice.first?.word.utf8.count ?? 0 > 1, endsClause(end) {
                    add(start - 1..<end, .grammar(.measured(unit)), weight: 1.2 * Double(slice.count + 1))
                }
                break
            }
        }
    }

    /// "MRR in dollars": the defined number before it is kept in them.
    private func isOwnUnit(_ unit: UnitWords.Unit, before start: Int) -> Bool {
        start > 1 && tokens[start - 1].word == "in"
            && terms.contains { range, entries in
                guard range.upperBound == start - 1, case .metric(let metric)? = Lexicon.sorted(entries).first?.sense
                else { return false }
                return model.source.metrics[metric].unit.flatMap { UnitWords.unit($0.lowercased()) } == unit
            }
    }

    private func endsClause(_ end: Int) -> Bool {
        end == tokens.count || tokens[end].isMark || EnglishWords.stop.contains(tokens[end].word)
    }
}

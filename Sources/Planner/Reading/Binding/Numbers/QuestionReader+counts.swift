/// "… and their respective counts": the number that groups are shown with anyway.
extension QuestionReader {
    /// At the question's end, with nothing said of what is counted.
    func isBareCount(_ phrase: Phrase) -> Bool {
        guard let count = phrase.count, position == phrases.count, phrase.terms.isEmpty, phrase.quantity == nil,
            phrase.time == nil, phrase.superlative == nil, phrase.aggregate == nil, !phrase.isDistinct,
            ["count", "counts", "number", "numbers", "the count"].contains(pieces[count].words.joined(separator: " ")),
            phrase.isAnd || phrase.links(.with), draft.rank != nil || !draft.groups.isEmpty || !draft.entities.isEmpty
        else { return false }
        return draft.rankColumn == nil
    }

    /// "…, and the count" of what is ranked by another number would be one more.
    func checkCounted(_ phrase: Phrase) throws {
        guard let count = phrase.count else { return }
        let numbers = draft.numbers + [draft.rankNumber].compactMap { $0 }
        if !numbers.contains(where: isCount) { throw ReadFailure.unplaced([count]) }
    }

    private func isCount(_ number: Draft.Number) -> Bool {
        switch number {
        case .count, .countDistinct: true
        case .metric(let metric): model.metricRows[metric]?.isCount == true
        default: false
        }
    }

    mutating func readBareCount(_ phrase: Phrase) throws {
        let numbers = draft.numbers + [draft.rankNumber].compactMap { $0 }
        if let count = phrase.count, !numbers.allSatisfy(isCount) { throw ReadFailure.unplaced([count]) }
        bareCount = phrase.count
        useDeterminers(phrase)
        for link in phrase.linkPieces { use(link) }
    }

    /// Groups without their number would leave it out.
    func checkBareCount(_ plan: Plan) throws {
        guard let bareCount else { return }
        let counts = plan.measures.contains { measure in
            switch measure {
            case .count, .countDistinct: true
            case .metric(let name):
                model.source.metrics.firstIndex { $0.name == name }.map { model.metricRows[$0]?.isCount == true }
                    ?? false
            default: false
            }
        }
        if !counts { throw ReadFailure.unplaced([bareCount]) }
    }
}

/// "The most booked classes": every booking counts, whatever has become of it.
extension QuestionReader {
    /// The table of a state that is called after the deed which its rows are; the state says nothing then.
    func deedRanked(_ filters: [Draft.Filter], _ superlative: Phrase.Superlative) -> Int? {
        guard filters.count == 1, [nil, .frequency].contains(superlative.quality),
            pieces[superlative.piece].words.contains(where: { ["most", "least", "often", "frequently"].contains($0) }),
            saysDeed(filters[0])
        else { return nil }
        return filters[0].table
    }

    /// The deeds that were ranked by are all of them.
    mutating func dropDeed(of fact: Int) {
        let kept = draft.filters.filter { $0.table != fact || !saysDeed($0) }
        draft.filters = kept
    }

    /// Whether the one value is only another form of the table's name, said as a verb: booked, of bookings.
    private func saysDeed(_ filter: Draft.Filter) -> Bool {
        guard case .oneOf(_, let values) = filter.condition, values.count == 1,
            let word = values.first?.lowercased(), word.hasSuffix("ed") || WordFamily.isDeed(word)
        else { return false }
        let own = model.tables[filter.table].words.reduce(into: Set<String>()) { $0.formUnion(WordFamily.keys(of: $1)) }
        guard !WordFamily.keys(of: word).isDisjoint(with: own) else { return false }
        return pieces.contains { $0.words == [word] }
    }
}

/// "The id and name of clients who …": whose columns they are stands behind them.
extension QuestionReader {
    /// The table named behind "of", where what stands before it are columns only.
    var ownerAhead: Int? {
        guard !hasHead || role == .which, draft.numbers.isEmpty, draft.subject == nil else { return nil }
        var place = position
        while place < phrases.count, phrases[place].isAnd,
            phrases[place].links.allSatisfy({ $0 == .and || $0 == .comma }),
            !phrases[place].hasDeterminer, phrases[place].quantity == nil, phrases[place].time == nil
        { place += 1 }
        guard place < phrases.count, phrases[place].links == [.of], !phrases[place].hasDeterminer,
            let first = phrases[place].terms.first, let best = pieces[first].entries.first, best.quality >= 0.9,
            case .table(let table) = best.sense
        else { return nil }
        return table
    }
}

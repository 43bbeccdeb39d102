/// "the top category", "which month was the best?", "which customer had the most?": the first of what is split.
extension EditReader {
    mutating func readExtreme() throws -> Bool {
        guard earlier.measures.count == 1, earlier.recipe != .share || !earlier.dimensions.isEmpty,
            earlier.comparison == nil
        else { return false }
        var isDescending: Bool?
        var terms: [Int] = []
        var grain: TimeGrain?
        for (index, piece) in pieces.enumerated() {
            switch piece.kind {
            case .filler, .grammar(.which), .grammar(.be), .grammar(.have), .grammar(.sentence), .grammar(.comma),
                .grammar(.and), .grammar(.with):
                break
            case .grammar(.show) where piece.words.last != "about": break
            case .grammar(.remark)
            where piece.words == ["overall"] || piece.words == ["just"] || piece.words == ["only"]:
                break
            case .grammar(.superlative(let descending, nil)):
                guard isDescending == nil else { return false }
                isDescending = try direction(piece, descending)
            case .grammar(.whichGrain(let asked)):
                guard grain == nil else { return false }
                grain = asked
            case .time(let span):
                guard case .grain = span.meaning, grain == nil else { return false }
                grain = span.grain
            case .term: terms.append(index)
            case .unknown where ["month", "week", "quarter", "year", "day"].contains(piece.words[0]):
                grain = TimeGrain(rawValue: piece.words[0])
            default: return false
            }
        }
        guard let isDescending, terms.count <= 1, terms.isEmpty || grain == nil else { return false }
        if pieces.contains(where: { ["top", "bottom", "most", "least", "fewest"].contains($0.words.last ?? "") }),
            terms.isEmpty, grain == nil, !["the", "which", "who", "what"].contains(text.words[0])
        {
            return false
        }
        if let grain {
            guard earlier.dimensions.count == 1, case .time(_, grain) = earlier.dimensions[0] else { return false }
        } else if let term = terms.first {
            guard try picks(term) else { return false }
        } else {
            guard earlier.dimensions.count == 1 else { return false }
        }
        // "lowest instead": as many of the other end.
        let isOtherEnd = isReplacing && terms.isEmpty && grain == nil
        edits.append(.top(isOtherEnd ? earlier.limit ?? 1 : 1, isDescending: isDescending))
        return true
    }

    /// What is good is highest or lowest by the number's own word.
    func direction(_ piece: Piece, _ isDescending: Bool) throws -> Bool {
        guard let word = piece.words.last, ["best", "worst"].contains(word) else { return isDescending }
        guard case .metric(let name) = earlier.measures[0],
            let isGood = model.source.metrics.first(where: { $0.name == name })?.higherIsBetter
        else { throw ReadFailure.unsound("It is not said whether more or less of it is better.") }
        return (word == "best") == isGood
    }

    /// One of the groups that are shown, or of others where none are.
    private mutating func picks(_ term: Int) throws -> Bool {
        if pieces[term].words.last.map({ NameWords.base($0) != $0 && $0.hasSuffix("s") }) == true { return false }
        switch pieces[term].entries.first?.sense {
        case .column?, .table?: break
        default: return false
        }
        let (dimension, columns) = try dimension([term])
        if earlier.dimensions == [dimension] { return true }
        guard earlier.dimensions.isEmpty else { return false }
        edits.append(.split([dimension], columns: columns, isAdded: false))
        return true
    }
}

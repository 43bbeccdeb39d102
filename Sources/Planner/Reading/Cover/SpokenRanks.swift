/// Rankings as people say them: "the two guests that spent the most nights", "the next outing".
struct SpokenRanks {
    let model: SemanticModel

    func settled(_ pieces: [Piece]) -> [Piece] { nearest(limited(pieces)) }

    // MARK: So many

    /// "the two supporters who gave the most": the two with the most.
    private func limited(_ pieces: [Piece]) -> [Piece] {
        let ranks = pieces.indices.filter { isPlainSuperlative(pieces[$0]) }
        guard ranks.count == 1, let rank = ranks.first,
            let index = pieces.firstIndex(where: { $0.quantity != nil }), index < rank,
            case .number(let number)? = pieces[index].quantity?.meaning, pieces[index].quantity?.unit == nil,
            let count = Int(number.description), count > 1,
            pieces[..<index].allSatisfy({
                $0.isSilent || [.which, .show, .relative].contains($0.grammar) || isOutput($0, in: pieces)
            }),
            index + 1 < rank, pieces[index + 1].table != nil, isMany(pieces[index + 1]),
            pieces[index + 2..<rank].allSatisfy({ $0.quantity == nil && $0.grammar != .and && $0.grammar != .comma }),
            let clause = pieces.follower(of: index + 1),
            [.relative, .with, .have].contains(pieces[clause].grammar) || clause == rank - 1,
            pieces.preceding(rank).map({ pieces[$0].quantity == nil }) ?? false
        else { return pieces }
        var settled = pieces
        settled.insert(pieces[index], at: rank)
        settled.remove(at: index)
        return settled
    }

    /// "the name and budget of" the two: what is shown of them.
    private func isOutput(_ piece: Piece, in pieces: [Piece]) -> Bool {
        guard pieces.first(where: { !$0.isSilent })?.grammar == .show else { return false }
        if piece.isTerm { return piece.table == nil }
        return [.and, .comma, .of].contains(piece.grammar)
    }

    private func isPlainSuperlative(_ piece: Piece) -> Bool {
        if case .superlative? = piece.grammar { true } else { false }
    }

    private func isMany(_ piece: Piece) -> Bool {
        piece.words.last.map { $0.hasSuffix("s") || $0 == "people" } ?? false
    }

    // MARK: The next one

    /// "the next outing": the first that lies ahead, by the one time that such rows have.
    private func nearest(_ pieces: [Piece]) -> [Piece] {
        let found = pieces.indices.filter {
            pieces[$0].isUnknown && ["next", "upcoming"].contains(pieces[$0].words.joined())
        }
        guard found.count == 1, let index = found.first, !pieces.contains(where: { $0.isPeriod }),
            !pieces.contains(where: isPlainSuperlative)
        else { return pieces }
        var end = index + 1
        while end < pieces.count, pieces[end].isSilent || pieces[end].isTerm { end += 1 }
        guard let noun = pieces[index + 1..<end].last(where: { $0.isTerm }), let table = noun.table,
            !isMany(noun), model.tables[table].mainTime != nil,
            pieces[..<index].allSatisfy({ $0.isSilent || isOpening($0) })
        else { return pieces }
        var settled = pieces
        settled[index].kind = .grammar(.superlative(isDescending: false, quality: .time))
        // It is the first of those to come, whichever they are.
        let ahead = TimeSpan(
            tokens: pieces[index].range, meaning: .period(.after(.calendar(.day, offset: 0, isFiscal: false))),
            label: "after today")
        settled.append(.made(.time(ahead), "after today", at: pieces[index].range))
        if let last = pieces.last, last.grammar == .sentence { settled.swapAt(settled.count - 1, settled.count - 2) }
        if let colon = settled.firstIndex(where: { $0.grammar == .sentence }), colon >= end,
            colon < settled.count - 2
        {
            // "Next arrival: guest and date": what is shown stands behind.
            let time = settled.remove(at: settled.lastIndex { $0.isPeriod } ?? settled.count - 1)
            settled.insert(time, at: colon)
        }
        return settled
    }

    private func isOpening(_ piece: Piece) -> Bool {
        [.which, .show, .be, .within].contains(piece.grammar) || piece.words == ["when"]
    }
}

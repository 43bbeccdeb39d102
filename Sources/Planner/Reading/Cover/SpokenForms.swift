/// Ways of asking that say the same as a shorter one, brought to that.
///
/// Every rule looks at the words of grammar and at what the schema calls its things; where one is in doubt it changes
/// nothing, and the question is declined by the words that are left over.
enum SpokenForms {
    static func settled(_ pieces: [Piece], model: SemanticModel) -> [Piece] {
        var pieces = partitives(scopes(states(pieces, model)))
        pieces = SpokenMeans.settled(SpokenRows.settled(asides(pieces)))
        pieces = periods(bases(pieces, model))
        pieces = units(nightly(pieces, model), model)
        pieces = SpokenPlaces.settled(SpokenGrains.settled(pieces))
        pieces = SpokenPossessions(model: model).settled(SpokenLengths.settled(pieces))
        pieces = SpokenRanks(model: model).settled(pieces)
        pieces = SpokenAmounts(model: model).settled(pieces)
        pieces = SpokenDurations(model: model).settled(pieces)
        pieces = SpokenDeeds.settled(pieces, model: model)
        return SpokenOutputs(model: model).settled(pieces)
    }

    // MARK: Scopes

    /// "more than one of our stations" is more than one station.
    private static func partitives(_ pieces: [Piece]) -> [Piece] {
        var pieces = pieces
        for index in pieces.indices {
            guard case .compare? = pieces[index].quantity?.meaning, pieces[index].quantity?.unit == nil,
                let of = pieces.follower(of: index), pieces[of].grammar == .of
            else { continue }
            var next = of + 1
            while next < pieces.count, pieces[next].isSilent || pieces[next].grammar == .their { next += 1 }
            guard next < pieces.count, pieces[next].table != nil, pieces[next].words.last?.hasSuffix("s") == true,
                next > of + 1 || pieces[of].words.count > 1
            else { continue }
            for place in of..<next { pieces[place].kind = .filler }
        }
        return pieces
    }

    /// "counting only spots sold in 2026": of these.
    private static func scopes(_ pieces: [Piece]) -> [Piece] {
        var pieces = pieces
        for index in pieces.indices.dropLast() {
            let words = [pieces[index].words, pieces[index + 1].words].map { $0.joined(separator: " ") }
            let isScope =
                ["counting", "considering", "count", "consider", "including", "include", "using", "taking"].contains(
                    words[0])
                && ["only", "just"].contains(words[1])
                || ["only", "just"].contains(words[0]) && ["counting", "considering"].contains(words[1])
            guard isScope, index > 0, index + 2 < pieces.count,
                let next = pieces.follower(of: index + 1), pieces[next].table != nil
            else { continue }
            pieces[index].kind = .grammar(.of)
            pieces[index + 1].kind = .filler
        }
        return pieces
    }

    /// "leaving phone aside", "…, Italy aside": without it.
    private static func asides(_ pieces: [Piece]) -> [Piece] {
        guard let end = pieces.firstIndex(where: { $0.words == ["aside"] && $0.isUnknown }), end > 0 else {
            return pieces
        }
        let opening = pieces[..<end].lastIndex { ["leaving", "setting", "putting", "leave"].contains($0.words[0]) }
        var settled = pieces
        if let opening, pieces[opening].words.count == 1, opening + 1 < end,
            pieces[(opening + 1)..<end].allSatisfy({ $0.isTerm || $0.isSilent || [.and, .or].contains($0.grammar) })
        {
            settled[opening].kind = .grammar(.except)
            settled[end].kind = .filler
            return settled
        }
        var start = end
        while start > 0, pieces[start - 1].isTerm { start -= 1 }
        guard start < end, start > 0, pieces[start - 1].grammar == .comma else { return pieces }
        settled[end].kind = .filler
        settled.insert(.made(.grammar(.except), "except", at: pieces[end].range), at: start)
        return settled
    }

    /// "2026 downloads" behind a share is downloads in 2026.
    private static func periods(_ pieces: [Piece]) -> [Piece] {
        var settled = pieces
        for index in pieces.indices where pieces[index].grammar == .percent {
            guard let time = pieces.follower(of: index), pieces[time].isPeriod, let start = pieces.follower(of: time),
                pieces[start].isTerm, time + 1 == start
            else { continue }
            let end = pieces.endOfTerms(from: start)
            guard pieces[start..<end].contains(where: { $0.table != nil }) else { continue }
            let moved = [Piece.made(.grammar(.within), "in", at: pieces[time].range), pieces[time]]
            settled.replaceSubrange(time..<end, with: pieces[start..<end] + moved)
            return settled
        }
        return pieces
    }

    /// "…, go by the check-in date": by it.
    private static func bases(_ pieces: [Piece], _ model: SemanticModel) -> [Piece] {
        var pieces = pieces
        for index in pieces.indices.dropLast(2) {
            guard ["go", "going", "based", "dated", "counting", "counted"].contains(pieces[index].words.joined()),
                [.by, .on].contains(pieces[index + 1].grammar), let place = pieces.follower(of: index + 1),
                case .column(let column)? = pieces[place].entries.first?.sense, model.columns[column].isTime
            else { continue }
            pieces[index].kind = .filler
            pieces[index + 1].kind = .grammar(.by)
        }
        return pieces
    }

    // MARK: States

    private static let endings: Set<String> = ["ended", "finished", "resulted", "turned", "wound", "end", "turn"]

    /// "bookings that ended as no-shows": that are so.
    private static func states(_ pieces: [Piece], _ model: SemanticModel) -> [Piece] {
        var pieces = pieces
        for index in pieces.indices where pieces[index].words.count == 1 && endings.contains(pieces[index].words[0]) {
            var next = index + 1
            var isLed = false
            while next < pieces.count, pieces[next].words.count == 1,
                ["as", "a", "an", "up", "out", "in", "being", "to", "be"].contains(pieces[next].words[0])
            {
                isLed = isLed || ["as", "in", "out", "up"].contains(pieces[next].words[0])
                next += 1
            }
            guard isLed, next < pieces.count, let best = pieces[next].entries.first,
                case .value(let column, _) = best.sense, best.quality >= 0.8,
                model.columns[column].words.contains(where: States.words.contains)
            else { continue }
            for place in index..<next { pieces[place].kind = .filler }
            pieces[index].kind = .grammar(.be)
        }
        return pieces
    }

    enum States {
        static let words: Set<String> = ["status", "state", "stage", "result", "outcome", "phase"]
    }

    // MARK: Units before what they measure

    /// "1-star reviews" are reviews with 1 star: the number's unit is a column of what it stands before.
    private static func units(_ pieces: [Piece], _ model: SemanticModel) -> [Piece] {
        for index in pieces.indices.dropLast(2) {
            guard case .number? = pieces[index].quantity?.meaning, pieces[index].quantity?.unit == nil,
                pieces[index + 1].words.count == 1, let table = pieces[index + 2].table,
                pieces[index + 1].range.lowerBound == pieces[index].range.upperBound,
                let column = counted(pieces[index + 1], in: table, model)
            else { continue }
            var unit = pieces[index + 1]
            unit.kind = .term([.init(sense: .column(column), quality: 1)])
            var settled = pieces
            settled.replaceSubrange(
                index...index + 2,
                with: [
                    pieces[index + 2], .made(.grammar(.with), "with", at: unit.range), unit, pieces[index],
                ])
            return settled
        }
        return pieces
    }

    /// "nightly rate" is what the rate is that is described as one of a night.
    private static func nightly(_ pieces: [Piece], _ model: SemanticModel) -> [Piece] {
        var pieces = pieces
        for index in pieces.indices.dropLast() where pieces[index].isUnknown {
            guard let noun = ["nightly": "night", "hourly": "hour"][pieces[index].words.joined()],
                case .column(let column)? = pieces[index + 1].entries.first?.sense
            else { continue }
            let known = model.columns[column]
            let text = model.source.tables[known.table].columns.first { $0.name == known.id.name }?.description ?? ""
            if Words.plain(text).contains(noun) || known.words.contains(noun) { pieces[index].kind = .filler }
        }
        return pieces
    }

    private static func counted(_ piece: Piece, in table: Int, _ model: SemanticModel) -> Int? {
        // "5 star reviews" as well, "5 stars reviews" never.
        guard NameWords.base(piece.words[0]) == piece.words[0], !piece.words[0].hasSuffix("s") else { return nil }
        let found = model.columns(of: table).filter { column in
            column.kind == .number && column.role != .key && column.role != .foreignKey
                && column.words.count == 1 && NameWords.base(column.words[0]) == piece.words[0]
        }
        return found.count == 1 ? found.first?.index : nil
    }
}

/// Which rule reads a phrase, by the grammar before it and what stands in it.
extension QuestionReader {
    mutating func read(_ phrase: Phrase) throws {
        if let pending, pending.isHeld,
            phrase.links(.sentence) || phrase.links(.show) && hasHead && role != .group
        {
            // What stands behind says what is shown, and nothing more about the column.
            try settlePending(unless: nil)
        }
        try enter(phrase)
        if isBareCount(phrase) { return try readBareCount(phrase) }
        if phrase.superlative != nil, isFirstBehind { return try readFirst(phrase) }
        switch mode {
        case .outputs: try readOutput(phrase)
        case .order: try readOrder(phrase)
        case .main: try readMain(phrase)
        }
    }

    /// What the grammar before a phrase says of all that stands behind it.
    private mutating func enter(_ phrase: Phrase) throws {
        for (grammar, piece) in zip(phrase.links, phrase.linkPieces) {
            if enterPart(grammar, piece) || describeResult(grammar, piece) { continue }
            switch grammar {
            case .current: currents.append(piece)
            case .new: news.append(piece)
            case .whichGrain(let grain):
                use(piece, "by \(grain.name)", .time)
                draft.grain = calendar(grain)
                askedGrain = .one
            case .rankedGrain(let grain, let isDescending, let isJudged):
                try rankPeriods(grain, isDescending: isDescending, isJudged: isJudged, piece)
            case .descending, .ascending, .alphabetical, .first:
                try applyDirection(grammar, piece)
            case .unsupported, .explain:
                throw ReadFailure.notSupported("“\(pieces[piece].text)” is not something a plan can answer.")
            default: break
            }
        }
        // A verb that joins two things needs a second one behind it.
        for verb in phrase.verbs {
            use(verb)
            noteRole(verb)
        }
    }

    /// The part of the question that begins here: another sentence, what is shown, the order. False of other grammar.
    private mutating func enterPart(_ grammar: Grammar, _ piece: Int) -> Bool {
        switch grammar {
        case .sentence:
            mode = .main
            scope = nil
            pending = nil
            lastTable = nil
            role = .nothing
        case .show where hasHead && role != .group: mode = .outputs
        case .orderBy:
            mode = .order
            use(piece)
        case .ordered(let isDescending):
            mode = .order
            orderDirection = isDescending
            use(piece)
        default: return false
        }
        return true
    }

    /// How the result is shown: "as a chart", "over time", "including those without". False of other grammar.
    private mutating func describeResult(_ grammar: Grammar, _ piece: Int) -> Bool {
        switch grammar {
        case .compare:
            draft.isCompared = true
            return true
        case .versus: draft.isCompared = true
        case .includeEmpty: draft.includesEmpty = true
        case .overTime: isOverTime = true
        case .chart: draft.presentation = .chart
        case .table: draft.presentation = .table
        case .distribution: draft.isDistribution = true
        default: return false
        }
        use(piece)
        return true
    }

    private mutating func readMain(_ phrase: Phrase) throws {
        noteClause(phrase)
        if phrase.time != nil { return try readTime(phrase) }
        if phrase.quantity != nil, phrase.terms.isEmpty { return try readQuantity(phrase) }
        if phrase.elapsed != nil { return try readElapsed(phrase) }
        if phrase.difference != nil { return try readDifference(phrase) }
        if try readRate(phrase) { return }
        if phrase.percent != nil || phrase.ratio != nil { return try readRatio(phrase) }
        if try readTimeOf(phrase) { return }
        if isCompared(phrase) { return try readCondition(phrase) }
        if try readComparedHead(phrase) { return }
        if isGroup(phrase) { return try readGroup(phrase) }
        if phrase.superlative != nil { return try readSuperlative(phrase) }
        if phrase.quantity != nil { return try readCounted(phrase) }
        if hasHead, phrase.negation != nil || isCondition(phrase) { return try readCondition(phrase) }
        if phrase.count != nil || phrase.aggregate != nil || phrase.total != nil {
            if try readDone(phrase) { return }
            if try readComparedNumber(phrase) { return }
            return try readNumber(phrase)
        }
        if hasHead, phrase.isAnd, try readContinuation(phrase) { return }
        try readHead(phrase)
    }

    /// "rating > 4", "type 1": a column with a number right behind it.
    func isCompared(_ phrase: Phrase) -> Bool {
        guard hasHead, !phrase.terms.isEmpty, !phrase.hasDeterminer, position < phrases.count else { return false }
        let next = phrases[position]
        guard next.quantity != nil, next.terms.isEmpty, next.links.isEmpty || next.links == [.be] else { return false }
        return phrase.terms.last.map { piece in
            pieces[piece].entries.contains { if case .column = $0.sense { true } else { false } }
        } ?? false
    }

    /// "which animals weigh more than 100": the first noun is what is asked for, the second what is compared.
    private mutating func readComparedHead(_ phrase: Phrase) throws -> Bool {
        guard !hasHead, !phrase.hasDeterminer, phrase.terms.count <= 2, let last = phrase.terms.last,
            position < phrases.count
        else { return false }
        let next = phrases[position]
        guard next.quantity != nil, next.terms.isEmpty, next.links.isEmpty else { return false }
        let isColumn = pieces[last].entries.first.map { if case .column = $0.sense { true } else { false } } ?? false
        guard isColumn else { return false }
        let noun = try noun(phrase, wants: .number)
        guard case .column(let column) = noun.head, noun.filters.isEmpty else {
            throw ReadFailure.unplaced(phrase.terms)
        }
        draft.subject = noun.owner ?? model.columns[column].table
        pending = Pending(column: column, piece: last)
        return true
    }

    /// Where a share's clause begins: "share of orders from Spain that were paid".
    private mutating func noteClause(_ phrase: Phrase) {
        guard part != nil, clauseStart == nil else { return }
        let opens = phrase.links.contains { [.relative, .whose, .have, .be, .with, .not, .without].contains($0) }
        if opens { clauseStart = draft.filters.count }
    }

    private func isCondition(_ phrase: Phrase) -> Bool {
        if phrase.count != nil || phrase.aggregate != nil { return false }
        return phrase.links.contains { link in
            switch link {
            case .relative, .whose, .have, .not, .without, .except, .with, .be, .matches, .empty, .nonEmpty, .within,
                .on, .from,
                .or, .of, .by, .to, .outOf, .later, .earlier:
                true
            default: false
            }
        } || !phrase.verbs.isEmpty || phrase.links.isEmpty
    }

    /// "do we carry", "does each species live in": nothing else could be meant.
    private func isIdle(_ verb: Int) -> Bool {
        guard let word = pieces[verb].words.first else { return false }
        if verb > 0, pieces[verb - 1].words == ["we"] || pieces[verb - 1].words == ["you"] {
            return AskingWords.ours.contains(word)
        }
        return AskingWords.belonging.contains(word) && tail.links.contains { [.within, .to, .from, .on].contains($0) }
    }

    /// "how many orders did each customer receive": both sides are named before.
    private func isJoining(_ verb: Int) -> Bool {
        guard case .relation = pieces[verb].kind, pieces.contains(where: { $0.grammar == .howMany }),
            pieces.contains(where: { !Set(["did", "does", "do"]).isDisjoint(with: $0.words) }), !draft.numbers.isEmpty
        else { return false }
        return draft.entities.contains { $0 != base } || draft.filters.contains { $0.table != base }
    }

    /// "how many reviews has each programme received": what is counted is that of each anyway.
    private func joinsCounted(_ verb: Int) -> Bool {
        guard case .relation = pieces[verb].kind, !pieces[verb].isRole, role == .group, draft.numbers.count == 1,
            case .count(let counted) = draft.numbers[0], draft.entities.count == 1, draft.relations.isEmpty,
            pieces.contains(where: {
                $0.grammar == .group
                    && ["has each", "does each", "did each", "do each"].contains($0.words.joined(separator: " "))
            })
        else { return false }
        let each = draft.entities[0]
        return counted != each && relations.stepsUp(from: counted, to: each) == 1
            && Amounts(model: model).quantity(of: counted) == nil
            && relations.graph.roles(from: model.tables[counted].id, to: model.tables[each].id).count <= 1
    }

    mutating func readTail() throws {
        for (grammar, piece) in zip(tail.links, tail.linkPieces) {
            switch grammar {
            case .first where try readFirstEvent(piece): break
            case .descending, .ascending, .alphabetical, .first: try applyDirection(grammar, piece)
            case .includeEmpty, .chart, .table, .overTime: _ = describeResult(grammar, piece)
            case .empty, .nonEmpty: try applyEmptiness(grammar, piece)
            default: break
            }
        }
        for verb in tail.verbs {
            if case .relation(isWeak: true) = pieces[verb].kind {
                use(verb)
            } else if isIdle(verb) || joinsCounted(verb) {
                use(verb)
            } else if pieces[verb].isRole {
                use(verb)
                noteRole(verb)
            } else if isJoining(verb) {
                use(verb)
            } else if mode == .outputs {
                use(verb)
            } else {
                throw ReadFailure.unplaced([verb])
            }
        }
    }
}

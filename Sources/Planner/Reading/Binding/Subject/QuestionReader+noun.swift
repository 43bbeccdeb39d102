/// Reads the terms of one phrase.
extension QuestionReader {
    /// - Parameter wants: what the head had better be.
    ///   Where `allowsEvent` is false, a verb about time behind it leads nowhere.
    mutating func noun(
        _ phrase: Phrase, wants: HeadWish = .any, allowsEvent: Bool = false, countsDeeds: Bool = false
    ) throws -> Noun {
        self.countsDeeds = countsDeeds
        phraseIsNegated = phrase.negation != nil
        defer {
            self.countsDeeds = false
            phraseIsNegated = false
        }
        var noun = Noun()
        var terms = phrase.terms
        isPredicate = phrase.links(.be)
        phraseTerms = phrase.terms
        takePairs(&terms, &noun)
        // The head is the last word that names something; values and events may stand behind it.
        var headIndex: Int?
        for (index, piece) in terms.enumerated().reversed()
        where isNominal(piece, isLast: index == terms.count - 1) {
            headIndex = index
            break
        }
        var headed: Int?
        if let headIndex {
            let piece = terms[headIndex]
            try checkLast(terms, headIndex)
            noun.owner = try ownerTable(before: headIndex, terms)
            noun.headPiece = piece
            noun.isPlural = isPlural(piece)
            noun.head = try head(piece, owner: noun.owner, wants)
            if let span = elapsed(to: noun.head, phrase, piece: piece) {
                noun.head = .duration(span.from, span.to)
                assume("From \(model.columns[span.from].title) to \(model.columns[span.to].title).")
            }
            try settleKind(of: &noun, piece, phrase)
            try checkMeasureName(noun.head, piece)
            try checkRateName(noun.head, headIndex, terms)
            note(noun.head, piece)
            if case .table(let table) = noun.head { headed = table }
        }
        for (index, piece) in terms.enumerated() where index != headIndex {
            try readModifier(piece, isBehind: headIndex.map { index > $0 } ?? false, of: &noun)
        }
        if let headed { lastTable = headed }
        guard allowsEvent || noun.event == nil else { throw ReadFailure.unplaced(phrase.terms) }
        return noun
    }

    /// "refunds", "trials": rows of a kind, where the word names a number or a table of several kinds.
    private mutating func settleKind(of noun: inout Noun, _ piece: Int, _ phrase: Phrase) throws {
        if case .metric(let metric) = noun.head, let rows = try namedRows(piece, metric, phrase) {
            noun.head = .table(rows.table)
            noun.filters += rows.filters
            use(piece, described(rows, metric), .metric, score: pieces[piece].quality)
        } else if case .table(let table) = noun.head, var kind = kind(piece, of: table) {
            kind.isImplied = true
            noun.filters.append(kind)
        }
    }

    /// What the head of a phrase had better be, by what stands around it.
    enum HeadWish { case any, table, number, dimension, aggregated }

    func isPlural(_ piece: Int) -> Bool {
        guard let word = pieces[piece].words.last else { return false }
        return NameWords.base(word) != word && word.hasSuffix("s")
            || ["people", "children", "men", "women", "data"].contains(word)
    }

    private func isNominal(_ piece: Int, isLast: Bool) -> Bool {
        let entries = pieces[piece].entries
        let noun = entries.first {
            switch $0.sense {
            case .table, .column, .metric, .duration: true
            default: false
            }
        }
        guard let noun else { return false }
        if isVerbForm(piece), noun.quality < 0.97 {
            switch noun.sense {
            case .table: return false
            case .metric where entries.contains(where: isTableOrState): return false
            default: break
            }
        }
        if case .column(let column) = noun.sense, isVerbForm(piece), model.columns[column].isTime { return false }
        // "founded in 1994" says when, as a date would.
        if case .column(let column) = noun.sense, isVerbForm(piece),
            entries.contains(where: { $0.sense == .event(column) })
        {
            return false
        }
        if case .column(let column) = noun.sense, isVerbForm(piece), model.columns[column].kind == .flag {
            return false
        }
        if case .column = noun.sense, isVerbForm(piece), noun.quality < 0.95,
            entries.contains(where: { if case .event = $0.sense { $0.quality > noun.quality } else { false } })
        {
            return false
        }
        if pieces[piece].isQuoted { return false }
        // A word that is rather a value, "active" say, names nothing by itself.
        let other = entries.first {
            switch $0.sense {
            case .value, .flag: true
            default: false
            }
        }
        if pieces[piece].isNegated { return false }
        guard let other else { return true }
        // "are on trial": what they are, and not how many.
        if isPredicate, case .metric = noun.sense, other.quality >= 0.97 { return false }
        if isLast, noun.quality >= 0.7, !isPredicate { return true }
        return noun.quality >= other.quality - (isLast ? 0.1 : 0.02)
    }

    /// "severe incidents": rows, and no number of each.
    private func checkMeasureName(_ head: Noun.Head, _ piece: Int) throws {
        guard case .column(let column) = head, model.columns[column].role == .measure, isPlural(piece),
            pieces[piece].words.count > 1, pieces[piece].quality < 0.9,
            let last = pieces[piece].words.last.map(NameWords.base),
            model.tables[model.columns[column].table].words.map(NameWords.base).contains(last),
            !model.columns[column].words.map(NameWords.base).contains(last)
        else { return }
        throw ReadFailure.unplaced([piece])
    }

    /// "club presidents": those who are something, and not the table before it.
    private func checkLast(_ terms: [Int], _ headIndex: Int) throws {
        guard let last = terms.last, headIndex < terms.count - 1, isPlural(last), let best = pieces[last].entries.first,
            case .value(let column, _) = best.sense,
            case .table(let table)? = pieces[terms[headIndex]].entries.first?.sense
        else { return }
        if relations.stepsUp(from: table, to: model.columns[column].table) == nil {
            throw ReadFailure.unplaced([last])
        }
    }

    /// "no-show rate" is no rate that rows of their own have, and "refund rate" another one than any that is known.
    private func checkRateName(_ head: Noun.Head, _ place: Int, _ terms: [Int]) throws {
        let piece = pieces[terms[place]]
        if case .metric = head, terms.count > 1, piece.quality < 0.95,
            ["rate", "rates", "ratio", "percentage", "share"].contains(piece.words.joined(separator: " "))
        {
            throw ReadFailure.unplaced(terms)
        }
        guard case .column(let column) = head, place > 0,
            ["rate", "rates"].contains(piece.words.last ?? ""),
            let best = pieces[terms[place - 1]].entries.first, case .value(let state, _) = best.sense,
            model.columns[state].table != model.columns[column].table
        else { return }
        throw ReadFailure.unplaced([terms[place]])
    }

    /// What a participle is rather than the name of a number.
    private func isTableOrState(_ entry: Lexicon.Entry) -> Bool {
        switch entry.sense {
        case .table: true
        case .value, .flag: entry.quality >= 0.97
        default: false
        }
    }

    func isTableOrMetric(_ entry: Lexicon.Entry) -> Bool {
        switch entry.sense {
        case .table, .metric: true
        default: false
        }
    }

    /// "enrolled", where the table is called enrollments.
    func isVerbForm(_ piece: Int) -> Bool {
        guard pieces[piece].words.count <= 2, !pieces[piece].isDeed, let word = pieces[piece].words.first else {
            return false
        }
        // "the promised date" is a name.
        if pieces[piece].words.count == 2, ["date", "day", "time", "dates", "times"].contains(pieces[piece].words[1]) {
            return false
        }
        return word.hasSuffix("ed") || word.hasSuffix("ing") || WordFamily.isDeed(word)
    }

    private mutating func note(_ head: Noun.Head, _ piece: Int) {
        let score = pieces[piece].quality
        switch head {
        case .table(let table): use(piece, "table \(model.tables[table].id.name)", .table, score: score)
        case .column(let column): use(piece, "column \(title(column))", .column, score: score)
        case .metric(let metric): use(piece, "metric “\(model.source.metrics[metric].name)”", .metric, score: score)
        case .duration(let from, let to): use(piece, "from \(title(from)) to \(title(to))", .column, score: score)
        case .none: break
        }
        if score < 0.75 {
            draft.assumptions.append("“\(pieces[piece].text)” is read as \(evidence.last?.meaning ?? "").")
        }
    }

    private func ownerTable(before head: Int, _ terms: [Int]) throws -> Int? {
        guard head > 0 else { return nil }
        for piece in terms[..<head].reversed() {
            guard let entry = pieces[piece].entries.first(where: { if case .table = $0.sense { true } else { false } }),
                case .table(let table) = entry.sense, entry.quality >= 0.7
            else { continue }
            return table
        }
        return nil
    }

    func head(_ piece: Int, owner: Int?, _ wants: HeadWish) throws -> Noun.Head {
        if let owner { try checkPlural(before: piece, owner) }
        let preference = HeadPreference(
            of: pieces[piece], in: model, wants: wants, owner: owner,
            lasting: lastingOwner(of: pieces[piece].entries), ahead: ownerAhead, mentioned: mentioned,
            lastTable: lastTable)
        switch try resolve(piece, preference.bonus) {
        case .metric(let index)?: return .metric(index)
        case .table(let table)?: return .table(table)
        case .column(let column)?: return .column(column)
        case .duration(let from, let to)?: return .duration(from, to)
        default: throw ReadFailure.unplaced([piece])
        }
    }

    /// "firms pay": a plural before a word that hardly fits is no name.
    private func checkPlural(before piece: Int, _ owner: Int) throws {
        guard let index = phraseTerms.firstIndex(of: piece), index > 0, isPlural(phraseTerms[index - 1]),
            let best = pieces[piece].entries.first, best.quality < 0.95
        else { return }
        let mayBeMetric = pieces[piece].entries.contains { if case .metric = $0.sense { true } else { false } }
        if mayBeMetric || best.quality < 0.9 { throw ReadFailure.unplaced([piece]) }
    }

    /// "the duration of tests": what lasts is named behind, and its own start and end are known.
    private func lastingOwner(of entries: [Lexicon.Entry]) -> Int? {
        guard position < phrases.count, phrases[position].links.first == .of, let last = phrases[position].terms.last,
            case .table(let table)? = pieces[last].entries.first?.sense, pieces[last].quality >= 0.9
        else { return nil }
        let isSpan = entries.contains { entry in
            if case .duration(let from, _) = entry.sense { return model.columns[from].table == table }
            return false
        }
        return isSpan ? table : nil
    }
}

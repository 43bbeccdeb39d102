/// Binds the phrases of a question to one another, left to right, until they are a plan.
///
/// Every piece that matters must be used by a rule; what is left over makes the reading void.
struct QuestionReader {
    enum Mode { case main, outputs, order }
    /// What the phrase before was, which says what "and" continues.
    enum Role: Hashable {
        case nothing, number, output, group, filter, subject, having, order, which, rank, relation, time
    }

    let model: SemanticModel
    let overlay: Overlay
    let pieces: [Piece]
    let phrases: [Phrase]
    let tail: Phrase
    /// What a piece must be, where somebody chose.
    let forced: [Int: Lexicon.Sense]

    var draft = Draft()
    var used: Set<Int> = []
    var evidence: [PlannedQuestion.Evidence] = []
    var position = 0
    var mode = Mode.main
    var role = Role.nothing
    /// Tables that the question names, in order.
    var mentioned: [Int] = []
    /// "which city": a column that is asked for, grouped by where numbers follow.
    var asked: [Int] = []
    /// A column named last, which a comparison behind it is about.
    var pending: (piece: Int, column: Int)?
    /// The related table whose clause is being read.
    var scope: Int?
    var pendingIsNegated = false
    var pendingIsOr = false
    /// "with a phone number": that it is there is the condition, unless more is said.
    var pendingIsHeld = false
    /// "whose total is": compared with the number behind it.
    var pendingNumber: Draft.Number?
    var lastTextColumn: Int?
    /// The table named last.
    var lastTable: Int?
    /// The phrase says what something is: "is a member".
    var isPredicate = false
    var phraseTerms: [Int] = []
    var lastComparedColumn: Int?
    /// A table named that the rows belong to, and what happened to it when.
    var parent: Int?
    var parentEvent: Int?
    /// What was last said to have happened.
    var lastEvent: Int?
    /// A number of things is read, so that a verb behind them may say what counts.
    var countsDeeds = false
    var phraseIsNegated = false
    /// The verb's table that joins the subject and what is named behind it.
    var joinedBy: Int?
    var comparedGrain: TimeGrain?
    /// "in descending order of" what is read next.
    var orderDirection: Bool?
    var currents: [Int] = []
    var news: [Int] = []
    /// "best", "worst": which end that is depends on what is good.
    var isJudged = false
    /// Something was said that no one condition holds.
    var isImpossible = false
    var isOverTime = false
    var asksGrain = false
    /// A period that the next one is compared with: "from May to June".
    var awaited: (period: Period, piece: Int)?
    /// "as of 30 June": what stood then, or what had come together until then.
    var isAsOf = false
    /// "which days of the week": more than one.
    var asksGrains = false
    /// The grain comes from a list of periods: "in 2025 and 2026".
    var isListedGrain = false
    /// The share or ratio that is being read.
    var part: Part?
    /// Where the conditions of a clause begin, in a share.
    var clauseStart: Int?
    /// By table, the foreign key that was named to get there.
    var roleHints: [Int: String] = [:]
    var stock: Stock?
    /// Entities that were said with "per" or "each".
    var each: Set<Int> = []
    /// Numbers are split by a column that no "and" leads to.
    var isSplitAgain = false
    /// Participles that say when something happened, or only that it did.
    var happenings: [Int] = []
    /// The participle of the event read last.
    var eventPiece: Int?

    init(
        model: SemanticModel, overlay: Overlay, pieces: [Piece], phrases: [Phrase], tail: Phrase,
        forced: [Int: Lexicon.Sense]
    ) {
        self.model = model
        self.overlay = overlay
        self.pieces = pieces
        self.phrases = phrases
        self.tail = tail
        self.forced = forced
    }

    mutating func read() throws -> PlannedQuestion {
        findMentioned()
        findMentionedByValue()
        while position < phrases.count {
            let phrase = phrases[position]
            position += 1
            try read(phrase)
        }
        try readTail()
        try finish()
        let plan = try assemble()
        try checkNumbers(plan)
        try checkUnits()
        try checkCover()
        let witness = PlanWitness(model: model, pieces: pieces)
        guard !witness.unfounded(in: plan) else {
            throw ReadFailure.unsound("It is not said by which number that is meant.")
        }
        let missing = witness.missing(in: plan)
        guard missing.isEmpty else { throw ReadFailure.unplaced(missing) }
        return PlannedQuestion(plan: plan, evidence: evidence, unused: unused, assumptions: draft.assumptions)
    }

    var relations: Relations { model.relations }

    /// The table whose rows are counted, added up or listed.
    var base: Int? { draft.numbers.first.flatMap(table(of:)) ?? draft.subject }

    var hasHead: Bool { draft.subject != nil || !draft.numbers.isEmpty || !asked.isEmpty || !draft.columns.isEmpty }

    // MARK: Use

    mutating func use(_ piece: Int, _ meaning: String, _ source: PlannedQuestion.Evidence.Source, score: Double = 1) {
        guard used.insert(piece).inserted else { return }
        evidence.append(
            .init(words: pieces[piece].text, meaning: meaning, source: source, score: min(1, max(0, score))))
    }

    mutating func use(_ piece: Int?) {
        if let piece { use(piece, "", .grammar) }
    }

    mutating func useDeterminers(_ phrase: Phrase) {
        for piece in [
            phrase.count, phrase.aggregate?.piece, phrase.total, phrase.superlative?.piece, phrase.limit?.piece,
            phrase.outer?.piece,
        ] { use(piece) }
        for piece in phrase.glue { use(piece) }
    }

    /// Who asks how many or for an average is never given a list.
    private func checkNumbers(_ plan: Plan) throws {
        guard plan.measures.isEmpty else { return }
        let isAsked = pieces.contains { piece in
            switch piece.grammar {
            case .howMany?, .countDistinct?, .howMuch?, .howLong?, .ratio?, .percent?: true
            case .aggregate?: !plan.conditions.contains { $0.isBeyond }
            default: false
            }
        }
        if isAsked, !plan.having.isEmpty || !phrases.contains(where: { $0.limit != nil && $0.count != nil }) {
            throw ReadFailure.unsound("A number is asked for, and none was found that could be meant.")
        }
    }

    private func checkCover() throws {
        let left = pieces.indices.filter { !used.contains($0) && !pieces[$0].isPassedOver }
        if !left.isEmpty { throw ReadFailure.unplaced(left) }
    }

    // MARK: Phrases

    private mutating func read(_ phrase: Phrase) throws {
        if pendingIsHeld, pending != nil, phrase.links(.sentence) || phrase.links(.show) && hasHead && role != .group {
            // What stands behind says what is shown, and nothing more about the column.
            try settlePending(unless: nil)
        }
        try enter(phrase)
        if phrase.superlative != nil, isFirstBehind(phrase) { return try readFirst(phrase) }
        switch mode {
        case .outputs: try readOutput(phrase)
        case .order: try readOrder(phrase)
        case .main: try readMain(phrase)
        }
    }

    private mutating func enter(_ phrase: Phrase) throws {
        for (grammar, piece) in zip(phrase.links, phrase.linkPieces) {
            switch grammar {
            case .sentence:
                mode = .main
                scope = nil
                pending = nil
                lastTable = nil
                role = .nothing
            case .show where hasHead && role != .group:
                mode = .outputs
            case .orderBy:
                mode = .order
                use(piece)
            case .ordered(let isDescending):
                mode = .order
                orderDirection = isDescending
                use(piece)
            case .includeEmpty:
                draft.includesEmpty = true
                use(piece)
            case .compare: draft.isCompared = true
            case .current: currents.append(piece)
            case .new: news.append(piece)
            case .overTime:
                use(piece)
                isOverTime = true
            case .whichGrain(let grain):
                use(piece, "by \(grain.name)", .time)
                draft.grain = calendar(grain)
                asksGrain = true
            case .versus:
                draft.isCompared = true
                use(piece)
            case .chart:
                draft.presentation = .chart
                use(piece)
            case .table:
                draft.presentation = .table
                use(piece)
            case .distribution:
                draft.isDistribution = true
                use(piece)
            case .descending, .ascending, .alphabetical, .first:
                try applyDirection(grammar, piece)
            case .unsupported, .explain:
                throw ReadFailure.notSupported("“\(pieces[piece].text)” is not something a plan can answer.")
            default: break
            }
        }
        // A verb that joins two things needs a second one behind it.
        for verb in phrase.verbs { use(verb) }
    }

    private mutating func readMain(_ phrase: Phrase) throws {
        noteClause(phrase)
        if phrase.time != nil { return try readTime(phrase) }
        if phrase.quantity != nil, phrase.terms.isEmpty { return try readQuantity(phrase) }
        if phrase.elapsed != nil { return try readElapsed(phrase) }
        if phrase.difference != nil { return try readDifference(phrase) }
        if phrase.percent != nil || phrase.ratio != nil { return try readRatio(phrase) }
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
        pending = (last, column)
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

    private mutating func readTail() throws {
        for (grammar, piece) in zip(tail.links, tail.linkPieces) {
            switch grammar {
            case .first where try readFirstEvent(piece): break
            case .descending, .ascending, .alphabetical, .first: try applyDirection(grammar, piece)
            case .includeEmpty:
                draft.includesEmpty = true
                use(piece)
            case .chart, .table:
                draft.presentation = grammar == .chart ? .chart : .table
                use(piece)
            case .empty, .nonEmpty: try applyEmptiness(grammar, piece)
            case .overTime:
                use(piece)
                isOverTime = true
            default: break
            }
        }
        for verb in tail.verbs {
            if case .relation(isWeak: true) = pieces[verb].kind {
                use(verb)
            } else if isIdle(verb) {
                use(verb)
            } else if mode == .outputs {
                use(verb)
            } else {
                throw ReadFailure.unplaced([verb])
            }
        }
    }
}

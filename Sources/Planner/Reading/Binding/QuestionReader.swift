/// Binds the phrases of a question to one another, left to right, until they are a plan.
///
/// Every piece that matters must be used by a rule; what is left over makes the reading void.
struct QuestionReader {
    enum Mode { case main, outputs, order }
    enum AskedGrain { case one, several }
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
    var pending: Pending?
    /// The related table whose clause is being read.
    var scope: Int?
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
    /// A period that the next one is compared with: "from May to June".
    var awaited: (period: Period, piece: Int)?
    /// "as of 30 June": what stood then, or what had come together until then.
    var isAsOf = false
    /// "which month", "which days of the week".
    var askedGrain: AskedGrain?
    /// The grain comes from a list of periods: "in 2025 and 2026".
    var isListedGrain = false
    /// The share or ratio that is being read.
    var part: Part?
    /// Where the conditions of a clause begin, in a share.
    var clauseStart: Int?
    /// Where the conditions of the share of a number begin.
    var numberShare: NumberShare?
    /// Two kinds of rows must both be there.
    var needsBoth = false
    /// By table, the foreign key that was named to get there.
    var roleHints: [Int: String] = [:]
    var stock: Stock?
    /// Entities that were said with "per" or "each".
    var each: Set<Int> = []
    /// Numbers are split by a column that no "and" leads to.
    var isSplitAgain = false
    /// Participles that say when something happened, or only that it did.
    var happenings: [Int] = []
    /// By column, the unit that its numbers are told in, and the pieces that said so.
    var conversions: [Int: UnitConversion] = [:]
    var converted: Set<Int> = []
    /// "and their counts".
    var bareCount: Int?
    /// Columns that are called the number of something.
    var countedColumns: Set<Int> = []
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
        let plan = try placed(assemble())
        try checkNumbers(plan)
        try checkBareCount(plan)
        try checkUnits()
        try checkCover()
        let witness = PlanWitness(model: model, pieces: pieces)
        guard !witness.unfounded(in: plan) else {
            throw ReadFailure.unsound("It is not said by which number that is meant.")
        }
        if let doubt = VerbWitness(model: model, pieces: pieces).cause(against: plan) {
            throw ReadFailure.unsound(doubt)
        }
        let missing = witness.missing(in: plan)
        guard missing.isEmpty else { throw ReadFailure.unplaced(missing) }
        let settled = settled(plan, witness)
        if let contradiction = witness.contradiction(in: settled) { throw ReadFailure.unsound(contradiction) }
        let objection = PlanObjection(model: model, pieces: pieces)
        if let cause = objection.cause(against: settled) { throw ReadFailure.notSupported(cause) }
        for gap in objection.gaps(in: settled) { assume(gap) }
        return PlannedQuestion(plan: settled, evidence: evidence, unused: unused, assumptions: draft.assumptions)
    }

    var relations: Relations { model.relations }

    /// The table whose rows are counted, added up or listed.
    var base: Int? { draft.numbers.first.flatMap(table(of:)) ?? draft.subject }

    var hasHead: Bool { draft.subject != nil || !draft.numbers.isEmpty || !asked.isEmpty || !draft.columns.isEmpty }

    // MARK: Use

    mutating func use(_ piece: Int, _ meaning: String, _ source: PlannedQuestion.Evidence.Source, score: Double = 1) {
        guard used.insert(piece).inserted else { return }
        if let remark = pieces[piece].remark { assume(remark) }
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
            case .howMany? where plan.columns.contains(where: isCountedColumn): false
            case .howMany?, .countDistinct?, .howMuch?, .howLong?, .ratio?, .percent?: true
            case .aggregate?: !plan.conditions.contains { $0.isBeyond }
            default: false
            }
        }
        if isAsked, !plan.having.isEmpty || !phrases.contains(where: { $0.limit != nil && $0.count != nil }) {
            throw ReadFailure.unsound("A number is asked for, and none was found that could be meant.")
        }
    }

    private func isCountedColumn(_ column: ColumnID) -> Bool {
        model.column(column).map { countedColumns.contains($0.index) } ?? false
    }

    private func checkCover() throws {
        let left = pieces.indices.filter { !used.contains($0) && !pieces[$0].isPassedOver }
        if !left.isEmpty { throw ReadFailure.unplaced(left) }
    }
}

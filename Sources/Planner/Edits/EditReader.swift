/// Reads a question that goes on from an earlier plan as edits of it.
///
/// Every word must have a part in an edit; what is left over makes the question none, or one that is declined.
struct EditReader {
    enum Cue { case none, split, addSplit, only, place, exclude, add, about, compare, outgoing, top }

    enum Outcome {
        case edits([PlanEdit], assumptions: [String])
        case ambiguous(piece: Int, [Lexicon.Sense])
        case declined(Decline)
        /// It may stand by itself; why it is no edit is said where it has no answer so either.
        case apart(Decline)
    }

    let model: SemanticModel
    let values: ValueIndex
    let text: EditText
    let earlier: Plan
    var pieces: [Piece]
    var reader: QuestionReader
    var cue = Cue.none
    /// The cue waits for what it is about.
    var awaitsTerms = false
    var edits: [PlanEdit] = []
    var assumptions: [String] = []
    /// Terms side by side, not read yet.
    var run: [Int] = []
    var consumed: Set<Int> = []
    /// "average", "number of": what the next terms are computed with.
    var modifiers: [Int] = []
    var hasExcluded = false
    var isOr = false
    var isAll = false
    /// A noun whose condition is yet to come: "only customers from …".
    var held: Int?
    var outgoing: Dimension?
    /// The question is about what was answered before.
    var pointsBack = false
    /// What is thrown says why an edit was meant and cannot be made.
    var isSurelyMeant = false
    var isReplacing: Bool { text.words.contains("instead") }

    /// "and churn?" takes the place of what was computed, as "and last year?" takes that of the period; "also churn", "and
    /// their churn" stand beside it.
    var isInclusive: Bool {
        !Set(text.words).isDisjoint(with: ["also", "add", "plus", "include", "including", "too", "well"])
    }

    /// Nil where the question may stand by itself and is no edit that is understood as a whole.
    static func outcome(
        tokens: [Token], pieces: [Piece], earlier: Plan, model: SemanticModel, values: ValueIndex, overlay: Overlay,
        forced: [Int: Lexicon.Sense] = [:]
    ) -> Outcome? {
        let text = EditText(pieces)
        guard text.isFragment else { return nil }
        var editor = EditReader(
            text: text, earlier: earlier, model: model, values: values, overlay: overlay, tokens: tokens, forced: forced
        )
        do {
            try editor.read()
            guard !editor.edits.isEmpty else { throw ReadFailure.unplaced([]) }
            return .edits(editor.edits, assumptions: editor.assumptions + editor.reader.draft.assumptions)
        } catch {
            if text.mayStandAlone {
                guard editor.isSurelyMeant, case .decline(let decline)? = error as? ReadFailure else { return nil }
                return .apart(decline)
            }
            switch error as? ReadFailure {
            case .decline(let decline)?: return .declined(decline)
            case .ambiguous(let piece, let senses)?: return .ambiguous(piece: piece, senses)
            default: return .declined(Self.decline(pieces))
            }
        }
    }

    private init(
        text: EditText, earlier: Plan, model: SemanticModel, values: ValueIndex, overlay: Overlay, tokens: [Token],
        forced: [Int: Lexicon.Sense]
    ) {
        self.text = text
        self.model = model
        self.values = values
        self.earlier = earlier
        pieces = Self.withValues(text.pieces, tokens: tokens, earlier: earlier, model: model, values: values)
        reader = QuestionReader(
            model: model, overlay: overlay, pieces: pieces, phrases: [], tail: Phrase(), forced: forced)
        reader.draft.subject =
            earlier.measures.first.map { table(of: $0) } ?? earlier.subject.flatMap { model.table($0)?.index }
    }

    /// Where a value is called like a grain, "annual" say, it is meant behind "only" and where the plan speaks of it.
    private static func withValues(
        _ pieces: [Piece], tokens: [Token], earlier: Plan, model: SemanticModel, values: ValueIndex
    ) -> [Piece] {
        let restricting: Set<String> = ["only", "just", "solely", "without", "except", "excluding", "exclude", "not"]
        let known = Set(earlier.conditions.flatMap(\.columns))
        return pieces.enumerated().map { index, piece in
            guard case .time(let span) = piece.kind, case .grain = span.meaning, piece.range.count == 1 else {
                return piece
            }
            let entries = values.lookup(tokens: Array(tokens[piece.range])).flatMap(\.candidates)
                .filter { $0.match == .exact }
            let before = pieces[..<index].last { !["the", "a", "ones", "for"].contains($0.words.last ?? "") }
            let after = pieces.indices.contains(index + 1) ? pieces[index + 1].words.first : nil
            let isPicked =
                before?.words.last.map(restricting.contains) ?? false
                || after.map { ["only", "ones", "one"].contains($0) } ?? false
                || entries.contains { known.contains($0.column) }
            let senses = entries.compactMap { entry in
                model.column(entry.column).map {
                    Lexicon.Entry(sense: .value($0.index, [entry.value]), quality: 1)
                }
            }
            guard isPicked, !senses.isEmpty else { return piece }
            var piece = piece
            piece.kind = .term(senses)
            return piece
        }
    }

    func table(of measure: Measure) -> Int? {
        switch measure {
        case .metric(let name):
            return model.source.metrics.firstIndex { $0.name == name }.flatMap(reader.metricTable)
        case .count(let table): return model.table(table)?.index
        case .countDistinct(let column), .aggregate(_, .column(let column)), .aggregate(_, .age(let column, _)),
            .aggregate(_, .duration(let column, _, _)), .aggregate(_, .difference(let column, _)),
            .aggregate(_, .converted(let column, _)):
            return model.table(column.table)?.index
        case .filtered(let inner, _), .ratio(let inner, _), .difference(let inner, _), .shareOfTotal(let inner),
            .aggregateOfGroups(_, let inner, _), .running(let inner):
            return table(of: inner)
        }
    }

    private static func decline(_ pieces: [Piece]) -> Decline {
        let unknown = pieces.filter { piece in
            if case .unknown = piece.kind { return !passing.contains(piece.words[0]) }
            return false
        }.map(\.text)
        let words = unknown.map { "“\($0)”" }.joined(separator: ", ")
        return unknown.isEmpty
            ? Decline(
                reason: .unsound,
                text:
                    "I did not understand what that changes about the answer before; please ask it as a whole question."
            )
            : Decline(reason: .unknownWords, unknown: unknown, text: "Nothing in the data is called \(words).")
    }

    /// Nobody means anything else by the words; why it cannot be done is the answer.
    mutating func surely(_ text: String) -> ReadFailure {
        isSurelyMeant = true
        return .unsound(text)
    }

    // MARK: Reading

    static let passing: Set<String> = [
        "same", "now", "also", "again", "too", "then", "it", "that", "this", "them", "those", "ones", "one", "show",
        "make", "add", "number", "figure", "please", "thing", "but", "result", "results", "answer", "everything",
        "plus", "include", "including", "solely", "exclusively",
    ]

    mutating func read() throws {
        guard earlier.recipe != .description else { throw ReadFailure.unplaced([]) }
        if text.isExplaining, asksForChange {
            try readWhy()
            return
        }
        if pieces.contains(where: { $0.grammar == .explain }) || text.words.first == "explain" {
            guard pieces.allSatisfy({ $0.entries.isEmpty && $0.time == nil && $0.quantity == nil }),
                !["only", "just", "without", "not"].contains(text.words[0]), text.words.allSatisfy(isOfExplaining)
            else { throw ReadFailure.unplaced([]) }
            edits = [.explain]
            return
        }
        if try readWhole() { return try finish() }
        // "compare both": of one number it is not said which ones.
        if text.words.contains("both"), !text.words.contains("and"), earlier.measures.count != 2 {
            throw ReadFailure.unplaced([])
        }
        consumed.formUnion(text.opening)
        if let last = text.opening.last,
            pieces[last].words.last.map({ ["to", "with", "against"].contains($0) }) == true
        {
            turn(.compare)
        }
        if try readRemoval() { return try finish() }
        if try readCountOfNamed() { return try finish() }
        if try readTotalOfCounted() { return try finish() }
        if try readColumnOfShown() { return try finish() }
        if try readCounted() { return try finish() }
        if try readOrder() { return try finish() }
        if try readNumberOfList() { return try finish() }
        if try readCountedRows() { return try finish() }
        if try readExtreme() { return try finish() }
        try readReference()
        for index in pieces.indices where !consumed.contains(index) {
            if case .term = pieces[index].kind {
                run.append(index)
                continue
            }
            if case .filler = pieces[index].kind, Self.articles.contains(pieces[index].words[0]) { continue }
            try flush()
            try read(index)
        }
        try flush()
        guard !awaitsTerms, held == nil, modifiers.isEmpty, !isOr else { throw ReadFailure.unplaced([]) }
        try finish()
    }

    private static let articles: Set<String> = ["the", "a", "an", "some"]

    private mutating func flush() throws {
        guard !run.isEmpty else { return }
        let terms = run
        run = []
        awaitsTerms = false
        switch cue {
        case .split, .addSplit: try readSplit(terms)
        case .top: try readRanked(terms)
        case .only, .exclude, .place: try readFilter(terms)
        case .outgoing: try readOutgoing(terms)
        case .compare: try readCompared(terms)
        case .none, .add, .about: try readOpen(terms)
        }
        isAll = false
        guard modifiers.isEmpty else { throw ReadFailure.unplaced(modifiers) }
    }

    var hasSplit: Bool {
        edits.contains { edit in
            switch edit {
            case .split, .grain: true
            default: false
            }
        }
    }
}

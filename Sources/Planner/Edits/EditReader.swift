/// Reads a question that goes on from an earlier plan as edits of it.
struct EditReader {
    private enum Cue { case none, split, addSplit, only, exclude, add, about, compare }

    private let model: SemanticModel
    private let pieces: [Piece]
    private let earlier: Plan
    private var reader: QuestionReader
    private var cue = Cue.none
    private var edits: [PlanEdit] = []
    private var isReplacing = false

    /// Nil where the question is no edit, or not one that is understood as a whole.
    static func edits(pieces: [Piece], earlier: Plan, model: SemanticModel, overlay: Overlay) -> [PlanEdit]? {
        var editor = EditReader(pieces: pieces, earlier: earlier, model: model, overlay: overlay)
        guard editor.isFragment else { return nil }
        do {
            try editor.read()
        } catch {
            return nil
        }
        return editor.edits.isEmpty ? nil : editor.edits
    }

    private init(pieces: [Piece], earlier: Plan, model: SemanticModel, overlay: Overlay) {
        self.model = model
        self.pieces = pieces
        self.earlier = earlier
        reader = QuestionReader(
            model: model, overlay: overlay, pieces: pieces, phrases: [], tail: Phrase(), forced: [:])
        reader.draft.subject = Self.base(of: earlier, reader)
    }

    private static func base(of plan: Plan, _ reader: QuestionReader) -> Int? {
        if let measure = plan.measures.first { return table(of: measure, reader) }
        return plan.subject.flatMap { reader.model.table($0)?.index }
    }

    private static func table(of measure: Measure, _ reader: QuestionReader) -> Int? {
        let model = reader.model
        switch measure {
        case .metric(let name):
            return model.source.metrics.firstIndex { $0.name == name }.flatMap(reader.metricTable)
        case .count(let table): return model.table(table)?.index
        case .countDistinct(let column), .aggregate(_, .column(let column)), .aggregate(_, .age(let column, _)),
            .aggregate(_, .duration(let column, _, _)):
            return model.table(column.table)?.index
        case .filtered(let inner, _), .ratio(let inner, _), .difference(let inner, _), .shareOfTotal(let inner),
            .aggregateOfGroups(_, let inner, _):
            return table(of: inner, reader)
        }
    }

    // MARK: What is an edit

    private static let openings: Set<String> = [
        "by", "per", "only", "just", "without", "excluding", "exclude", "except", "and", "also", "instead", "same",
        "as",
        "top", "bottom", "now", "for", "in", "remove", "why", "vs", "versus", "but", "then", "not", "no", "split",
        "drop",
        "what", "how", "compare", "compared", "add", "with", "during", "since", "from", "make", "show", "the", "break",
        "over",
        "group", "grouped", "broken", "plot", "chart", "year", "month", "explain", "within", "on", "of", "or", "weekly",
        "monthly", "daily", "quarterly", "yearly", "annually",
    ]

    /// A few words that begin like the rest of a sentence, or say "instead".
    private var isFragment: Bool {
        let words = pieces.flatMap(\.words)
        guard words.count <= 14, let first = words.first else { return false }
        if words.contains("instead") { return true }
        if ["what", "how"].contains(first) {
            return pieces.first?.words == [first, "about"] || words.count <= 6 && isExplaining
        }
        if first == "show" || first == "the" || first == "make" || first == "plot" || first == "chart" {
            return !hasNumber || words.contains { ["it", "that", "them", "this"].contains($0) }
        }
        if Self.openings.contains(first) { return true }
        return pieces.allSatisfy { piece in
            switch piece.kind {
            case .time, .filler: true
            case .term(let entries): entries.first.map { if case .value = $0.sense { true } else { false } } ?? false
            case .grammar(let grammar): [.sentence, .comma, .within, .chart, .table, .overTime].contains(grammar)
            default: false
            }
        }
    }

    private var isExplaining: Bool { pieces.contains { $0.grammar == .explain || $0.grammar == .define } }

    private var hasNumber: Bool {
        pieces.contains { piece in
            if [.howMany, .total].contains(piece.grammar) { return true }
            return piece.entries.first.map {
                if case .metric = $0.sense { true } else if case .table = $0.sense { true } else { false }
            } ?? false
        }
    }

    // MARK: Reading

    private static let passing: Set<String> = [
        "same", "now", "also", "again", "too", "then", "it", "that", "this", "them", "those", "ones", "one", "show",
        "make", "add",
        "number", "figure", "please", "thing", "but", "question", "result", "results", "answer", "with", "time", "over",
        "into",
    ]

    private mutating func read() throws {
        let words = pieces.flatMap(\.words)
        isReplacing = words.contains("instead")
        if readRemoval(words) { return }
        if pieces.contains(where: { $0.grammar == .explain }) || words.first == "explain" {
            guard pieces.allSatisfy({ $0.entries.isEmpty && $0.time == nil }) else { throw ReadFailure.unplaced([]) }
            edits = [.explain]
            return
        }
        var index = 0
        while index < pieces.count {
            try read(index)
            index += 1
        }
    }

    /// "remove the split", "without the filter", "all of them", "in total".
    private mutating func readRemoval(_ words: [String]) -> Bool {
        let removes = !Set(words).isDisjoint(with: ["remove", "without", "drop", "no", "clear", "undo", "forget"])
        let things: [(Set<String>, PlanEdit)] = [
            (["split", "breakdown", "grouping", "groups", "dimension"], .removeSplit),
            (["filter", "filters", "condition", "conditions", "restriction"], .removeFilters),
            (["limit"], .removeLimit), (["period"], .removePeriod),
        ]
        guard removes, words.count <= 5 else {
            if words == ["in", "total"] || words == ["overall"] || words == ["just", "the", "total"]
                || words == ["all", "together"]
            {
                edits = [.removeSplit]
                return true
            }
            return false
        }
        for (names, edit) in things where !names.isDisjoint(with: words) {
            edits = [edit]
            return true
        }
        return false
    }

    private mutating func read(_ index: Int) throws {
        let piece = pieces[index]
        switch piece.kind {
        case .filler, .relation:
            if piece.words == ["only"] || piece.words == ["just"] { cue = .only }
        case .unknown:
            guard Self.passing.contains(piece.words[0]) else { throw ReadFailure.unplaced([index]) }
        case .time(let span): try read(span)
        case .quantity(let span): try readLimit(index, span)
        case .quoted: throw ReadFailure.unplaced([index])
        case .term: try readTerm(index)
        case .grammar(let grammar): try read(grammar, index)
        }
    }

    private mutating func read(_ grammar: Grammar, _ index: Int) throws {
        switch grammar {
        case .by, .group, .each: cue = cue == .add ? .addSplit : .split
        case .show, .which:
            if pieces[index].words.last == "about" { cue = .about }
        case .and, .comma: if cue == .none { cue = .add }
        case .within, .from, .on, .of, .to: if cue == .none || cue == .add { cue = .only }
        case .with: if cue == .none { cue = .add }
        case .without, .except, .not: cue = .exclude
        case .versus, .compare: cue = .compare
        case .chart: edits.append(.present(.chart))
        case .table: edits.append(.present(.table))
        case .overTime: edits.append(.grain(.month, try timeColumn()))
        case .sentence, .remark, .their, .be, .total, .first, .open, .close: break
        case .superlative(let isDescending, nil):
            guard index + 1 < pieces.count, case .number(let number)? = pieces[index + 1].quantity?.meaning,
                let count = Int(number.description)
            else { throw ReadFailure.unplaced([index]) }
            // One number has no ranks.
            guard earlier.measures.isEmpty || earlier.dimensions.contains(where: { !$0.isTime }) || hasSplit else {
                throw ReadFailure.unplaced([index])
            }
            edits.append(.top(count, isDescending: isDescending))
        default: throw ReadFailure.unplaced([index])
        }
    }

    private func readLimit(_ index: Int, _ span: QuantitySpan) throws {
        guard index > 0, case .superlative? = pieces[index - 1].grammar, case .number = span.meaning else {
            throw ReadFailure.unplaced([index])
        }
    }

    private mutating func read(_ span: TimeSpan) throws {
        if let grain = span.grain { edits.append(.grain(grain, try timeColumn())) }
        switch span.meaning {
        case .period(let period):
            if cue == .compare {
                guard let comparison = earlier.time?.period.comparison(with: period) else {
                    throw ReadFailure.unplaced([])
                }
                edits.append(.compare(comparison))
            } else {
                edits.append(.period(.init(column: try earlier.time?.column ?? timeColumn(), period: period)))
            }
        case .against(let period):
            guard let comparison = earlier.time?.period.comparison(with: period) else { throw ReadFailure.unplaced([]) }
            edits.append(.compare(comparison))
        case .comparison(let comparison): edits.append(.compare(comparison))
        case .overTime: edits.append(.grain(.month, try timeColumn()))
        case .grain: break
        case .allTime: edits.append(.removePeriod)
        case .asOf, .weekdays, .cycle: throw ReadFailure.unplaced([])
        }
    }

    /// Nil where the measures have their own.
    private func timeColumn() throws -> ColumnID? {
        let isCurated =
            !earlier.measures.isEmpty && earlier.measures.allSatisfy { if case .metric = $0 { true } else { false } }
        if isCurated { return nil }
        guard let base = reader.draft.subject else { throw ReadFailure.unplaced([]) }
        return try reader.timeColumn(base: base, numbers: [])
    }

    // MARK: Terms

    private mutating func readTerm(_ index: Int) throws {
        switch cue {
        case .split, .addSplit: try readSplit(index)
        case .only, .exclude: try readFilter(index)
        case .none, .add, .about, .compare:
            if isReplacing, earlier.dimensions.contains(where: { !$0.isTime }), !isNumber(index) {
                if let filter = try? filter(index) { return edits.append(.filter(filter)) }
                return try readSplit(index)
            }
            if isNumber(index) { return try readMeasure(index) }
            try readFilter(index)
        }
    }

    private func isNumber(_ index: Int) -> Bool {
        pieces[index].entries.first.map { entry in
            switch entry.sense {
            case .metric, .table, .duration: true
            case .column(let column): model.columns[column].role == .measure
            default: false
            }
        } ?? false
    }

    private var hasSplit: Bool { edits.contains { if case .split = $0 { true } else { false } } }

    private mutating func readSplit(_ index: Int) throws {
        guard let base = reader.draft.subject else { throw ReadFailure.unplaced([index]) }
        var phrase = Phrase()
        phrase.terms = [index]
        let noun = try reader.noun(phrase, wants: .dimension)
        guard noun.filters.isEmpty else { throw ReadFailure.unplaced([index]) }
        var isAdded = cue == .addSplit
        if case .split? = edits.last { isAdded = true }
        switch noun.head {
        case .column(let column):
            try reader.reach(model.columns[column].table, from: base)
            edits.append(.split([.column(try reader.routed(column, base))], columns: [], isAdded: isAdded))
        case .table(let table):
            try reader.reach(table, from: base)
            guard let key = model.tables[table].key else { throw ReadFailure.unplaced([index]) }
            let labels = try model.tables[table].labels.map { try reader.routed($0, base) }
            edits.append(.split([.column(try reader.routed(key, base))], columns: labels, isAdded: isAdded))
        default: throw ReadFailure.unplaced([index])
        }
    }

    private mutating func filter(_ index: Int) throws -> Condition {
        guard let base = reader.draft.subject, let found = try reader.modifierFilter(index, base) else {
            throw ReadFailure.unplaced([index])
        }
        try reader.reach(found.table, from: base)
        return try reader.routed(found.condition, base)
    }

    private mutating func readFilter(_ index: Int) throws {
        // A noun behind its value: "only enterprise customers".
        if index > 0, !edits.isEmpty,
            isNumber(index)
                || !pieces[index].entries.contains(where: {
                    if case .value = $0.sense { true } else if case .flag = $0.sense { true } else { false }
                })
        {
            return
        }
        let condition = try filter(index)
        if cue == .exclude { return edits.append(.exclude(condition)) }
        if case .filter(.oneOf(let column, let values))? = edits.last, case .oneOf(column, let more) = condition {
            edits[edits.count - 1] = .filter(.oneOf(column, values + more))
            return
        }
        edits.append(.filter(condition))
    }

    private mutating func readMeasure(_ index: Int) throws {
        var phrase = Phrase()
        phrase.terms = [index]
        guard let number = try reader.bareNumber(phrase) else { throw ReadFailure.unplaced([index]) }
        let measure = try reader.measure(number)
        let isAdded = cue == .add && !isReplacing
        edits.append(isAdded ? .addMeasure(measure) : .replaceMeasure(measure))
    }
}

/// One question on its way to an outcome.
struct Reading {
    let model: SemanticModel
    let overlay: Overlay
    let finder: PieceFinder
    let pieces: [Piece]
    /// Pieces of a question that is read a second time; what is longer than that is no question.
    private static let mostCoveredAgain = 150

    func outcome() -> PlanOutcome {
        let single = SingleRows(model: model, tokens: finder.tokens).ranges(
            in: Array(pieces.prefix(Self.mostCoveredAgain)))
        if single.count > 1 { return ofRows(single) }
        let first = outcome(of: pieces)
        if !single.isEmpty, case .plan(let read) = first, hasMetric(read.plan, called: single) {
            return ofRows(single)
        }
        if case .plan(let read) = first { return ofNamedRows(read.plan, without: []) ?? first }
        if case .declined(let decline) = first, decline.reason != .notSupported, decline.reason != .offTopic,
            unknown(pieces).isEmpty, pieces.count <= Self.mostCoveredAgain
        {
            // The same words may be covered by shorter names.
            for piece in pieces.filter({ $0.range.count > 1 && !$0.entries.isEmpty }).prefix(3) {
                let shorter = finder.pieces(without: [piece.range])
                guard !Self.passesOver(shorter, in: piece.range) else { continue }
                if isSure(piece, decline) {
                    let states = NamedStates(model: model)
                    guard states.rows(piece, in: shorter) != nil, case .plan(var question) = outcome(of: shorter),
                        let remark = states.remark(piece, in: shorter, question.plan)
                    else { continue }
                    question.assumptions.append(remark)
                    return .plan(question)
                }
                if case .plan(let question) = outcome(of: shorter) {
                    return ofNamedRows(question.plan, without: [piece.range]) ?? .plan(question)
                }
            }
        }
        return first
    }

    /// The rows of which one has to be there, as conditions; they are not what is counted.
    private func ofRows(_ ranges: Set<Range<Int>>) -> PlanOutcome {
        let named = pieces.filter { ranges.contains($0.range) }
        let rows = named.flatMap(\.entries).flatMap { entry -> [TableID] in
            if case .metric(let index) = entry.sense { model.source.metrics[index].tables } else { [] }
        }
        let outcome = outcome(of: finder.pieces(without: ranges))
        guard case .plan(let read) = outcome else { return outcome }
        let counted = PlanContent(read.plan).measures.flatMap { measure -> [TableID] in
            switch measure {
            case .metric(let name): model.metric(name)?.tables ?? []
            case .count(let table): [table]
            default: []
            }
        }
        guard !Set(rows).isDisjoint(with: counted) else { return outcome }
        let words = named.map { "“\($0.text)”" }.joined(separator: ", ")
        return .declined(Decline(reason: .unsound, text: "It is not clear whose \(words) that is."))
    }

    private func hasMetric(_ plan: Plan, called ranges: Set<Range<Int>>) -> Bool {
        let named = pieces.filter { ranges.contains($0.range) }.flatMap(\.entries).compactMap { entry -> Measure? in
            if case .metric(let index) = entry.sense { .metric(model.source.metrics[index].name) } else { nil }
        }
        return plan.measures.contains(where: named.contains)
    }

    /// "active customers with a failed invoice": the customers, although a number of contracts is called so.
    private func ofNamedRows(_ plan: Plan, without ranges: Set<Range<Int>>) -> PlanOutcome? {
        let states = NamedStates(model: model)
        for piece in pieces.prefix(Self.mostCoveredAgain) where piece.range.count > 1 && isCuratedName(piece) {
            let shorter = finder.pieces(without: ranges.union([piece.range]))
            guard states.isOfOthers(piece, in: shorter, plan), case .plan(var question) = outcome(of: shorter),
                let remark = states.remark(piece, in: shorter, question.plan)
            else { continue }
            question.assumptions.append(remark)
            return .plan(question)
        }
        return nil
    }

    private func isCuratedName(_ piece: Piece) -> Bool {
        piece.entries.contains { if case .metric = $0.sense { true } else { false } }
    }

    /// A curated number that was understood but cannot be computed so is no other thing by parts of its name.
    private func isSure(_ piece: Piece, _ decline: Decline) -> Bool {
        guard decline.reason == .unsound else { return false }
        return piece.entries.contains { entry in
            if case .metric = entry.sense { entry.quality >= 0.99 } else { false }
        }
    }

    /// Whether a word that may be a name is nothing any more: the value of "total value".
    private static func passesOver(_ pieces: [Piece], in range: Range<Int>) -> Bool {
        pieces.contains { piece in
            guard case .filler = piece.kind, range.overlaps(piece.range) else { return false }
            return piece.words.contains(where: FillerWords.nameable.contains)
        }
    }

    private func outcome(of found: [Piece]) -> PlanOutcome {
        let marked = SpokenTrends.settled(Texts.marked(DeedWords.marked(SpokenShares.settled(found))))
        let pieces = SpokenForms.settled(Growth.settled(marked, model: model), model: model)
        if let meaning = Meanings(model: model, pieces: pieces).outcome() { return meaning }
        if let review = Reviews(model: model, pieces: pieces).outcome() { return review }
        let unknown = unknown(pieces)
        if !unknown.isEmpty { return .declined(decline(unknown: unknown.map(\.text))) }
        return outcome(Totals.parted(pieces, model: model), forced: [:], depth: 0)
    }

    private func unknown(_ pieces: [Piece]) -> [Piece] {
        pieces.filter { if case .unknown = $0.kind { true } else { false } }
    }

    private func outcome(_ pieces: [Piece], forced: [Int: Lexicon.Sense], depth: Int) -> PlanOutcome {
        let (phrases, tail) = PhraseReader.phrases(of: pieces)
        var reader = QuestionReader(
            model: model, overlay: overlay, pieces: pieces, phrases: phrases, tail: tail, forced: forced)
        do {
            return .plan(try reader.read())
        } catch ReadFailure.decline(let decline) {
            return .declined(decline)
        } catch ReadFailure.ambiguous(let piece, let senses) where depth < 2 {
            return clarify(pieces, piece: piece, senses, forced: forced, depth: depth)
        } catch ReadFailure.unplaced(let left) {
            let words = left.filter(pieces.indices.contains).map { pieces[$0].text }
            return .declined(
                Decline(
                    reason: .unknownWords, unknown: words,
                    text: words.isEmpty
                        ? "The question could not be read as a whole."
                        : "It is not clear what \(words.map { "“\($0)”" }.joined(separator: ", ")) asks for here.",
                    suggestions: suggestions()))
        } catch {
            return .declined(Decline(reason: .unsound, text: "The question can be read in several ways."))
        }
    }

    // MARK: Questions back

    private func clarify(
        _ pieces: [Piece], piece: Int, _ senses: [Lexicon.Sense], forced: [Int: Lexicon.Sense], depth: Int
    ) -> PlanOutcome {
        var choices: [Clarification.Choice] = []
        var answered = 0
        for sense in senses.prefix(5) {
            var forced = forced
            forced[piece] = sense
            guard case .plan(let question) = outcome(pieces, forced: forced, depth: depth + 1) else { continue }
            answered += 1
            if choices.contains(where: { $0.question.plan == question.plan }) { continue }
            choices.append(
                .init(label: label(sense), question: question, decision: decision(pieces[piece], sense)))
        }
        guard choices.count > 1 else {
            // One that cannot be answered may be the one that is meant.
            if let choice = choices.first, answered == senses.count || !senses.allSatisfy(Self.isValue) {
                return .plan(choice.question)
            }
            return .declined(
                Decline(
                    reason: .unsound,
                    text: "“\(pieces[piece].text)” can be read in several ways, "
                        + (choices.isEmpty ? "none of which leads to an answer." : "not all of which can be answered."))
            )
        }
        return .clarify(
            Clarification(text: "What is meant by “\(pieces[piece].text)”?", choices: Array(choices.prefix(5))))
    }

    private static func isValue(_ sense: Lexicon.Sense) -> Bool {
        if case .value = sense { true } else { false }
    }

    func label(_ sense: Lexicon.Sense) -> String {
        switch sense {
        case .metric(let index): return model.source.metrics[index].name
        case .table(let index): return model.tables[index].title
        case .column(let index), .flag(let index), .event(let index), .duration(let index, _):
            let column = model.columns[index]
            return "\(column.title) of \(model.tables[column.table].title)"
        case .value(let index, let values):
            let column = model.columns[index]
            return "\(column.title) \(values.first ?? "") of \(model.tables[column.table].title)"
        }
    }

    /// What the choice teaches; nothing where a word of grammar is only completed by it.
    private func decision(_ piece: Piece, _ sense: Lexicon.Sense) -> Adjustment? {
        piece.entries.isEmpty ? nil : decision(piece.text, sense)
    }

    func decision(_ phrase: String, _ sense: Lexicon.Sense) -> Adjustment? {
        switch sense {
        case .metric(let index): .metricSynonym(phrase: phrase, metric: model.source.metrics[index].name)
        case .table(let index): .tableSynonym(phrase: phrase, table: model.tables[index].id)
        case .column(let index), .flag(let index), .event(let index), .duration(let index, _):
            .columnSynonym(phrase: phrase, column: model.columns[index].id)
        case .value(let index, let values):
            values.first.map { .valueAlias(phrase: phrase, column: model.columns[index].id, value: $0) }
        }
    }

    // MARK: Declines

    private func decline(unknown: [String]) -> Decline {
        let known = pieces.contains { if case .term = $0.kind { true } else { false } }
        let words = unknown.map { "“\($0)”" }.joined(separator: ", ")
        return Decline(
            reason: known ? .unknownWords : .offTopic, unknown: unknown,
            text: known ? "Nothing in the data is called \(words)." : "That is not about the data at hand.",
            suggestions: suggestions())
    }

    /// Questions about what was named that have an answer.
    private func suggestions() -> [String] {
        var tables: [Int] = []
        for piece in pieces {
            for entry in piece.entries.prefix(2) {
                let table: Int? =
                    switch entry.sense {
                    case .table(let table): table
                    case .column(let column), .flag(let column), .event(let column), .value(let column, _),
                        .duration(let column, _):
                        model.columns[column].table
                    case .metric: nil
                    }
                if let table, !tables.contains(table) { tables.append(table) }
            }
        }
        return tables.prefix(3).compactMap { table in
            let table = model.tables[table]
            let category = model.columns(of: table.index).first { $0.role == .category && !$0.isPersonal }
            return category.map { "How many \(table.title) are there by \($0.title)?" }
                ?? "How many \(table.title) are there?"
        }
    }
}

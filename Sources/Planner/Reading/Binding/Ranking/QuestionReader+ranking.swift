/// The most, the least, the first five: of what they are, and who has them.
extension QuestionReader {
    mutating func readSuperlative(_ phrase: Phrase) throws {
        guard let superlative = phrase.superlative else { return }
        if ["best", "worst"].contains(pieces[superlative.piece].words.first ?? "") { isJudged = true }
        if try readLimit(phrase, superlative) { return }
        if !hasEntity, gradesState(superlative) {
            throw ReadFailure.notSupported("How much so is nothing that the data tells.")
        }
        var noun =
            phrase.terms.isEmpty
            ? Noun()
            : try noun(phrase, wants: wish(of: superlative, phrase), allowsEvent: !hasEntity)
        useDeterminers(phrase)
        if hasEntity { return try readMost(phrase, superlative, noun) }
        let deeds = deedRanked(noun.filters, superlative)
        if deeds != nil { noun.filters = [] }
        draft.filters += noun.filters
        if let event = noun.event { happened(event) }
        switch noun.head {
        case .table(let table):
            if readExtremeOfEach(table, superlative, noun, phrase) { return }
            try rankRows(of: table, superlative, noun, phrase)
            if let deeds { draft.rankNumber = .count(deeds) }
        case .column(let column): try readSuperlative(of: column, superlative, noun, phrase)
        case .metric(let metric): try readSuperlative(metric: metric, superlative, noun, phrase)
        case .duration(let from, let to):
            add(.duration(superlative.isDescending ? .maximum : .minimum, from, to, unit(from)))
        case .none:
            throw ReadFailure.unplaced([superlative.piece])
        }
    }

    /// What had better stand behind the superlative.
    private func wish(of superlative: Phrase.Superlative, _ phrase: Phrase) -> HeadWish {
        if hasEntity {
            if isCountWord(superlative) { return .table }
            return phrase.aggregate == nil ? .number : .aggregated
        }
        if isOfThings(superlative) { return .table }
        return phrase.limit == nil ? .aggregated : .any
    }

    /// "the highest churn", "longest resolution time".
    private mutating func readSuperlative(
        metric: Int, _ superlative: Phrase.Superlative, _ noun: Noun, _ phrase: Phrase
    ) throws {
        if phrase.limit == nil, let extreme = extremeDuration(metric, superlative) {
            add(try aggregated(metric, extreme))
            return
        }
        guard superlative.quality == nil, !isMajority(superlative) else {
            return try readNewest(phrase, superlative)
        }
        add(try phrase.aggregate.map { try aggregated(metric, $0.1) } ?? .metric(metric))
        draft.rank = .init(isDescending: superlative.isDescending, limit: phrase.limit?.1)
        if phrase.aggregate == nil, phrase.limit == nil, rankedByGroup(noun) != nil {
            draft.rankNumber = .metric(metric)
        }
    }

    /// "longest resolution time": of single rows, where the number is put together from times between two moments.
    private func extremeDuration(_ metric: Int, _ superlative: Phrase.Superlative) -> Measure.Aggregate? {
        guard case .duration? = model.metricRows[metric]?.value else { return nil }
        switch superlative.quality {
        case .length?: return superlative.isDescending ? .maximum : .minimum
        case .speed?: return superlative.isDescending ? .minimum : .maximum
        default: return nil
        }
    }

    /// "…, top 3": of what is ranked, or computed, already.
    mutating func readLimit(_ phrase: Phrase, _ superlative: Phrase.Superlative) throws -> Bool {
        guard phrase.terms.isEmpty, superlative.quality == nil, let limit = phrase.limit?.1, hasHead else {
            return false
        }
        let isRanked = draft.rank != nil && draft.rank?.limit == nil
        guard isRanked || draft.rank == nil && !draft.numbers.isEmpty else { return false }
        guard isRanked || !draft.groups.isEmpty || !draft.entities.isEmpty || draft.subject != nil else { return false }
        useDeterminers(phrase)
        let isDescending = draft.rank?.isDescending ?? superlative.isDescending
        draft.rank = .init(isDescending: isDescending, limit: limit)
        if role != .output { role = .rank }
        return true
    }

    /// Things are new or old, numbers are not.
    private func isOfThings(_ superlative: Phrase.Superlative) -> Bool {
        pieces[superlative.piece].words.contains { ["newest", "oldest", "youngest"].contains($0) }
    }

    /// "the most orders" are counted, "the highest amount" is not.
    func isCountWord(_ superlative: Phrase.Superlative) -> Bool {
        let words = pieces[superlative.piece].words
        return words.contains { ["most", "fewest", "least", "number"].contains($0) }
    }

    private var hasEntity: Bool {
        draft.subject != nil || !asked.isEmpty || !draft.groups.isEmpty || !draft.entities.isEmpty
            || !draft.numbers.isEmpty || draft.grain != nil || draft.cycle != nil
    }

    func limit(_ phrase: Phrase, _ noun: Noun) -> Int? {
        phrase.limit?.1 ?? (noun.isPlural ? nil : 1)
    }

    /// "top 5 customers", "the most expensive product".
    mutating func rankRows(of table: Int, _ superlative: Phrase.Superlative, _ noun: Noun, _ phrase: Phrase)
        throws
    {
        draft.rank = .init(isDescending: superlative.isDescending, limit: limit(phrase, noun))
        if !draft.columns.isEmpty || !asked.isEmpty { draft.columns += asked; asked = [] }
        draft.subject = table
        role = .rank
        if let piece = noun.headPiece, pieces[piece].words.count > 1, pieces[piece].words.last == "name" {
            // "the youngest member's name": shown with whatever else is asked for.
            draft.columns += model.tables[table].labels.filter { !draft.columns.contains($0) }
        }
        switch superlative.quality {
        case nil: break
        case .frequency?:
            draft.rankNumber = .count(try fact(of: table))
        case _? where isSaidBy(): break
        case .length? where span(of: table) != nil:
            guard let span = span(of: table) else { break }
            draft.rankNumber = .duration(
                superlative.isDescending ? .maximum : .minimum, span.from, span.to, unit(span.from))
        case let quality?:
            draft.rankColumn = try qualityColumn(quality, of: table)
            turnForAge(quality)
        }
    }

    /// Who is oldest was born first.
    mutating func turnForAge(_ quality: Grammar.Quality) {
        guard quality == .age, let column = draft.rankColumn, isDated(column) else { return }
        draft.rank?.isDescending.toggle()
    }
}

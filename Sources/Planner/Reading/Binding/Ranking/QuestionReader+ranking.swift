/// The most, the least, the first five.
extension QuestionReader {
    mutating func readSuperlative(_ phrase: Phrase) throws {
        guard let superlative = phrase.superlative else { return }
        if ["best", "worst"].contains(pieces[superlative.piece].words.first ?? "") { isJudged = true }
        if try readLimit(phrase, superlative) { return }
        if !hasEntity, gradesState(superlative) {
            throw ReadFailure.notSupported("How much so is nothing that the data tells.")
        }
        let noun =
            phrase.terms.isEmpty
            ? Noun()
            : try noun(
                phrase,
                wants: hasEntity
                    ? (isCountWord(superlative) ? .table : phrase.aggregate == nil ? .number : .aggregated)
                    : isOfThings(superlative) ? .table : phrase.limit == nil ? .aggregated : .any,
                allowsEvent: !hasEntity)
        useDeterminers(phrase)
        if hasEntity { return try readMost(phrase, superlative, noun) }
        draft.filters += noun.filters
        if let event = noun.event { happened(event) }
        switch noun.head {
        case .table(let table): try rankRows(of: table, superlative, noun, phrase)
        case .column(let column):
            let model = model.columns[column]
            let isNumber = model.role == .measure || model.isTime
            if isNumber, isCountWord(superlative), let piece = noun.headPiece, isVerbForm(piece),
                let last = pieces[piece].words.last, tableCalled(last) == model.table
            {
                // "the most delayed service": a row, and not the delay.
                draft.subject = model.table
                draft.rank = .init(
                    isDescending: superlative.isDescending, limit: phrase.limit?.1 ?? (isPlural(piece) ? nil : 1))
                draft.rankColumn = column
                role = .rank
                return
            }
            if isNumber, phrase.limit == nil, let quality = superlative.quality,
                Qualities.words(quality).contains(where: { !$0.isDisjoint(with: model.words.map(NameWords.base)) })
            {
                // "the longest distance": the greatest of them.
                let extreme: Measure.Aggregate = superlative.isDescending ? .maximum : .minimum
                return add(try restricted(column, extreme, noun.headPiece) ?? .aggregate(extreme, column))
            }
            if isNumber, phrase.limit == nil, superlative.quality == nil, let metric = rankedByGroup(noun) {
                add(.metric(metric))
                draft.rank = .init(isDescending: superlative.isDescending, limit: nil)
                draft.rankNumber = .metric(metric)
                return
            }
            if isNumber, phrase.limit == nil, superlative.quality == nil || superlative.quality == .time {
                guard !isMajority(superlative), superlative.quality == nil || model.isTime else {
                    return try readNewest(phrase, superlative)
                }
                let extreme: Measure.Aggregate = superlative.isDescending ? .maximum : .minimum
                add(try restricted(column, extreme, noun.headPiece) ?? .aggregate(extreme, column))
                return
            }
            if let quality = superlative.quality, quality != .frequency, isNumber == false {
                if quality == .rating, model.role == .category {
                    // Many rows have it, and are rated together.
                    addGroup(column)
                    draft.rank = .init(isDescending: superlative.isDescending, limit: limit(phrase, noun))
                    draft.rankNumber = .aggregate(.average, try qualityColumn(quality, of: model.table))
                    role = .rank
                    return
                }
                asked.append(column)
                draft.rank = .init(isDescending: superlative.isDescending, limit: limit(phrase, noun))
                draft.rankColumn = try qualityColumn(quality, of: model.table)
                turnForAge(quality)
                role = .rank
                return
            }
            addGroup(column)
            draft.rank = .init(isDescending: superlative.isDescending, limit: limit(phrase, noun))
            if superlative.quality == .frequency, model.role != .category {
                draft.rankNumber = .count(try counted(model))
                // What is not there is no answer to which is the most common.
                if model.isNullable, model.targets.isEmpty {
                    draft.filters.append(.init(table: model.table, condition: .not(.isEmpty(model.id))))
                }
            }
            role = .rank
        case .metric(let metric):
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
        case .duration(let from, let to):
            add(.duration(superlative.isDescending ? .maximum : .minimum, from, to, unit(from)))
        case .none:
            throw ReadFailure.unplaced([superlative.piece])
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
    private func isCountWord(_ superlative: Phrase.Superlative) -> Bool {
        let words = pieces[superlative.piece].words
        return words.contains { ["most", "fewest", "least", "number"].contains($0) }
    }

    /// What "most common" counts: rows that have the value, or what happened to the thing it names.
    private func counted(_ column: ColumnModel) throws -> Int {
        guard column.role == .label || column.role == .key else { return base ?? column.table }
        return try fact(of: column.table)
    }

    private var hasEntity: Bool {
        draft.subject != nil || !asked.isEmpty || !draft.groups.isEmpty || !draft.entities.isEmpty
            || !draft.numbers.isEmpty || draft.grain != nil || draft.cycle != nil
    }

    private func limit(_ phrase: Phrase, _ noun: Noun) -> Int? {
        phrase.limit?.1 ?? (noun.isPlural ? nil : 1)
    }

    /// "top 5 customers", "the most expensive product".
    private mutating func rankRows(of table: Int, _ superlative: Phrase.Superlative, _ noun: Noun, _ phrase: Phrase)
        throws
    {
        draft.rank = .init(isDescending: superlative.isDescending, limit: limit(phrase, noun))
        if !draft.columns.isEmpty || !asked.isEmpty { draft.columns += asked; asked = [] }
        draft.subject = table
        role = .rank
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
    private mutating func turnForAge(_ quality: Grammar.Quality) {
        guard quality == .age, let column = draft.rankColumn, isDated(column) else { return }
        draft.rank?.isDescending.toggle()
    }

    /// "has the highest churn", "made the most orders", "with the highest rating".
    private mutating func readMost(_ phrase: Phrase, _ superlative: Phrase.Superlative, _ noun: Noun) throws {
        if draft.rank != nil, draft.rank?.limit == nil, phrase.limit == nil { draft.rank = nil }
        let limit = draft.rank?.limit ?? phrase.limit?.1 ?? (isAskedPlural ? nil : 1)
        draft.rank = .init(isDescending: superlative.isDescending, limit: limit)
        role = .rank
        switch noun.head {
        case .metric(let metric):
            draft.filters += noun.filters
            draft.rankNumber = try phrase.aggregate.map { try aggregated(metric, $0.1) } ?? .metric(metric)
        case .table(let table)
        where draft.entities.contains(table) && phrase.limit != nil && superlative.quality == nil
            && !draft.numbers.isEmpty && noun.filters.isEmpty && !isCountWord(superlative):
            // "likes per article, for the top 10 articles": by the number that is asked for.
            break
        case .table(let table):
            draft.filters += noun.filters
            if let quality = superlative.quality, quality != .frequency {
                let column = try qualityColumn(quality, of: table)
                let isAge = quality == .age && isDated(column)
                draft.rankNumber = .aggregate(superlative.isDescending != isAge ? .maximum : .minimum, column)
                if isAge { draft.rank?.isDescending.toggle() }
                return
            }
            if draft.subject == nil, draft.numbers.isEmpty, draft.groups.isEmpty, !isCountWord(superlative),
                !asked.isEmpty, asked.allSatisfy({ describes(table, $0) })
            {
                // "name and city of the biggest warehouse".
                return try rankRows(of: table, superlative, noun, phrase)
            }
            guard table != draft.subject else { throw ReadFailure.unplaced([superlative.piece]) }
            let isTotal = phrase.total != nil || pieces[superlative.piece].words.contains("total")
            let amount = isTotal && phrase.count == nil ? money(of: table, phrase) : nil
            draft.rankNumber = amount.map { .aggregate(.sum, $0) } ?? rows(of: table)
        case .column(let column):
            draft.filters += noun.filters
            if let subject = draft.subject, model.columns[column].table != subject,
                let said = noun.headPiece.flatMap({ pieces[$0].words.last }).map(NameWords.base),
                model.columns(of: subject).contains(where: {
                    $0.role == .measure && $0.words.map(NameWords.base).contains(said)
                })
            {
                throw ReadFailure.unsound("Both \(title(column)) and a number of their own could be meant.")
            }
            try rank(by: column, superlative, phrase)
        case .duration(let from, let to):
            draft.rankNumber = .duration(superlative.isDescending ? .maximum : .minimum, from, to, unit(from))
        case .none:
            guard let quality = superlative.quality else {
                // "which sponsor pledged the most": the verb is a number of its own.
                if asked.isEmpty, draft.numbers.count == 1, case .aggregate(_, let column) = draft.numbers[0] {
                    draft.numbers = []
                    asked = [column]
                }
                guard asked.count == 1, model.columns[asked[0]].role == .measure, draft.subject == nil,
                    draft.numbers.isEmpty, let verb = phrases.first(where: { !$0.terms.isEmpty })?.terms.last,
                    isVerbForm(verb)
                else { throw ReadFailure.unplaced([superlative.piece]) }
                draft.subject = model.columns[asked[0]].table
                draft.rankColumn = asked[0]
                asked = []
                return
            }
            if quality == .frequency, draft.subject == nil, asked.count == 1, model.columns[asked[0]].role == .category
            {
                addGroup(asked[0])
                asked = []
            } else if quality == .frequency, let table = draft.subject {
                draft.rankNumber = .count(try fact(of: table))
            } else if let table = draft.subject {
                draft.rankColumn = try qualityColumn(quality, of: table)
                turnForAge(quality)
            } else {
                throw ReadFailure.unplaced([superlative.piece])
            }
        }
    }

    var isAskedPlural: Bool {
        if let askedGrain { return askedGrain == .several }
        guard let which = phrases.first(where: { !$0.terms.isEmpty }), var piece = which.terms.last else {
            return false
        }
        if which.terms.count > 1, let noun = pieces[which.terms[which.terms.count - 2]].words.last,
            let verb = pieces[piece].words.last, WordFamily.deeds(of: noun).contains(NameWords.base(verb))
        {
            // "which supplier supplies": the verb is no plural.
            piece = which.terms[which.terms.count - 2]
        }
        // "which species has": the verb tells.
        let verbs: Set<String> = ["has", "is", "was", "does"]
        if piece + 1 < pieces.count, verbs.contains(pieces[piece + 1].words.first ?? "") { return false }
        return isPlural(piece)
    }

    private mutating func rank(by column: Int, _ superlative: Phrase.Superlative, _ phrase: Phrase) throws {
        let model = model.columns[column]
        if phrase.count != nil {
            draft.rankNumber = .countDistinct(column)
            return
        }
        if let aggregate = phrase.aggregate {
            draft.rankNumber = .aggregate(aggregate.1, column)
            return
        }
        if phrase.total != nil {
            draft.rankNumber = .aggregate(.sum, column)
            return
        }
        // A column of the rows themselves needs no adding up.
        if let subject = draft.subject, relations.stepsUp(from: subject, to: model.table) != nil, draft.groups.isEmpty {
            draft.rankColumn = column
            return
        }
        guard model.role == .measure || model.isTime else { throw ReadFailure.unplaced([superlative.piece]) }
        if model.isTime || model.defaultAggregate == .average {
            draft.rankNumber = .aggregate(superlative.isDescending ? .maximum : .minimum, column)
        } else {
            assume("The sum of \(model.title).")
            draft.rankNumber = .aggregate(.sum, column)
        }
    }
}

/// Who has the most: "has the highest churn", "made the most orders", "with the highest rating".
extension QuestionReader {
    mutating func readMost(_ phrase: Phrase, _ superlative: Phrase.Superlative, _ noun: Noun) throws {
        if draft.rank != nil, draft.rank?.limit == nil, phrase.limit == nil { draft.rank = nil }
        let limit = draft.rank?.limit ?? phrase.limit?.1 ?? (isAskedPlural ? nil : 1)
        draft.rank = .init(isDescending: superlative.isDescending, limit: limit)
        role = .rank
        switch noun.head {
        case .metric(let metric):
            draft.filters += noun.filters
            draft.rankNumber = try phrase.aggregate.map { try aggregated(metric, $0.1) } ?? .metric(metric)
        case .table(let table): try rank(byRowsOf: table, superlative, noun, phrase)
        case .column(let column):
            draft.filters += noun.filters
            try checkOwnNumber(column, noun)
            try rank(by: column, superlative, phrase)
        case .duration(let from, let to):
            draft.rankNumber = .duration(superlative.isDescending ? .maximum : .minimum, from, to, unit(from))
        case .none:
            guard let quality = superlative.quality else { return try rankByVerb(superlative) }
            try rank(by: quality, superlative)
        }
    }

    /// "made the most orders", "the largest shipment".
    private mutating func rank(
        byRowsOf table: Int, _ superlative: Phrase.Superlative, _ noun: Noun, _ phrase: Phrase
    ) throws {
        if draft.entities.contains(table), phrase.limit != nil, superlative.quality == nil, !draft.numbers.isEmpty,
            noun.filters.isEmpty, !isCountWord(superlative)
        {
            // "likes per article, for the top 10 articles": by the number that is asked for.
            return
        }
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
    }

    /// A number of other rows is not meant where the subject has one that is called so too.
    private func checkOwnNumber(_ column: Int, _ noun: Noun) throws {
        guard let subject = draft.subject, model.columns[column].table != subject,
            let said = noun.headPiece.flatMap({ pieces[$0].words.last }).map(NameWords.base),
            model.columns(of: subject).contains(where: {
                $0.role == .measure && $0.words.map(NameWords.base).contains(said)
            })
        else { return }
        throw ReadFailure.unsound("Both \(title(column)) and a number of their own could be meant.")
    }

    /// "which sponsor pledged the most": the verb is a number of its own.
    private mutating func rankByVerb(_ superlative: Phrase.Superlative) throws {
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
    }

    /// "which city is most common", "which product is cheapest".
    private mutating func rank(by quality: Grammar.Quality, _ superlative: Phrase.Superlative) throws {
        if quality == .frequency, draft.subject == nil, asked.count == 1, model.columns[asked[0]].role == .category {
            addGroup(asked[0])
            asked = []
        } else if quality == .frequency, let table = draft.subject {
            let fact = try fact(of: table)
            dropDeed(of: fact)
            draft.rankNumber = .count(fact)
        } else if let table = draft.subject {
            draft.rankColumn = try qualityColumn(quality, of: table)
            turnForAge(quality)
        } else {
            throw ReadFailure.unplaced([superlative.piece])
        }
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
        if isJudged, ratesGroups(by: column) {
            // "which kind gets the worst ratings": all of a kind together, and not the worst of all.
            for group in asked { addGroup(group) }
            asked = []
            if draft.subject == model.table { draft.subject = nil }
            draft.rankNumber = .aggregate(.average, column)
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
            assume("The sum of \(model.title) is shown.")
            draft.rankNumber = .aggregate(.sum, column)
        }
    }

    /// Whether kinds are asked for, and the column is what single rows were rated.
    private func ratesGroups(by column: Int) -> Bool {
        guard model.columns[column].words.contains(where: Self.ratings.contains) else { return false }
        return draft.subject.map { $0 == model.columns[column].table && !asked.isEmpty } ?? true
            && asked.allSatisfy { model.columns[$0].role == .category }
    }

    private static let ratings: Set<String> = ["rating", "score", "stars", "satisfaction", "grade"]

    /// Whether "which …" asks for several: "which customers", and not "which customer".
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
}

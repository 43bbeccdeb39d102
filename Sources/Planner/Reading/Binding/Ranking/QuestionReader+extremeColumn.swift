/// What is greatest, newest or most common of a column.
extension QuestionReader {
    mutating func readSuperlative(
        of column: Int, _ superlative: Phrase.Superlative, _ noun: Noun, _ phrase: Phrase
    ) throws {
        let model = model.columns[column]
        if model.role == .measure || model.isTime {
            if rankNamedRows(by: column, superlative, noun, phrase) { return }
            if phrase.limit == nil, try readExtreme(of: column, superlative, noun, phrase) { return }
        } else if let quality = superlative.quality, quality != .frequency {
            return try rankNames(column, by: quality, superlative, limit: limit(phrase, noun))
        }
        try rankGroups(of: column, superlative, limit: limit(phrase, noun))
    }

    /// "the most delayed service": a row, and not the delay.
    private mutating func rankNamedRows(
        by column: Int, _ superlative: Phrase.Superlative, _ noun: Noun, _ phrase: Phrase
    ) -> Bool {
        let table = model.columns[column].table
        guard isCountWord(superlative), let piece = noun.headPiece, isVerbForm(piece),
            let last = pieces[piece].words.last, tableCalled(last) == table
        else { return false }
        draft.subject = table
        draft.rank = .init(
            isDescending: superlative.isDescending, limit: phrase.limit?.1 ?? (isPlural(piece) ? nil : 1))
        draft.rankColumn = column
        role = .rank
        return true
    }

    /// "the longest distance", "the latest date": the greatest of them; "lowest rating by category": the groups.
    private mutating func readExtreme(
        of column: Int, _ superlative: Phrase.Superlative, _ noun: Noun, _ phrase: Phrase
    ) throws -> Bool {
        let model = model.columns[column]
        let extreme: Measure.Aggregate = superlative.isDescending ? .maximum : .minimum
        if let quality = superlative.quality,
            Qualities.words(quality).contains(where: { !$0.isDisjoint(with: model.words.map(NameWords.base)) })
        {
            add(try restricted(column, extreme, noun.headPiece) ?? .aggregate(extreme, column))
            return true
        }
        if superlative.quality == nil, let metric = rankedByGroup(noun) {
            add(.metric(metric))
            draft.rank = .init(isDescending: superlative.isDescending, limit: nil)
            draft.rankNumber = .metric(metric)
            return true
        }
        guard superlative.quality == nil || superlative.quality == .time else { return false }
        if isMajority(superlative) || superlative.quality == .time && !model.isTime {
            try readNewest(phrase, superlative)
        } else {
            add(try restricted(column, extreme, noun.headPiece) ?? .aggregate(extreme, column))
        }
        return true
    }

    /// "the longest-running projects" by what they are called: rows, or categories whose rows are taken together.
    private mutating func rankNames(
        _ column: Int, by quality: Grammar.Quality, _ superlative: Phrase.Superlative, limit: Int?
    ) throws {
        let model = model.columns[column]
        let rank = Draft.Rank(isDescending: superlative.isDescending, limit: limit)
        if quality == .rating, model.role == .category {
            // Many rows have it, and are rated together.
            addGroup(column)
            draft.rank = rank
            draft.rankNumber = .aggregate(.average, try qualityColumn(quality, of: model.table))
        } else {
            asked.append(column)
            draft.rank = rank
            draft.rankColumn = try qualityColumn(quality, of: model.table)
            turnForAge(quality)
        }
        role = .rank
    }

    /// "the most common city", "the top 5 categories".
    private mutating func rankGroups(of column: Int, _ superlative: Phrase.Superlative, limit: Int?) throws {
        let model = model.columns[column]
        addGroup(column)
        draft.rank = .init(isDescending: superlative.isDescending, limit: limit)
        if superlative.quality == .frequency, model.role != .category {
            draft.rankNumber = .count(try counted(model))
            // What is not there is no answer to which is the most common.
            if model.isNullable, model.targets.isEmpty {
                draft.filters.append(.init(table: model.table, condition: .not(.isEmpty(model.id))))
            }
        }
        role = .rank
    }

    /// What "most common" counts: rows that have the value, or what happened to the thing it names.
    private func counted(_ column: ColumnModel) throws -> Int {
        guard column.role == .label || column.role == .key else { return base ?? column.table }
        return try fact(of: column.table)
    }
}

/// "Return the name and the number of orders": what is shown, and in which order.
extension QuestionReader {
    mutating func readOutput(_ phrase: Phrase) throws {
        if phrase.time != nil { return try readTime(phrase) }
        if isGroup(phrase) { return try readGroup(phrase) }
        if phrase.percent != nil || phrase.ratio != nil {
            guard phrase.terms.isEmpty else {
                throw ReadFailure.unplaced([phrase.percent, phrase.ratio].compactMap { $0 })
            }
            use(phrase.percent)
            use(phrase.ratio)
            return
        }
        if phrase.links(.of) || phrase.links(.within) || phrase.links(.relative), role == .output || role == .number,
            phrase.count == nil
        {
            return try readOwner(phrase)
        }
        if phrase.count != nil || phrase.aggregate != nil || phrase.total != nil || phrase.superlative != nil {
            return try readOutputNumber(phrase)
        }
        guard !phrase.terms.isEmpty else { return }
        let noun = try noun(phrase, wants: .any)
        useDeterminers(phrase)
        switch noun.head {
        case .metric(let metric): add(.metric(metric))
        case .table(let table):
            if !isShown(table) { draft.columns += try identity(of: table).filter { !draft.columns.contains($0) } }
            role = .output
        case .column(let column):
            for column in whose(column, noun.headPiece) ?? named(column, noun.headPiece) { try addOutput(column) }
        case .duration(let from, let to): add(.duration(.average, from, to, unit(from)))
        case .none: throw ReadFailure.unplaced(phrase.terms)
        }
        try checkSame(noun.filters, phrase)
    }

    private mutating func addOutput(_ column: Int) throws {
        let model = model.columns[column]
        role = .output
        let isAggregated = draft.numbers.contains { number in
            if case .aggregate(_, column) = number { return true }
            return false
        }
        let isRanked: Bool
        if case .aggregate(_, column)? = draft.rankNumber { isRanked = true } else { isRanked = false }
        if isAggregated || isRanked || isRankedSum(column) { return }
        if model.role == .measure, !draft.groups.isEmpty || !draft.entities.isEmpty, draft.rankColumn != column {
            assume("\(capitalised(model.defaultAggregate)) of \(model.title) is shown.")
            add(.aggregate(model.defaultAggregate, column))
            role = .output
            return
        }
        if !draft.columns.contains(column) { draft.columns.append(column) }
    }

    /// "…, and the total amount": what was ranked by, and no column of a table on the way to it.
    private func isRankedSum(_ column: Int) -> Bool {
        let shown = model.columns[column]
        let sums = (draft.numbers + [draft.rankNumber].compactMap { $0 }).compactMap { number -> Int? in
            if case .aggregate(.sum, let summed) = number { summed } else { nil }
        }
        guard draft.rank != nil, shown.role == .measure, Set(sums).count == 1, let summed = sums.first,
            !(draft.entities + [draft.subject].compactMap { $0 }).contains(shown.table), let last = shown.words.last
        else { return false }
        return (model.columns[summed].words + ["amount", "total", "sum"]).contains(last)
    }

    private func isShown(_ table: Int) -> Bool {
        draft.entities.contains(table)
    }

    private mutating func readOutputNumber(_ phrase: Phrase) throws {
        if phrase.terms.isEmpty { return try readNamelessNumber(phrase) }
        let before = draft.filters.count
        var number: Draft.Number?
        if let superlative = phrase.superlative {
            let noun = try noun(phrase, wants: phrase.limit == nil ? .number : .dimension)
            useDeterminers(phrase)
            draft.filters += noun.filters
            if let limit = phrase.limit?.1, draft.rank == nil, noun.filters.isEmpty, isSplit(by: noun.head) {
                // "…, for the top 3 types by number of customers".
                draft.rank = .init(isDescending: superlative.isDescending, limit: limit)
                mode = .main
                role = .rank
                return
            }
            if case .column(let column) = noun.head {
                number =
                    draft.rankColumn == column
                    ? nil : .aggregate(superlative.isDescending ? .maximum : .minimum, column)
                if draft.rankColumn == column { draft.columns.append(column) }
            }
        } else {
            number = try self.number(of: phrase)
        }
        let added = Array(draft.filters[before...]).filter { !draft.filters[..<before].contains($0) }
        draft.filters.removeSubrange(before...)
        guard let number else { return }
        try add(number, over: added, phrase)
        role = .output
    }

    /// "and the count", "the top 5": a number that is there already, or one by which things are told apart.
    private mutating func readNamelessNumber(_ phrase: Phrase) throws {
        if let superlative = phrase.superlative, pieces[superlative.piece].words == ["rank"] {
            throw ReadFailure.notSupported("Places in a ranking are not numbered.")
        }
        if let superlative = phrase.superlative, phrase.limit != nil {
            guard try readLimit(phrase, superlative) else { throw ReadFailure.unplaced([superlative.piece]) }
            return
        }
        if draft.numbers.isEmpty, draft.rankNumber == nil {
            // "the number" of things that are told apart by one.
            guard let subject = draft.subject, phrase.count != nil, let key = model.tables[subject].key,
                model.columns[key].words.contains(where: { ["number", "no", "num", "nr"].contains($0) })
            else { throw ReadFailure.unplaced([phrase.count].compactMap { $0 }) }
            useDeterminers(phrase)
            return try addOutput(key)
        }
        try checkCounted(phrase)
        useDeterminers(phrase)
        role = .output
    }

    /// A number whose own words are conditions of it alone.
    private mutating func add(_ number: Draft.Number, over filters: [Draft.Filter], _ phrase: Phrase) throws {
        if filters.isEmpty {
            add(number)
        } else if let table = table(of: number),
            filters.allSatisfy({ relations.stepsUp(from: table, to: $0.table) != nil })
        {
            add(.built(.filtered(try measure(number), filters.map(\.condition)), table))
        } else {
            throw ReadFailure.unplaced(phrase.terms)
        }
    }

    private func isSplit(by head: Noun.Head) -> Bool {
        switch head {
        case .column(let column): draft.groups.contains(.column(id(column))) || asked.contains(column)
        case .table(let table): draft.entities.contains(table)
        default: false
        }
    }

    /// "the ID of the teacher": whose a column is that was shown last.
    private mutating func readOwner(_ phrase: Phrase) throws {
        let noun = try noun(phrase, wants: .table)
        useDeterminers(phrase)
        if case .table(let table) = noun.head {
            if let last = draft.columns.last, model.columns[last].table != table {
                throw ReadFailure.unplaced(phrase.terms)
            }
            try checkSame(noun.filters, phrase)
        } else if noun.filters.isEmpty {
            throw ReadFailure.unplaced(phrase.terms)
        } else {
            draft.filters += noun.filters
        }
    }

    private func checkSame(_ filters: [Draft.Filter], _ phrase: Phrase) throws {
        for filter in filters where !draft.filters.contains(where: { $0.condition == filter.condition }) {
            throw ReadFailure.unplaced(phrase.terms)
        }
    }

    // MARK: Order

    mutating func readOrder(_ phrase: Phrase) throws {
        if phrase.terms.isEmpty, phrase.count != nil || phrase.total != nil {
            useDeterminers(phrase)
            guard let number = draft.numbers.first ?? base.map({ .count($0) }) else { return }
            draft.order.append((.number(number), false))
        } else if phrase.count != nil || phrase.aggregate != nil || phrase.total != nil {
            guard let number = try number(of: phrase) else { throw ReadFailure.unplaced(phrase.terms) }
            draft.order.append((.number(number), false))
        } else if phrase.time != nil {
            return try readTime(phrase)
        } else if let superlative = phrase.superlative {
            useDeterminers(phrase)
            if !draft.order.isEmpty { draft.order[draft.order.count - 1].isDescending = superlative.isDescending }
        } else {
            let noun = try noun(phrase, wants: .any)
            useDeterminers(phrase)
            switch noun.head {
            case .metric(let metric): draft.order.append((.number(.metric(metric)), false))
            case .table(let table):
                if let label = try identity(of: table).first { draft.order.append((.column(label), false)) }
            case .column(let column):
                let number = draft.numbers.first { number in
                    if case .aggregate(_, column) = number { return true }
                    return false
                }
                draft.order.append((number.map { .number($0) } ?? .column(column), false))
            case .duration, .none: throw ReadFailure.unplaced(phrase.terms)
            }
        }
        if let isDescending = orderDirection, !draft.order.isEmpty {
            draft.order[draft.order.count - 1].isDescending = isDescending
            orderDirection = nil
        }
        role = .order
    }

    mutating func applyDirection(_ grammar: Grammar, _ piece: Int) throws {
        use(piece)
        let isDescending = grammar == .descending
        if grammar == .first {
            guard role == .order else { throw ReadFailure.unplaced([piece]) }
            return
        }
        if grammar != .alphabetical, draft.grain != nil, role != .order || draft.order.isEmpty, isOfPeriods(piece) {
            draft.order.append((.period, isDescending))
            role = .order
            return
        }
        if grammar != .alphabetical, try ordersBySize(piece, isDescending: isDescending) { return }
        if role == .order, !draft.order.isEmpty {
            if grammar != .alphabetical, ordersByTimeToo(piece, isDescending: isDescending) { return }
            if grammar != .alphabetical { draft.order[draft.order.count - 1].isDescending = isDescending }
            return
        }
        if grammar == .alphabetical {
            let label = try draft.columns.first ?? asked.first ?? draft.subject.flatMap { try identity(of: $0).first }
            if let label { draft.order.append((.column(label), false)) }
        } else if let number = draft.rankNumber ?? draft.numbers.first {
            draft.order.append((.number(number), isDescending))
        } else if let column = draft.rankColumn ?? pendingOrderColumn {
            draft.order.append((.column(column), isDescending))
        } else {
            throw ReadFailure.unplaced([piece])
        }
        role = .order
    }

    /// "latest first", "by month descending": the periods, and not what is counted in them.
    private func isOfPeriods(_ piece: Int) -> Bool {
        if pieces[piece].words.contains(where: Self.ages.contains) { return true }
        guard let before = pieces.preceding(piece), let span = pieces[before].time, span.grain != nil else {
            return false
        }
        return pieces[before].words.first == "by"
            || pieces.preceding(before).map { pieces[$0].grammar == .orderBy } ?? false
    }

    private static let ages: Set<String> = [
        "latest", "earliest", "newest", "oldest", "recent", "chronological", "chronologically",
    ]

    private var pendingOrderColumn: Int? {
        draft.timeColumn ?? draft.subject.flatMap { model.tables[$0].mainTime }
    }

    // MARK: "heaviest first"

    var isFirstBehind: Bool {
        let links = position < phrases.count ? phrases[position].links : tail.links
        return links.first == .first
    }

    /// "most patients first": an order, not a selection.
    mutating func readFirst(_ phrase: Phrase) throws {
        guard let superlative = phrase.superlative else { return }
        if phrase.terms.isEmpty, superlative.quality == .time, draft.grain != nil {
            useDeterminers(phrase)
            draft.order.append((.period, superlative.isDescending))
            role = .order
            return
        }
        let noun = phrase.terms.isEmpty ? Noun() : try noun(phrase, wants: .number)
        useDeterminers(phrase)
        if phrase.terms.isEmpty, turnsOrder(superlative) {
            role = .order
            return
        }
        let isDescending = superlative.isDescending
        switch noun.head {
        case .table(let table): draft.order.append((.number(.count(table)), isDescending))
        case .metric(let metric): draft.order.append((.number(.metric(metric)), isDescending))
        case .column(let column):
            let number = draft.numbers.first { if case .aggregate(_, column) = $0 { true } else { false } }
            draft.order.append((number.map { .number($0) } ?? .column(column), isDescending))
        case .duration, .none:
            if let number = draft.numbers.first(where: { measures($0, superlative.quality) }) ?? draft.numbers.last {
                draft.order.append((.number(number), isDescending))
            } else if let table = base ?? (asked + draft.columns).first.map({ model.columns[$0].table }),
                let quality = superlative.quality
            {
                let column = try qualityColumn(quality, of: table)
                draft.order.append((.column(column), isDescending != (quality == .age && model.columns[column].isTime)))
            } else {
                throw ReadFailure.unplaced([superlative.piece])
            }
        }
        role = .order
    }

    private func measures(_ number: Draft.Number, _ quality: Grammar.Quality?) -> Bool {
        guard let quality, case .aggregate(_, let column) = number else { return quality == nil }
        return model.columns[column].words.contains(quality.rawValue)
    }
}

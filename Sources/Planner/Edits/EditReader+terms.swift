/// What is split by, picked and computed.
extension EditReader {
    // MARK: Without a cue

    mutating func readOpen(_ terms: [Int]) throws {
        if terms.contains(where: { isCondition($0, margin: isHad($0) ? -0.02 : 0.001) }) {
            return try readFilter(terms)
        }
        guard let last = terms.last else { return }
        if modifiers.isEmpty, try readColumns(terms) { return }
        if isAll { return try readBareNoun(last) }
        if text.isBareNames, !earlier.measures.isEmpty, !hasSplit, cue == .none, !isNumber(last) {
            cue = .split
            return try readSplit(terms)
        }
        if modifiers.isEmpty, !isNumber(last) {
            if isReplacing, !earlier.dimensions.isEmpty { return try readSplit(terms) }
            let isContinued = hasSplit || earlier.dimensions.contains { !$0.isTime }
            guard cue == .add, isContinued else { return try readFilter(terms) }
            if !hasSplit { cue = .addSplit }
            return try readSplit(terms)
        }
        try readMeasure(terms)
    }

    /// "with a scholarship" of a column that says yes or no: those that have one.
    private func isHad(_ index: Int) -> Bool {
        guard !earlier.measures.isEmpty,
            let before = pieces[..<index].last(where: { piece in
                if case .filler = piece.kind { return false }
                return true
            }), before.grammar == .with, before.words.last == "with"
        else { return false }
        return pieces[index].entries.contains { if case .flag = $0.sense { true } else { false } }
    }

    func isNumber(_ index: Int) -> Bool {
        pieces[index].entries.first.map { entry in
            switch entry.sense {
            case .metric, .table, .duration: true
            case .column(let column): model.columns[column].role == .measure
            default: false
            }
        } ?? false
    }

    private mutating func readMeasure(_ terms: [Int]) throws {
        if pointsBack, earlier.recipe == .list { return try readNumberOfEach(terms) }
        let opens = ["now", "then", "but", "same"].contains(text.words[0])
        guard cue == .add || cue == .about || isReplacing || opens || pointsBack, !earlier.measures.isEmpty else {
            throw ReadFailure.unplaced(terms)
        }
        var phrase = Phrase()
        phrase.terms = terms
        for index in modifiers {
            switch pieces[index].grammar {
            case .aggregate(let aggregate)?: phrase.aggregate = (index, aggregate)
            case .total?: phrase.total = index
            default: phrase.count = index
            }
        }
        modifiers = []
        let before = reader.draft.filters.count
        guard let number = try reader.bareNumber(phrase), reader.draft.filters.count == before else {
            throw ReadFailure.unplaced(terms)
        }
        let measure = try reader.measure(number)
        if pointsBack {
            guard cue == .add, !edits.contains(where: { if case .replaceMeasure = $0 { true } else { false } }) else {
                throw ReadFailure.unplaced(terms)
            }
            try checkReference(measure)
            return edits.append(.replaceMeasure(measure))
        }
        let isSecond = edits.contains { if case .replaceMeasure = $0 { true } else { false } }
        let isBeside = isInclusive || text.words.contains(where: Self.beside.contains) || isSecond
        edits.append(cue == .add && !isReplacing && isBeside ? .addMeasure(measure) : .replaceMeasure(measure))
    }

    private static let beside: Set<String> = ["their", "its", "with", "beside", "alongside", "together", "as", "both"]

    // MARK: Groups

    mutating func dimension(_ terms: [Int]) throws -> (Dimension, columns: [ColumnID]) {
        guard let base = reader.draft.subject else { throw ReadFailure.unplaced(terms) }
        var phrase = Phrase()
        phrase.terms = terms
        let noun = try reader.noun(phrase, wants: .dimension)
        guard noun.filters.isEmpty, noun.event == nil else { throw ReadFailure.unplaced(terms) }
        switch noun.head {
        case .column(let column):
            try reader.reach(model.columns[column].table, from: base)
            return (.column(try reader.routed(column, base)), [])
        case .table(let table):
            try reader.reach(table, from: base)
            guard let key = model.tables[table].key else { throw ReadFailure.unplaced(terms) }
            return (
                .column(try reader.routed(key, base)),
                try model.tables[table].labels.map { try reader.routed($0, base) }
            )
        default: throw ReadFailure.unplaced(terms)
        }
    }

    mutating func readSplit(_ terms: [Int]) throws {
        if let measure = rankingNumber(terms) { return edits.append(.replaceMeasure(measure)) }
        let (dimension, columns) = try dimension(terms)
        if cue == .add || cue == .addSplit, let column = described(dimension) {
            return edits.append(.addColumns([column]))
        }
        let isAdded = cue == .addSplit || edits.contains { if case .split = $0 { true } else { false } }
        edits.append(.split([dimension], columns: columns, isAdded: isAdded))
    }

    /// "with their country" beside each customer: a column of what is shown already, which has one of it.
    func described(_ dimension: Dimension) -> ColumnID? {
        guard case .column(let column) = dimension, earlier.limit != nil || earlier.recipe == .ranking,
            earlier.dimensions.count == 1, case .column(let key) = earlier.dimensions[0], key.table == column.table,
            model.table(key.table)?.key.map({ model.columns[$0].id.name }) == key.name, column.name != key.name
        else { return nil }
        return column
    }

    /// "by ARR instead" of what is ranked: another number, and no other split.
    private func rankingNumber(_ terms: [Int]) -> Measure? {
        guard earlier.recipe == .ranking || earlier.limit != nil, earlier.measures.count == 1, terms.count == 1,
            let best = pieces[terms[0]].entries.first, case .metric(let metric) = best.sense, best.quality >= 0.9
        else { return nil }
        return .metric(model.source.metrics[metric].name)
    }

    /// "top 3 channels".
    mutating func readRanked(_ terms: [Int]) throws {
        let (dimension, columns) = try dimension(terms)
        if earlier.dimensions.contains(dimension) { return }
        edits.insert(.split([dimension], columns: columns, isAdded: false), at: 0)
        guard !earlier.measures.isEmpty else { throw ReadFailure.unplaced(terms) }
    }

    // MARK: Against something

    /// "instead of web": it must be there to go away.
    mutating func readOutgoing(_ terms: [Int]) throws {
        for index in terms {
            let isThere = pieces[index].entries.contains { entry in
                switch entry.sense {
                case .metric(let metric): earlier.measures == [.metric(model.source.metrics[metric].name)]
                case .table(let table): earlier.measures == [.count(model.tables[table].id)]
                case .value(let column, let values):
                    earlier.conditions.contains { known in
                        guard case .oneOf(let id, let others) = known else { return false }
                        return id.name == model.columns[column].id.name && others.allSatisfy(values.contains)
                    }
                default: false
                }
            }
            if isThere { continue }
            let (dimension, _) = try dimension([index])
            guard earlier.dimensions.contains(dimension), outgoing == nil else { throw ReadFailure.unplaced([index]) }
            outgoing = dimension
        }
        cue = .none
    }

    /// "compared to web": beside the value that was picked.
    mutating func readCompared(_ terms: [Int]) throws {
        guard terms.count == 1, let base = reader.draft.subject, !earlier.measures.isEmpty else {
            throw ReadFailure.unplaced(terms)
        }
        let filter = try condition(terms[0], nil)
        guard case .oneOf(let column, let values) = try known(filter.condition) ?? reader.routed(filter.condition, base)
        else { throw ReadFailure.unplaced(terms) }
        if let place = edits.firstIndex(where: { if case .filter(.oneOf(column, _)) = $0 { true } else { false } }),
            case .filter(.oneOf(_, let others)) = edits[place]
        {
            // "starter vs business": neither was picked before.
            edits[place] = .filter(.oneOf(column, others + values.filter { !others.contains($0) }))
            if !earlier.dimensions.contains(.column(column)) {
                edits.append(.split([.column(column)], columns: [], isAdded: true))
            }
            return
        }
        for case .oneOf(column, let others) in earlier.conditions {
            edits.append(.filter(.oneOf(column, others + values.filter { !others.contains($0) })))
            edits.append(.split([.column(column)], columns: [], isAdded: true))
            return
        }
        throw ReadFailure.unsound("It is not said what is compared with what.")
    }
}

extension EditReader {
    private func quality(_ index: Int, where isMeant: (Lexicon.Sense) -> Bool) -> Double {
        pieces[index].entries.filter { isMeant($0.sense) }.map(\.quality).max() ?? 0
    }

    private func nominal(_ index: Int) -> Double {
        quality(index) { sense in
            switch sense {
            case .table, .column, .metric, .duration: true
            default: false
            }
        }
    }

    func isCondition(_ index: Int, margin: Double) -> Bool {
        let value = quality(index) { sense in
            switch sense {
            case .value, .flag: true
            default: false
            }
        }
        return pieces[index].isNegated || isOfKnown(index) || value > 0 && value >= nominal(index) + margin
    }

    /// "and billing too": a value of a column that the plan speaks of already.
    private func isOfKnown(_ index: Int) -> Bool {
        pieces[index].entries.contains { entry in
            guard case .value(let column, _) = entry.sense, entry.quality >= 0.9 else { return false }
            let id = model.columns[column].id
            return planColumns.contains { $0.table == id.table && $0.name == id.name }
        }
    }

    mutating func readFilter(_ terms: [Int]) throws {
        var rest = terms
        var noun = Noun()
        reader.takePairs(&rest, &noun)
        var filters = rest.filter { isCondition($0, margin: -0.02) }
        if let last = rest.last, !noun.filters.isEmpty || filters.count > 1, filters.last == last,
            !pieces[last].isNegated, nominal(last) >= 0.9, nominal(last) >= quality(last, where: { _ in true }) - 0.02
        {
            filters.removeLast()
        }
        let heads = rest.filter { !filters.contains($0) }
        guard heads.count <= 1 else { throw ReadFailure.unplaced(heads) }
        if filters.isEmpty, noun.filters.isEmpty { return try readBareNoun(heads[0]) }
        if heads.first != nil, held != nil { throw ReadFailure.unplaced(heads) }
        let table = try (heads.first ?? held).flatMap { try headTable($0) }
        held = nil
        var found = noun.filters
        for piece in filters { found.append(try condition(piece, table)) }
        guard let base = reader.draft.subject else { throw ReadFailure.unplaced(terms) }
        for filter in found {
            if let table, reader.relations.stepsUp(from: table, to: filter.table) == nil {
                throw ReadFailure.unplaced(terms)
            }
            try reader.reach(filter.table, from: base)
            try add(known(filter.condition) ?? reader.routed(filter.condition, base))
        }
    }

    mutating func add(_ condition: Condition) throws {
        if cue == .exclude {
            hasExcluded = true
            if isOr, !edits.contains(where: { if case .exclude = $0 { true } else { false } }) {
                throw ReadFailure.unplaced([])
            }
            isOr = false
            return edits.append(.exclude(condition))
        }
        let isSame: (PlanEdit) -> Bool = { edit in
            switch edit {
            case .filter(let other), .include(let other): other.columns == condition.columns
            default: false
            }
        }
        if let index = edits.firstIndex(where: isSame) {
            guard case .oneOf(let column, let more) = condition else { throw ReadFailure.unplaced([]) }
            isOr = false
            switch edits[index] {
            case .filter(.oneOf(_, let known)): return edits[index] = .filter(.oneOf(column, known + more))
            case .include(.oneOf(_, let known)): return edits[index] = .include(.oneOf(column, known + more))
            default: throw ReadFailure.unplaced([])
            }
        }
        if [.add, .none].contains(cue), !isOr, isLeftOut(condition) { return edits.append(.include(condition)) }
        let isUnion = isOr && edits.isEmpty
        guard !isOr || isUnion else { throw ReadFailure.unplaced([]) }
        guard isUnion || isInclusive && cue != .only else { return edits.append(.filter(condition)) }
        let isLimited = earlier.conditions.contains { known in
            switch known {
            case .oneOf(let column, _), .not(.oneOf(let column, _)): [column] == condition.columns
            default: false
            }
        }
        guard case .oneOf = condition, isLimited else {
            throw ReadFailure.unsound("Nothing was left out there that could be added.")
        }
        isOr = false
        edits.append(.include(condition))
    }

    /// "with starter" where it was left out.
    private func isLeftOut(_ condition: Condition) -> Bool {
        guard case .oneOf(let column, let values) = condition else { return false }
        return earlier.conditions.contains { known in
            if case .not(.oneOf(column, let others)) = known { values.allSatisfy(others.contains) } else { false }
        }
    }

    /// The same condition on a column that the plan reached in a way of its own.
    func known(_ condition: Condition) -> Condition? {
        let columns = condition.columns
        guard columns.count == 1, planColumns.contains(columns[0]) else { return nil }
        return condition
    }

    private var planColumns: [ColumnID] {
        earlier.conditions.flatMap(\.columns)
            + earlier.dimensions.compactMap { if case .column(let column) = $0 { column } else { nil } }
    }

    mutating func condition(_ index: Int, _ table: Int?) throws -> Draft.Filter {
        guard let base = reader.draft.subject else { throw ReadFailure.unplaced([index]) }
        if pieces[index].isNegated {
            var noun = Noun()
            try reader.readNegated(index, table ?? base, &noun)
            guard let filter = noun.filters.first else { throw ReadFailure.unplaced([index]) }
            return filter
        }
        // What the plan speaks of already goes before columns of the same values.
        var own: [Draft.Filter] = []
        for case .value(let column, let values) in pieces[index].entries.filter({ $0.quality >= 0.9 }).map(\.sense) {
            let model = model.columns[column]
            if let table, table != model.table { continue }
            for known in planColumns where known.table == model.id.table && known.name == model.id.name {
                let filter = Draft.Filter(table: model.table, condition: .oneOf(known, values))
                if !own.contains(where: { $0.condition == filter.condition }) { own.append(filter) }
            }
        }
        if own.count == 1 { return own[0] }
        return try filterAmongRivals(index, table, base)
    }

    /// The table that a noun beside a condition names; what is computed stays what it was.
    private func headTable(_ index: Int) throws -> Int? {
        guard let base = reader.draft.subject else { throw ReadFailure.unplaced([index]) }
        for entry in pieces[index].entries where entry.quality >= 0.7 {
            switch entry.sense {
            case .table(let table) where reader.relations.stepsUp(from: base, to: table) != nil: return table
            case .metric(let metric) where earlier.measures.contains(.metric(model.source.metrics[metric].name)):
                return nil
            case .column(let column) where isComputed(model.columns[column].id): return nil
            default: continue
            }
        }
        throw ReadFailure.unplaced([index])
    }

    private func isComputed(_ column: ColumnID) -> Bool {
        earlier.measures.contains { measure in
            switch measure {
            case .aggregate(_, .column(column)), .countDistinct(column): true
            default: false
            }
        }
    }

    /// "all channels", "only customers from …", "for refund rate", "just the refund rate".
    mutating func readBareNoun(_ index: Int) throws {
        if isAll, let column = columns(index).first(where: { id in earlier.conditions.contains { $0.columns == [id] } })
        {
            return edits.append(.removeFiltersOf(column))
        }
        if isAll, edits.isEmpty, earlier.limit != nil, earlier.dimensions.count == 1, try isShown(index) {
            return edits.append(.removeLimit)
        }
        if case .metric(let metric)? = pieces[index].entries.first?.sense {
            let measure = Measure.metric(model.source.metrics[metric].name)
            let isOnlyOne = earlier.measures == [measure]
            if cue == .only, !isOnlyOne, edits.isEmpty { return edits.append(.replaceMeasure(measure)) }
            if cue == .place, text.isAbout || text.isSame || ["and", "now", "but"].contains(text.words[0]) {
                return edits.append(.replaceMeasure(measure))
            }
        }
        guard cue != .place, held == nil else { throw ReadFailure.unplaced([index]) }
        _ = try headTable(index)
        held = index
    }

    /// Whether it names what is split by.
    private mutating func isShown(_ index: Int) throws -> Bool {
        switch pieces[index].entries.first?.sense {
        case .column?, .table?: try earlier.dimensions.contains(dimension([index]).0)
        default: false
        }
    }

    func columns(_ index: Int) -> [ColumnID] {
        pieces[index].entries.filter { $0.quality >= 0.7 }.flatMap { entry -> [ColumnID] in
            guard case .column(let column) = entry.sense else { return [] }
            let id = model.columns[column].id
            return planColumns.filter { $0.table == id.table && $0.name == id.name } + [id]
        }
    }
}

/// What is taken back.
extension EditReader {
    /// "in total", "all of them", "how many?": the whole text is the edit.
    mutating func readWhole() throws -> Bool {
        guard let meaning = EditPhrases.meaning(text.words) else { return false }
        switch meaning {
        case .inTotal where earlier.measures.isEmpty: edits = [try sumOfList()]
        case .inTotal: edits = [.removeSplit]
        case .everything: edits = [.removeLimit]
        case .afresh:
            throw surely("All right: ask the next question as a whole, and nothing of the ones before is kept.")
        case .plain: try readPlain()
        case .count:
            if let counted = try countOfAnswer() {
                edits = [counted]
                return true
            }
            guard earlier.measures.allSatisfy(\.isCount) || earlier.measures.allSatisfy(countsRows) else {
                throw ReadFailure.unsound("What was answered before is no number of things; say what is to be counted.")
            }
            edits = [.count]
        case .percent:
            guard earlier.measures.count == 1, !earlier.dimensions.isEmpty, isAdditive(earlier.measures[0]) else {
                throw ReadFailure.unsound("Parts of a whole take a number that adds up, split by something.")
            }
            try checkPartsOfPeriods()
            edits = [.share]
        case .before(let grain): try readBefore(grain)
        case .explained: edits = [.explain]
        case .rows: return try readCountedRows()
        case .running:
            guard earlier.measures.count == 1, earlier.dimensions.contains(where: \.isTime),
                isAdditive(earlier.measures[0]), !isStock(earlier.measures[0])
            else {
                throw ReadFailure.unsound("A running total takes a number that adds up from period to period.")
            }
            edits = [.replaceMeasure(.running(earlier.measures[0]))]
        case .most(let isDescending):
            guard earlier.measures.count >= 1, earlier.dimensions.count == 1 else { return false }
            edits = [.top(1, isDescending: isDescending)]
        }
        return true
    }

    /// "reset everything": the number, or the list, without anything that was said about it.
    private mutating func readPlain() throws {
        edits = [.removeFilters, .removePeriod]
        if !earlier.measures.isEmpty {
            guard earlier.recipe != .share else { throw surely("Ask for the number itself; it was shown as parts.") }
            edits += earlier.dimensions.map { .removeDimension($0) }
        }
        if earlier.limit != nil { edits.append(.removeLimit) }
        assumptions.append("Every filter, period and split of before is taken back.")
    }

    private func countsRows(_ measure: Measure) -> Bool {
        guard case .metric(let name) = measure, let metric = model.source.metrics.first(where: { $0.name == name })
        else { return false }
        return reader.model.tables.indices.contains { reader.counts(metric, rowsOf: $0) }
    }

    private func isAdditive(_ measure: Measure) -> Bool {
        switch measure {
        case .count, .aggregate(.sum, _): return true
        case .filtered(let inner, _): return isAdditive(inner)
        case .metric(let name):
            switch model.source.metrics.first(where: { $0.name == name })?.computation {
            case .aggregate(_, let isAdditive)?, .snapshot(_, _, _, let isAdditive)?: return isAdditive
            default: return false
            }
        default: return false
        }
    }

    private func isStock(_ measure: Measure) -> Bool {
        guard case .metric(let name) = measure else { return false }
        if case .snapshot? = model.source.metrics.first(where: { $0.name == name })?.computation { return true }
        return false
    }

    private enum Thing { case split, filter, limit, period, chart }

    private static let things: [String: Thing] = [
        "split": .split, "breakdown": .split, "grouping": .split, "groups": .split, "dimension": .split,
        "splits": .split,
        "filter": .filter, "filters": .filter, "condition": .filter, "conditions": .filter, "restriction": .filter,
        "restrictions": .filter, "limit": .limit, "period": .period, "chart": .chart,
    ]

    private static let verbs: Set<String> = [
        "remove", "drop", "clear", "forget", "undo", "delete", "reset", "lift", "discard", "cancel",
    ]
    /// Of several conditions the one that was added at last.
    private static let latest: Set<String> = ["last", "latest", "previous", "newest"]
    private static let binding: Set<String> = [
        "the", "a", "any", "all", "that", "this", "of", "on", "for", "by", "in", "more", "and", "no", "longer", "to",
        "from", "please", "again", "those", "these", "?", ".", "!", "with", "without", "me", "date",
    ]

    /// "remove the split", "without the filter on channel", "drop web", "remove the period".
    mutating func readRemoval() throws -> Bool {
        guard let first = text.words.first else { return false }
        let isVerb = Self.verbs.contains(first)
        guard isVerb || ["without", "no"].contains(first) && text.words.contains(where: { Self.things[$0] != nil })
        else { return false }
        var named: [Thing] = []
        var terms: [Int] = []
        var isOfTime = false
        var isLatest = false
        for (index, piece) in pieces.enumerated() {
            let isLeading = index == 0 && isVerb && piece.words.count == 1
            if case .term = piece.kind, !isLeading, !piece.words.allSatisfy({ Self.things[$0] != nil }) {
                terms.append(index)
            } else if let span = piece.time {
                try removeTime(span)
                isOfTime = true
            } else {
                for word in piece.words where !Self.verbs.contains(word) {
                    if let thing = Self.things[word] {
                        named.append(thing)
                    } else if isVerb, Self.latest.contains(word) {
                        isLatest = true
                    } else if !Self.binding.contains(word) {
                        throw ReadFailure.unplaced([index])
                    }
                }
            }
        }
        for term in terms { edits.append(try removal(of: term, named)) }
        guard terms.isEmpty, !isOfTime else { return true }
        if isLatest {
            guard named == [.filter] else { throw ReadFailure.unplaced([]) }
            edits = [try removalOfLatest()]
            return true
        }
        for thing in named {
            switch thing {
            case .split: edits.append(.removeSplit)
            case .filter: edits.append(.removeFilters)
            case .limit: edits.append(.removeLimit)
            case .period: edits.append(.removePeriod)
            case .chart: edits.append(.present(.table))
            }
        }
        guard !edits.isEmpty else { throw ReadFailure.unplaced([]) }
        return true
    }

    private mutating func removalOfLatest() throws -> PlanEdit {
        guard let latest = earlier.conditions.last, latest.columns.count == 1 else {
            throw surely("It is not clear which filter that is; name it, as in “without the filter on …”.")
        }
        assumptions.append(
            "Taken back: the filter on \(model.column(latest.columns[0])?.title ?? latest.columns[0].name).")
        return .removeFiltersOf(latest.columns[0])
    }

    private mutating func removeTime(_ span: TimeSpan) throws {
        if let grain = span.grain,
            let known = earlier.dimensions.first(where: { if case .time(_, grain) = $0 { true } else { false } })
        {
            return edits.append(.removeDimension(known))
        }
        guard case .period(let period) = span.meaning, earlier.time?.period == period else {
            throw ReadFailure.unplaced([])
        }
        edits.append(.removePeriod)
    }

    private mutating func removal(of index: Int, _ named: [Thing]) throws -> PlanEdit {
        let maySplit = !named.contains(.filter)
        let mayFilter = !named.contains(.split)
        for entry in pieces[index].entries where entry.quality >= 0.7 {
            switch entry.sense {
            case .value(let column, let values) where mayFilter:
                let id = model.columns[column].id
                for case .oneOf(let known, let others) in earlier.conditions.map(\.positive)
                where known.table == id.table && known.name == id.name && others.allSatisfy(values.contains) {
                    return .removeFiltersOf(known)
                }
            case .column, .table:
                let ids = columns(index)
                if maySplit,
                    case .column(let column)? = earlier.dimensions.first(where: { isNamed($0, ids, entry.sense) })
                {
                    return .removeDimension(.column(column))
                }
                if mayFilter, let id = ids.first(where: { id in earlier.conditions.contains { $0.columns == [id] } }) {
                    return .removeFiltersOf(id)
                }
                if case .table(let table) = entry.sense, earlier.measures.count > 1,
                    earlier.measures.contains(.count(model.tables[table].id))
                {
                    return .removeMeasure(.count(model.tables[table].id))
                }
            case .metric(let metric):
                let measure = Measure.metric(model.source.metrics[metric].name)
                if named.isEmpty, earlier.measures.count > 1, earlier.measures.contains(measure) {
                    return .removeMeasure(measure)
                }
            default: continue
            }
        }
        throw ReadFailure.unsound("“\(pieces[index].text)” is not part of the question before.")
    }

    private func isNamed(_ dimension: Dimension, _ ids: [ColumnID], _ sense: Lexicon.Sense) -> Bool {
        guard case .column(let column) = dimension else { return false }
        if ids.contains(column) { return true }
        guard case .table(let table) = sense, let key = model.tables[table].key else { return false }
        return column.table == model.columns[key].id.table && column.name == model.columns[key].id.name
    }
}

extension Measure {
    fileprivate var isCount: Bool {
        switch self {
        case .count, .countDistinct: true
        case .filtered(let inner, _): inner.isCount
        default: false
        }
    }
}

extension Condition {
    fileprivate var positive: Condition {
        if case .not(let inner) = self { return inner }
        return self
    }
}

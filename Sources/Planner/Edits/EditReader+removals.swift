/// What is taken back.
extension EditReader {
    private static let courtesy: Set<String> = ["please", "now", "then", "again", "just", "show", "me", "and", "."]

    /// "in total", "all of them": the whole text is the edit.
    mutating func readWhole() -> Bool {
        let words = text.words.filter { !Self.courtesy.contains($0) && !["?", "!", ","].contains($0) }
        switch words.joined(separator: " ") {
        case "in total", "overall", "altogether", "all together", "the total", "total", "combined", "in sum",
            "as one number", "as a single number", "without splitting":
            edits = [.removeSplit]
        case "all", "all of them", "all of it", "them all", "everything", "the full list", "full list", "all of these",
            "all of those", "the rest too", "the whole list":
            edits = [.removeLimit]
        default: return false
        }
        return true
    }

    private enum Thing { case split, filter, limit, period, chart }

    private static let things: [String: Thing] = [
        "split": .split, "breakdown": .split, "grouping": .split, "groups": .split, "dimension": .split,
        "splits": .split,
        "filter": .filter, "filters": .filter, "condition": .filter, "conditions": .filter, "restriction": .filter,
        "restrictions": .filter, "limit": .limit, "period": .period, "chart": .chart,
    ]

    private static let verbs: Set<String> = ["remove", "drop", "clear", "forget", "undo", "delete"]
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
        for (index, piece) in pieces.enumerated() {
            if case .term = piece.kind, !piece.words.allSatisfy({ Self.things[$0] != nil }) {
                terms.append(index)
            } else if let span = piece.time {
                try removeTime(span)
                isOfTime = true
            } else {
                for word in piece.words where !Self.verbs.contains(word) {
                    if let thing = Self.things[word] {
                        named.append(thing)
                    } else if !Self.binding.contains(word) {
                        throw ReadFailure.unplaced([index])
                    }
                }
            }
        }
        for term in terms { edits.append(try removal(of: term, named)) }
        guard terms.isEmpty, !isOfTime else { return true }
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

extension Condition {
    fileprivate var positive: Condition {
        if case .not(let inner) = self { return inner }
        return self
    }
}

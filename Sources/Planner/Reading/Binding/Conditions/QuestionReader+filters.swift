/// Conditions put into the draft, beside or together with those before.
extension QuestionReader {
    /// - Parameters:
    ///   - isOr: either these or what was said before.
    ///   - isAnd: "and" stands before; of one column that means either value.
    mutating func add(
        _ filters: [Draft.Filter], isNegated: Bool = false, isOr: Bool = false, isAnd: Bool = false
    ) {
        guard !filters.isEmpty else { return }
        var filters = filters.map { filter in
            var filter = filter
            if isNegated { filter.condition = .not(filter.condition) }
            if filter.scope == nil { filter.scope = scope }
            return filter
        }
        if isOr || isAnd, filters.count == 1, let merged = merged(filters[0], isOr: isOr) {
            draft.filters[draft.filters.count - 1] = merged
            role = .filter
            if isAnd, !isOr, !isNegated, draft.numbers.contains(where: isMean), draft.groups.isEmpty {
                // "the average fare of first and of second class": one average of both is nobody's.
                draft.isCompared = true
            }
            return
        }
        if isOr, !joins(filters) {
            // What stands before "or" is no condition of the same rows.
            isImpossible = true
        }
        if isOr, filters.count == 1, let last = draft.filters.popLast() {
            var alternatives: [Condition] = []
            if case .any(let known) = last.condition { alternatives = known } else { alternatives = [last.condition] }
            filters[0].condition = .any(alternatives + [filters[0].condition])
            filters[0].table = last.table
        }
        draft.filters += filters
        role = .filter
    }

    private func isMean(_ number: Draft.Number) -> Bool {
        switch number {
        case .aggregate(let aggregate, _): aggregate == .average || aggregate == .median
        default: false
        }
    }

    /// "in Bern or Basel": one column, several values.
    private func joins(_ filters: [Draft.Filter]) -> Bool {
        guard filters.count == 1, let last = draft.filters.last, role == .filter || role == .which || role == .subject
        else {
            return false
        }
        if last.table == filters[0].table { return true }
        guard let base = scope ?? draft.subject ?? base else { return false }
        return relations.stepsUp(from: base, to: last.table) != nil
            && relations.stepsUp(from: base, to: filters[0].table) != nil
    }

    private func merged(_ filter: Draft.Filter, isOr: Bool) -> Draft.Filter? {
        if !isOr, isBelow(filter.table) { return nil }
        if var last = draft.filters.last, role == .filter, case .not(.oneOf(let known, let before)) = last.condition {
            // "not in Bern or Basel", "excluding starter and professional".
            var more: [String]?
            if case .oneOf(known, let values) = filter.condition { more = values }
            if case .not(.oneOf(known, let values)) = filter.condition { more = values }
            guard let more else { return nil }
            last.condition = .not(.oneOf(known, before + more.filter { !before.contains($0) }))
            return last
        }
        guard var last = draft.filters.last, role == .filter || role == .which || role == .subject || role == .number,
            case .oneOf(let column, let values) = filter.condition, case .oneOf(let known, let before) = last.condition,
            column == known
        else { return nil }
        last.condition = .oneOf(column, before + values.filter { !before.contains($0) })
        return last
    }
}

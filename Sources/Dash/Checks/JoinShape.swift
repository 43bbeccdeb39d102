import SQLGuard

/// How often the sources of a SELECT's joins can have a row for one row of the others, as far as keys tell.
struct JoinShape: Sendable {
    private static let deepest = 8

    let resolver: ColumnResolver
    let block: SelectOutline.Block

    /// What tells the rows of a source apart; nil where that is not known.
    func key(of index: Int) -> (thing: String, columns: [String])? {
        let source = block.sources[index]
        if let relation = resolver.relation(of: source) {
            return relation.primaryKey.isEmpty ? nil : (relation.name, relation.primaryKey)
        }
        guard let inner = resolver.outline.block(of: source), let columns = groups(of: inner), !columns.isEmpty else {
            return nil
        }
        return (source.alias, columns)
    }

    /// Whether the joins name a whole key of this source, so that it has one row at most for each of the others.
    func isUnique(_ index: Int) -> Bool {
        let source = block.sources[index]
        var keys: [[String]] = []
        if let relation = resolver.relation(of: source) {
            keys = [relation.primaryKey] + relation.uniqueKeys
        } else if let inner = resolver.outline.block(of: source) {
            if inner.isOneRow { return true }
            keys = [groups(of: inner) ?? []]
        }
        keys.removeAll(where: \.isEmpty)
        guard !keys.isEmpty else { return false }
        let fixed = fixed(in: index)
        return keys.contains { fixed.isSuperset(of: $0) }
    }

    /// Whether a source is a row of dates, along which the rows of the other one are meant to be repeated: a generated
    /// series; or days of a calendar that are joined on a stretch of time and not on any equal column.
    func isSpine(_ index: Int, beside other: Int) -> Bool {
        let source = block.sources[index]
        if isSeries(source, depth: 0) { return true }
        guard isJoinedOnRange(index, other) else { return false }
        if let relation = resolver.relation(of: source) {
            guard relation.primaryKey.count == 1, let key = relation.column(named: relation.primaryKey[0]) else {
                return false
            }
            return TypeFamily(key.type) == .time
        }
        guard let inner = resolver.outline.block(of: source), !inner.isUnclear else { return false }
        return inner.isDistinct || inner.hasGrouping
    }

    /// Of a grouped query the output columns that its groups are told apart by.
    private func groups(of inner: SelectOutline.Block) -> [String]? {
        guard !inner.isUnclear, inner.hasGrouping, inner.hiddenGroupings.isEmpty, !inner.hasStar else { return nil }
        let names = inner.outputs.filter { !$0.hasAggregate }.map(\.name)
        let known = names.compactMap(\.self)
        return known.count == names.count ? known : nil
    }

    /// Columns that a join or a condition gives one value.
    private func fixed(in index: Int) -> Set<String> {
        var fixed: Set<String> = []
        for (one, other) in block.equalities {
            for (name, counterpart) in [(one, other), (other, one)]
            where resolver.source(of: name, in: block) == index
                && resolver.source(of: counterpart, in: block) != index
            {
                fixed.insert(name.name)
            }
        }
        for condition in block.conditions {
            guard case .equal(let texts) = condition.comparison, texts.count == 1, let column = condition.column,
                resolver.source(of: column, in: block) == index
            else { continue }
            fixed.insert(column.name)
        }
        return fixed
    }

    private func isSeries(_ source: SelectOutline.Source, depth: Int) -> Bool {
        if source.origin == .series { return true }
        guard depth < Self.deepest, let inner = resolver.outline.block(of: source) else { return false }
        let parts = inner.sources.filter { part in !(resolver.outline.block(of: part)?.isOneRow ?? false) }
        if inner.makesSeries { return parts.isEmpty }
        return !parts.isEmpty && parts.allSatisfy { isSeries($0, depth: depth + 1) }
    }

    private func isJoinedOnRange(_ index: Int, _ other: Int) -> Bool {
        func joins(_ names: some Collection<SelectOutline.ColumnName>) -> Bool {
            let sources = Set(names.compactMap { resolver.source(of: $0, in: block) })
            return sources.contains(index) && sources.contains(other)
        }
        return !block.equalities.contains { joins([$0.0, $0.1]) }
            && block.conditions.contains { condition in
                if case .columns = condition.comparison { false } else { joins(condition.mentions) }
            }
    }
}

extension SelectOutline.Block {
    /// An aggregate over everything.
    fileprivate var isOneRow: Bool { isAggregated && !hasGrouping && !isPartOfSet }
}

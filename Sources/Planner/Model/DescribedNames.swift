/// What tables and columns are called beside their names, by their descriptions and by their names as written.
struct DescribedNames {
    /// Words that literally name a table, by their base forms.
    private let literal: [[String]: Set<Int>]

    init(_ tables: [TableModel]) {
        var literal: [[String]: Set<Int>] = [:]
        for table in tables {
            for name in table.names where name.quality >= 0.94 {
                literal[name.words.map(NameWords.base), default: []].insert(table.index)
            }
        }
        self.literal = literal
    }

    /// Never another table's own name.
    func names(of table: TableModel) -> [TableModel.Name] {
        let own = Set(table.names.flatMap(\.words).map(NameWords.base))
        let isRestricted = DescribedText.isRestricted(table.description)
        return DescribedText.tableNames(table.description).compactMap { name in
            let base = name.words.map(NameWords.base)
            guard !isRestricted || !own.isDisjoint(with: base), (literal[base] ?? []).subtracting([table.index]).isEmpty
            else { return nil }
            return TableModel.Name(
                words: name.words, quality: name.quality * (own.isDisjoint(with: base) ? 0.95 : 1))
        }
    }

    /// - Parameters:
    ///   - table: its table.
    ///   - neighbours: the columns of the table.
    func names(of column: ColumnModel, in table: TableModel, neighbours: ArraySlice<ColumnModel>, description: String)
        -> [TableModel.Name]
    {
        guard column.role != .key, !description.isEmpty else { return [] }
        let own = Set(column.words.map(NameWords.base))
        if column.isTime, let event = DescribedEvent.event(description) {
            let base = event.map(NameWords.base)
            let isOwn = column.event.map(NameWords.base) == base || isTaken(base, column, neighbours)
            return isOwn ? [] : [.init(words: event + [column.kind == .moment ? "time" : "date"], quality: 0.97)]
        }
        if column.values.isEmpty, column.kind == .text, !Enumeration.values(in: description).isEmpty { return [] }
        let owner = Set(table.names.flatMap(\.words).map(NameWords.base))
        let isRestricted = DescribedText.isRestricted(description)
        return DescribedText.columnNames(description, owner: owner).compactMap { name in
            let base = name.words.map(NameWords.base)
            guard UnitWords.unit(name.words.joined(separator: " ")) == nil else { return nil }
            guard !isTaken(base, column, neighbours), base != column.words.map(NameWords.base) else { return nil }
            if column.isTime, name.words.allSatisfy({ Thesaurus.timeTails.contains($0) }) { return nil }
            if column.isTime, let first = name.words.first, WordFamily.isDeed(first) { return nil }
            // Less than the name says is what any of its neighbours may be called.
            if Set(base).isStrictSubset(of: own) { return .init(words: name.words, quality: 0.75) }
            let isTable = literal[base] != nil
            if column.role == .foreignKey { return isTable ? nil : .init(words: name.words, quality: 0.7) }
            let isAligned = !own.isDisjoint(with: base)
            guard isAligned || !isTable && !isRestricted else { return nil }
            return .init(words: name.words, quality: name.quality * (isAligned ? 0.95 : 0.85))
        }
    }

    /// Whether another column of the table is literally called so.
    private func isTaken(_ base: [String], _ column: ColumnModel, _ neighbours: ArraySlice<ColumnModel>) -> Bool {
        neighbours.contains { other in
            guard other.index != column.index else { return false }
            return other.words.map(NameWords.base) == base || other.isTime && other.event.map(NameWords.base) == base
        }
    }
}

/// Columns that say how many things a row stands for: `count` of sightings that were seen together.
extension SemanticModel {
    /// What is added up where rows of the table are counted; nil where each of them is one.
    func tally(of table: Int) -> Int? {
        let tallies = columns(of: table).filter { column in
            // A number that a row has, "flight_number", counts nothing.
            column.kind == .number && column.role != .key && column.role != .foreignKey
                && (isCalledTally(column) || isDescribedAsTally(column))
        }
        return tallies.count == 1 ? tallies.first?.index : nil
    }

    func tally(of table: TableID) -> ColumnID? {
        guard let index = self.table(table)?.index else { return nil }
        return tally(of: index).map { columns[$0].id }
    }

    /// `count`, `download_count` of downloads, and `pnDlCount` where the key is `pnDlId`.
    private func isCalledTally(_ column: ColumnModel) -> Bool {
        if ["count", "cnt"].contains(column.id.name.lowercased()) { return true }
        guard let last = column.words.last, ["count", "cnt"].contains(last) else { return false }
        let table = tables[column.table]
        let nouns = Set(table.names.filter { $0.quality >= 0.9 }.compactMap(\.words.last).map(NameWords.base))
        let prefix = Set(table.key.map { NameWords.split(spelling(of: columns[$0])).dropLast() } ?? [])
        return column.words.dropLast().allSatisfy { word in
            nouns.contains(NameWords.base(word))
                || prefix.contains(word) && nouns.contains { NameWords.abbreviates(word, $0) }
        }
    }

    private func spelling(of column: ColumnModel) -> String {
        let known = source.tables[column.table].columns.first { $0.name == column.id.name }
        return NameWords.spelling(of: column.id.name, synonyms: known?.synonyms ?? [])
    }

    /// "number of downloads" in a table of downloads.
    private func isDescribedAsTally(_ column: ColumnModel) -> Bool {
        let known = source.tables[column.table].columns.first { $0.name == column.id.name }
        guard let words = known.map({ Words.plain($0.description) }), words.count > 2,
            let opener = Self.openers.first(where: { words.starts(with: $0) })
        else { return false }
        let rest = words.dropFirst(opener.count)
        let nouns = tables[column.table].names.filter { $0.quality >= 0.9 }.map { $0.words.map(NameWords.base) }
        return nouns.contains { noun in
            guard !noun.isEmpty, rest.prefix(noun.count).map(NameWords.base) == noun else { return false }
            guard let next = rest.dropFirst(noun.count).first else { return true }
            return Self.limits.contains(next)
        }
    }

    private static let openers = [
        ["the", "number", "of"], ["number", "of"], ["total", "number", "of"], ["count", "of"], ["how", "many"],
    ]
    private static let limits: Set<String> = ["in", "on", "during", "per", "that", "this", "for", "at", "within"]
}

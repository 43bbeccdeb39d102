/// States that no column names: what has begun and has no end yet is ongoing.
extension PieceFinder {
    mutating func findStates() {
        for (start, token) in tokens.enumerated()
        where token.isWord && Self.unended.contains(token.word) && terms[start..<start + 1] == nil {
            let entries = model.tables.compactMap { table -> Lexicon.Entry? in
                guard let end = endColumn(of: table) else { return nil }
                return Lexicon.Entry(sense: .event(end), quality: 0.8)
            }
            guard !entries.isEmpty else { continue }
            negated.insert(start)
            record(start..<start + 1, entries)
        }
    }

    private static let unended: Set<String> = ["ongoing", "unfinished", "active", "running", "uncompleted"]

    /// The one time at which something ends, of a table that says when it begins and has no other word on its state.
    private func endColumn(of table: TableModel) -> Int? {
        let columns = table.columns.map { model.columns[$0] }
        let saysState = columns.contains { column in
            column.kind == .flag
                || column.words.contains { ["status", "state", "stage", "phase", "active"].contains($0) }
                    && column.kind == .text
        }
        guard !saysState else { return nil }
        let starts = columns.filter { $0.isTime && !LexiconBuilder.starts.isDisjoint(with: $0.words) }
        let ends = columns.filter { $0.isTime && !LexiconBuilder.ends.isDisjoint(with: $0.words) }
        guard starts.count == 1, ends.count == 1, let end = ends.first, end.isNullable, end.index != starts[0].index
        else { return nil }
        return end.index
    }
}

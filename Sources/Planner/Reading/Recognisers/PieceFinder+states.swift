/// States that no column names: what has begun and has no end yet is ongoing.
extension PieceFinder {
    mutating func findStates() {
        for (start, token) in tokens.enumerated()
        where token.isWord && UnendedStates.words.contains(token.word) && isUnnamed(start) {
            let entries = model.tables.compactMap { table -> Lexicon.Entry? in
                guard let end = endColumn(of: table) else { return nil }
                return Lexicon.Entry(sense: .event(end), quality: 0.8)
            }
            guard !entries.isEmpty else { continue }
            negated.insert(start)
            replace(start..<start + 1, entries)
        }
    }

    /// Whether nothing is called so, but that something was opened once.
    private func isUnnamed(_ start: Int) -> Bool {
        guard let entries = terms[start..<start + 1] else { return true }
        guard tokens[start].word == "open", !negated.contains(start) else { return false }
        return entries.allSatisfy { entry in
            switch entry.sense {
            case .event: true
            case .column(let column): model.columns[column].isTime
            default: false
            }
        }
    }

    /// The one time at which something ends, of a table that says when it begins and has no other word on its state.
    private func endColumn(of table: TableModel) -> Int? {
        let columns = table.columns.map { model.columns[$0] }
        let saysState = columns.contains(where: UnendedStates.isTold)
        guard !saysState else { return nil }
        let ends = columns.filter { $0.isTime && !UnendedStates.ends.isDisjoint(with: $0.words) }
        guard ends.count == 1, let end = ends.first, end.isNullable, columns.count(where: \.isTime) > 1 else {
            return nil
        }
        return end.index
    }
}

enum UnendedStates {
    static let words: Set<String> = [
        "ongoing", "unfinished", "active", "running", "uncompleted", "open", "outstanding",
    ]

    /// A column that says itself how things stand.
    static func isTold(by column: ColumnModel) -> Bool {
        guard column.kind == .flag || column.kind == .text || column.role == .category else { return false }
        let told: Set<String> =
            column.kind == .flag
            ? [
                "active", "open", "closed", "current", "ongoing", "finished", "completed", "ended", "returned", "done",
                "status", "running", "over",
            ] : ["status", "state", "stage", "phase", "active"]
        return column.words.contains(where: told.contains)
    }

    /// Words of times at which something is over.
    static let ends: Set<String> = [
        "end", "ended", "finish", "finished", "closed", "close", "checkout", "stop", "stopped", "returned", "left",
        "cleared", "resolved", "completed", "leave", "retired", "discharged", "terminated", "settled", "ends",
    ]
}
